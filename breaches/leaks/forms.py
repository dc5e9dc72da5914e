"""What a person hands in and says about a leaked file."""

from collections.abc import Iterable

from django import forms

from breaches.leaks.models import ColumnMapping
from breaches.leaks.vocabulary import ELEMENTS


class FileForm(forms.Form):
    """A leaked file."""

    file = forms.FileField(
        label="Leaked file",
        help_text="Excel, OpenDocument or CSV. It is sealed before anything in it is looked at.",
    )
    handed_over_by = forms.CharField(max_length=200, label="Handed over by")


class MappingForm(forms.Form):
    """What each column holds."""

    def __init__(self, *args: object, columns: Iterable[ColumnMapping], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through
        choices = [("", "not named: counts as something else")]
        choices += [(code, element.label) for code, element in ELEMENTS.items()]
        for column in columns:
            header = column.document["header"] or f"Column {column.position + 1}"
            self.fields[str(column.position)] = forms.ChoiceField(
                choices=choices, required=False, label=header, initial=column.element
            )

    @property
    def elements(self) -> dict[int, str]:
        """Return the element of each column by its position."""
        return {int(name): code for name, code in self.cleaned_data.items()}
