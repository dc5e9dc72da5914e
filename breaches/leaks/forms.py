"""What a person hands in and says about a leaked file."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, cast

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from breaches.leaks.dates import ORDERS
from breaches.leaks.encodings import DELIMITERS, ENCODINGS
from breaches.leaks.opening import ColumnSeen, TableSeen
from breaches.leaks.shapes import Shape, as_text, letters, numbers, place
from breaches.leaks.vocabulary import ELEMENTS
from breaches.web import Day

UNNAMED = ("", "(leave unnamed: counts as something else)")
CHOICES = [UNNAMED, *((element.code, element.label) for element in ELEMENTS.values())]


class ElementSelect(forms.Select):
    """All elements to choose from, written once for however many columns a file has."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """Return the field; what is not among the choices chooses none."""
        attributes = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return format_html(
            "<select{}>{}</select>", attributes, _options(value if value in ELEMENTS else "")
        )


class ElementField(forms.CharField):
    """The code of one element, or none; cheaper than a list of choices for each column."""

    def validate(self, value: str) -> None:
        """Raise ValidationError for what is no element."""
        super().validate(value)
        if value and value not in ELEMENTS:
            raise forms.ValidationError("Choose one of the elements of the list.")


@cache
def _options(chosen: str) -> SafeString:
    plain, marked_one = '<option value="{}">{}</option>', '<option value="{}" selected>{}</option>'
    parts = (format_html(marked_one if c == chosen else plain, c, label) for c, label in CHOICES)
    return SafeString("".join(parts))


class ReasonForm(forms.Form):
    """Why something is decided."""

    reason = forms.CharField(max_length=1000, label="Why", widget=forms.Textarea(attrs={"rows": 2}))


class DayForm(forms.Form):
    """A day, or none."""

    day = forms.DateField(required=False, label="Destroy its values on", widget=Day())


class FileForm(forms.Form):
    """One leaked file."""

    file = forms.FileField(
        label="Leaked file",
        help_text="Excel, OpenDocument, CSV, JSON, a ZIP or gz of these, just as it was posted.",
    )
    handed_over_by = forms.CharField(max_length=200, label="Handed over by")
    replaces = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label="It is a new version of",
        help_text="Only what it adds and changes is taken in; what was decided before stays.",
    )

    def __init__(self, *args: Any, earlier: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known := list(earlier):
            field = cast("forms.ChoiceField", self.fields["replaces"])
            field.choices = [("", "no other file"), *known]
        else:
            del self.fields["replaces"]


class Line(NamedTuple):
    """One column with its fields."""

    seen: ColumnSeen
    field: forms.BoundField
    order: forms.BoundField | None


class MappingForm(forms.Form):
    """Which tables of a file are taken in, and what each of their columns holds."""

    def __init__(self, *args: Any, tables: Iterable[TableSeen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = list(tables)
        for seen in self.tables:
            self.fields[f"take_{seen.table.number}"] = forms.BooleanField(
                required=False, label="Take these rows in", initial=seen.table.is_taken
            )
            for column in seen.columns:
                self._add(column)

    def _add(self, seen: ColumnSeen) -> None:
        where, column = f"column {seen.letter}", seen.column
        self.fields[f"column_{column.key}"] = ElementField(
            required=False,
            initial=column.element,
            widget=ElementSelect(attrs={"aria-label": f"What {where} holds"}),
        )
        if column.is_undecided:
            self.fields[f"order_{column.key}"] = forms.ChoiceField(
                choices=[("", "say which comes first"), *ORDERS.items()],
                required=False,
                initial=column.date_order,
                widget=forms.Select(attrs={"aria-label": f"Day or month first in {where}"}),
            )

    @property
    def sections(self) -> Iterator[tuple[TableSeen, forms.BoundField, list[Line]]]:
        """Yield each table with the field that takes it in, and its columns with their fields."""
        for seen in self.tables:
            lines = [self._line(column) for column in seen.columns]
            yield seen, self[f"take_{seen.table.number}"], lines

    def _line(self, seen: ColumnSeen) -> Line:
        key = seen.column.key
        order = self[f"order_{key}"] if seen.column.is_undecided else None
        return Line(seen, self[f"column_{key}"], order)

    @property
    def elements(self) -> dict[str, str]:
        """Return the element chosen for each column, by its key."""
        return self._given("column_")

    @property
    def orders(self) -> dict[str, str]:
        """Return what comes first in the dates of the undecided columns, by key."""
        return self._given("order_")

    @property
    def taken(self) -> list[int]:
        """Return the numbers of the tables to take in; of one table there is no choice."""
        if len(self.tables) == 1:
            return [self.tables[0].table.number]
        return [int(number) for number, is_taken in self._given("take_").items() if is_taken]

    def _given(self, start: str) -> dict[str, Any]:
        given = self.cleaned_data.items()
        return {name.removeprefix(start): value for name, value in given if name.startswith(start)}


class ReadingForm(forms.Form):
    """How the text of a file is to be read."""

    encoding = forms.ChoiceField(
        required=False, choices=[("", "as it looks"), *ENCODINGS.items()], label="Encoding"
    )
    delimiter = forms.ChoiceField(
        required=False,
        choices=[("", "as it looks"), *DELIMITERS.items()],
        label="Cells are parted by",
    )


class ShapeForm(forms.Form):
    """Where one table stands on its sheet."""

    sheet = forms.IntegerField(min_value=1, label="Sheet")
    header_row = forms.IntegerField(
        min_value=0, label="Headings begin in row", help_text="0 when there are none"
    )
    header_rows = forms.TypedChoiceField(
        coerce=int, choices=[(1, "1"), (2, "2"), (0, "none")], label="Lines of headings"
    )
    last_row = forms.IntegerField(min_value=1, required=False, label="Last row")
    first_column = forms.CharField(max_length=3, required=False, label="First column")
    last_column = forms.CharField(max_length=3, required=False, label="Last column")
    left_out = forms.CharField(
        max_length=2000, required=False, label="Rows left out", help_text="such as 12, 40-42"
    )

    def clean_left_out(self) -> frozenset[int]:
        """Return the row numbers."""
        try:
            return numbers(self.cleaned_data["left_out"])
        except ValueError as wrong:
            raise forms.ValidationError("Write row numbers such as 12, 40-42.") from wrong

    def clean_first_column(self) -> int:
        """Return the column, from 0."""
        return self._column("first_column") or 0

    def clean_last_column(self) -> int | None:
        """Return the column, from 0, or None."""
        return self._column("last_column")

    def _column(self, name: str) -> int | None:
        try:
            return place(self.cleaned_data[name])
        except ValueError as wrong:
            raise forms.ValidationError("Write the letters of a column, such as C.") from wrong

    @property
    def shape(self) -> Shape:
        """Return what was said."""
        given = {**self.cleaned_data, "sheet": self.cleaned_data["sheet"] - 1}
        given.pop("DELETE", None)
        return Shape(**given)


ShapeFormSet = forms.formset_factory(ShapeForm, extra=1, can_delete=True, max_num=60)


def shown(shape: Shape) -> dict[str, Any]:
    """Return a shape as the form shows it."""
    return {
        **shape._asdict(),
        "sheet": shape.sheet + 1,
        "first_column": letters(shape.first_column) if shape.first_column else "",
        "last_column": "" if shape.last_column is None else letters(shape.last_column),
        "left_out": as_text(sorted(shape.left_out)),
    }


def marked(shapes: Iterable[ShapeForm]) -> list[Shape]:
    """Return the tables that are not taken away and not left empty."""
    return [
        form.shape
        for form in shapes
        if form.cleaned_data.get("sheet") and not form.cleaned_data.get("DELETE")
    ]
