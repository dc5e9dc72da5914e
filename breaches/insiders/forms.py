"""What a person hands in and says about a roster or an audit log."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms

from breaches.insiders import rules
from breaches.insiders.actions import AccessOrder
from breaches.insiders.models import FileKind
from breaches.leaks.vocabulary import ELEMENTS

NONE = ("", "not in this file")


class AccessFileForm(forms.Form):
    """One roster or audit log."""

    file = forms.FileField(
        label="File", help_text="CSV or a workbook, with headings in its first row."
    )
    kind = forms.ChoiceField(choices=FileKind.choices, label="What it is")
    handed_over_by = forms.CharField(max_length=200, label="Handed over by")
    zone = forms.CharField(
        max_length=60,
        initial="UTC",
        label="Time zone of times that name none",
        help_text="Such as UTC or America/New_York.",
    )

    def clean_zone(self) -> str:
        """Return the zone, or say that there is none of that name."""
        zone: str = self.cleaned_data["zone"].strip()
        if zone not in available_timezones():
            raise forms.ValidationError("There is no such zone; write it like America/New_York.")
        return zone

    @property
    def order(self) -> AccessOrder:
        """Return what was handed in."""
        given = self.cleaned_data
        return AccessOrder(given["file"], given["kind"], given["handed_over_by"], given["zone"])


class ColumnsForm(forms.Form):
    """Which column holds what."""

    def __init__(self, *args: Any, kind: str, headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guess = rules.suggest(kind, headings)
        places = [(str(place), f"{place + 1}. {text}") for place, text in enumerate(headings)]
        for name, about in rules.FIELDS[kind].items():
            self.fields[name] = forms.ChoiceField(
                choices=[NONE, *places],
                required=about.is_needed,
                initial=str(guess.get(name, "")),
                label=about.label,
            )

    @property
    def columns(self) -> dict[str, int]:
        """Return the column of each field that has one."""
        return dict(self._chosen())

    def _chosen(self) -> Iterator[tuple[str, int]]:
        for name, place in self.cleaned_data.items():
            if place:
                yield name, int(place)


class AffectedForm(forms.Form):
    """Which data the system shows, and who counts as affected."""

    elements = forms.MultipleChoiceField(
        choices=[(one.code, one.label) for one in ELEMENTS.values()],
        widget=forms.CheckboxSelectMultiple,
        label="Data that the system shows of a person",
    )
    with_could = forms.BooleanField(
        required=False,
        label="Count also whoever's record could be opened",
        help_text="By the scope of the accounts that were let in. Otherwise: whose was opened.",
    )
