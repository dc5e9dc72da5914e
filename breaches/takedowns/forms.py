"""What a person types about copies on the net."""

from typing import Any

from django import forms

from breaches.recipients.models import Recipient
from breaches.takedowns import rules
from breaches.takedowns.actions import Asked, Found, Seen
from breaches.web import Day

SERVICES = [(code, one.name) for code, one in rules.SERVICES.items()]
OUTCOMES = [
    ("gone", "it is gone"),
    ("still", "it is still there"),
    ("refused", "the service refuses"),
    ("cannot", "it cannot be recalled"),
]


class WithRecipient(forms.Form):
    """A form that may name a recipient."""

    recipient = forms.ModelChoiceField(
        queryset=Recipient.objects.none(), required=False, label="Whose copy it is",
        empty_label="not known",
    )  # fmt: skip

    def __init__(self, *args: Any, recipients: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["recipient"]
        field.queryset = recipients
        field.label_from_instance = _called


class FoundForm(WithRecipient):
    """A copy on the net."""

    service = forms.ChoiceField(choices=SERVICES)
    address = forms.CharField(max_length=2000, label="Web address of the copy")
    found_by = forms.ChoiceField(choices=list(rules.FOUND.items()), label="How it was found")

    @property
    def found(self) -> Found:
        """Return what was typed."""
        return Found(**self.cleaned_data)


class AskForm(forms.Form):
    """What was asked of the service."""

    request = forms.ChoiceField(choices=list(rules.REQUESTS.items()), label="What was asked for")
    channel = forms.CharField(max_length=200, label="By which way")
    reference = forms.CharField(required=False, max_length=100, label="Their reference")
    control = forms.CharField(required=False, max_length=300, label="Proof that the site is ours")
    on = forms.DateField(widget=Day(), label="Asked on")

    @property
    def asked(self) -> Asked:
        """Return what was typed."""
        return Asked(**self.cleaned_data)


class LookForm(forms.Form):
    """What a look from outside showed."""

    outcome = forms.ChoiceField(choices=OUTCOMES, label="What you saw")
    paper = forms.FileField(required=False, label="What shows it")


class SeenForm(WithRecipient):
    """The file, seen again."""

    address = forms.CharField(max_length=2000, label="Where it was seen")
    service = forms.ChoiceField(choices=SERVICES, initial="platform")
    kind = forms.ChoiceField(choices=list(rules.SIGHTINGS.items()), label="How you know it")
    seen_on = forms.DateField(widget=Day(), label="Seen on")
    paper = forms.FileField(label="What shows it")

    @property
    def seen(self) -> Seen:
        """Return what was typed."""
        data = self.cleaned_data
        return Seen(data["address"], data["kind"], data["seen_on"], data["service"],
                    data["recipient"])  # fmt: skip


def _called(recipient: Recipient) -> str:
    document = recipient.document
    return str(document["name"] or document["address"] or "somebody without an address")
