"""What a person types about a recipient."""

import re

from django import forms

from breaches.recipients import rules
from breaches.recipients.actions import Known, Way


class KnownForm(forms.Form):
    """What is known of a recipient."""

    kind = forms.ChoiceField(choices=list(rules.KINDS.items()), label="What it is")
    name = forms.CharField(required=False, max_length=200, label="Name, once known")
    identity_level = forms.TypedChoiceField(
        choices=list(rules.LEVELS.items()), coerce=int, label="How well it is known"
    )
    jurisdiction = forms.CharField(
        max_length=10, initial="US", help_text="Its working days count: US, US-NY, GB, EG."
    )
    is_name_confidential = forms.BooleanField(
        required=False, label="Keep the name from the people concerned"
    )
    confidential_because = forms.CharField(
        required=False, max_length=500, label="The legal reason for that"
    )

    def clean_jurisdiction(self) -> str:
        """Check that it is an ISO 3166 code."""
        code = str(self.cleaned_data["jurisdiction"]).strip().upper()
        if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code):
            raise forms.ValidationError(
                "Two letters of the country, as US, or with its part: US-NY."
            )
        return code

    @property
    def known(self) -> Known:
        """Return what was typed."""
        return Known(**self.cleaned_data)


class RiskForm(forms.Form):
    """Whether writing to them could endanger the people in the file."""

    risk = forms.ChoiceField(
        choices=[(code, words) for code, words in rules.RISKS.items() if code],
        label="Danger to the people in the file",
        widget=forms.RadioSelect,
    )
    why = forms.CharField(max_length=1000, label="What you looked at")


class ContactForm(forms.Form):
    """A way to reach them."""

    kind = forms.ChoiceField(choices=list(rules.CONTACTS.items()), label="Kind")
    source = forms.ChoiceField(choices=list(rules.SOURCES.items()), label="Where it was found")
    addressee = forms.CharField(max_length=40, label="Name on the envelope")
    lines = forms.CharField(
        max_length=400, widget=forms.Textarea(attrs={"rows": 3}), label="Address, a line each"
    )

    @property
    def way(self) -> Way:
        """Return what was typed."""
        data = self.cleaned_data
        lines = tuple(line.strip() for line in data["lines"].splitlines() if line.strip())
        return Way(data["kind"], data["source"], data["addressee"].strip(), lines)


class CopyForm(forms.Form):
    """A copy that no log shows."""

    kind = forms.ChoiceField(
        choices=[(code, words) for code, words in rules.COPIES.items() if code != "download"],
        label="Where it is",
    )
    where = forms.CharField(max_length=500, label="What is known of it")
