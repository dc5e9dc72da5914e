"""What a person hands in and says about a leaked file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from breaches.leaks.queries import ColumnSeen
from breaches.leaks.vocabulary import ELEMENTS

UNNAMED = ("", "(leave unnamed: counts as something else)")
CHOICES = [UNNAMED, *((element.code, element.label) for element in ELEMENTS.values())]


class FileForm(forms.Form):
    """One leaked file."""

    file = forms.FileField(
        label="Leaked file",
        help_text="Excel, OpenDocument, CSV, JSON, a ZIP or gz of these, just as it was posted.",
    )
    handed_over_by = forms.CharField(max_length=200, label="Handed over by")


class MappingForm(forms.Form):
    """What each column of a file holds."""

    def __init__(self, *args: Any, columns: Iterable[ColumnSeen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = list(columns)
        for seen in self.columns:
            self.fields[_name(seen)] = forms.ChoiceField(
                choices=CHOICES,
                required=False,
                initial=seen.column.element,
                widget=forms.Select(attrs={"aria-label": f"What column {seen.letter} holds"}),
            )

    @property
    def rows(self) -> Iterator[tuple[ColumnSeen, forms.BoundField]]:
        """Yield each column with its field."""
        for seen in self.columns:
            yield seen, self[_name(seen)]

    @property
    def elements(self) -> dict[int, str]:
        """Return the element chosen for each column, by its position."""
        return {seen.column.position: self.cleaned_data[_name(seen)] for seen in self.columns}


def _name(seen: ColumnSeen) -> str:
    return f"column_{seen.column.position}"
