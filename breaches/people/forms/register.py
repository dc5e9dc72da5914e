"""What a person hands in and asks about the register."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from breaches.people.columns import choices, names_somebody
from breaches.people.shown import ColumnSeen


class RegisterForm(forms.Form):
    """One register file."""

    file = forms.FileField(
        label="Register file",
        help_text=(
            "A CSV file or a workbook with headings such as client_id, given_names, family_names, "
            "a_number, birth_date, language, address_1 to address_5."
        ),
    )
    handed_over_by = forms.CharField(max_length=200, label="Handed over by")


class SearchForm(forms.Form):
    """Somebody to find, by exact number or by the parts of a name."""

    text = forms.CharField(
        max_length=200,
        label="Find somebody",
        help_text="An A-number, another number of theirs, or their name in any order.",
    )


class ColumnsForm(forms.Form):
    """What each column of a register file holds."""

    def __init__(self, *args: Any, columns: Iterable[ColumnSeen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = list(columns)
        for seen in self.columns:
            self.fields[_name(seen)] = forms.ChoiceField(
                choices=[("", "(not taken in)"), *choices()],
                required=False,
                initial=seen.element,
                widget=forms.Select(attrs={"aria-label": f"What column {seen.letter} holds"}),
            )

    @property
    def rows(self) -> Iterator[tuple[ColumnSeen, forms.BoundField]]:
        """Yield each column with its field."""
        for seen in self.columns:
            yield seen, self[_name(seen)]

    @property
    def meanings(self) -> dict[int, str]:
        """Return what each column is said to hold, by its position."""
        return {seen.position: self.cleaned_data[_name(seen)] for seen in self.columns}

    def clean(self) -> dict[str, Any]:
        """Check that some column can tell who a row is about."""
        data = super().clean() or self.cleaned_data
        if not names_somebody({code for code in data.values() if code}):
            self.add_error(None, "Choose a column that holds a name or an identifier.")
        return data


def _name(seen: ColumnSeen) -> str:
    return f"column_{seen.position}"
