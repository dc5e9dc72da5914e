"""What a caseworker decides about a held notice."""

from collections.abc import Mapping
from typing import Any

from django import forms

from notifications.notices.places import places
from notifications.notices.routing import HOLDS, Choice

REGISTER, OTHER = "", "other"


class ResolveForm(forms.Form):
    """Where the letter goes after all; whatever was looked at is settled."""

    where = forms.ChoiceField()
    addressee = forms.CharField(
        required=False, max_length=40, label="Name on the envelope", help_text="Empty: as above."
    )
    lines = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="Another address, a line each",
    )
    settled = forms.MultipleChoiceField()

    def __init__(self, *args: Any, inputs: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in places(inputs)}
        offered = [(place.code, place.words) for place in self.places.values()]
        choices = [
            (REGISTER, "The best address in the register, as it stands now"),
            *offered,
            (OTHER, "Another address, typed below"),
        ]
        self.fields["where"] = forms.ChoiceField(
            choices=choices, required=False, widget=forms.RadioSelect, label="Where it goes"
        )
        self.fields["settled"] = forms.MultipleChoiceField(
            choices=[(code, HOLDS[code]) for code in inputs["reasons"]],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label="I have looked at this, and the letter may go out",
        )
        if not inputs["reasons"]:
            self.fields["settled"].widget = forms.MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        """Check that another address was typed where one was promised."""
        data = super().clean() or self.cleaned_data
        if data.get("where") == OTHER and not data.get("lines", "").strip():
            self.add_error("lines", "Type the address, a line each.")
        return data

    @property
    def choice(self) -> Choice:
        """Return what was decided."""
        data = self.cleaned_data
        settled = frozenset(data["settled"])
        if place := self.places.get(data["where"]):
            return Choice(place.lines, data["addressee"] or place.addressee, settled)
        typed = data["lines"].splitlines() if data["where"] == OTHER else []
        lines = tuple(line.strip() for line in typed if line.strip())
        return Choice(lines, data["addressee"], settled)


class ExcludeForm(forms.Form):
    """Why somebody gets no notice."""

    reason = forms.CharField(max_length=500, label="Why this person gets no notice")
