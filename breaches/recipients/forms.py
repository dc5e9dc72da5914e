"""What a person types about recipients, demands and answers."""

from typing import Any

from django import forms

from breaches.recipients import rules
from breaches.recipients.actions import Answer
from breaches.web import Day


class RecipientForm(forms.Form):
    """What is known of a recipient."""

    kind = forms.ChoiceField(choices=list(rules.KINDS.items()))
    name = forms.CharField(required=False, max_length=200, label="Name, once known")
    contact = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SentForm(forms.Form):
    """How and when a demand went out."""

    channel = forms.ChoiceField(choices=list(rules.CHANNELS.items()))
    sent_on = forms.DateField(widget=Day(), label="Sent on")
    due_on = forms.DateField(widget=Day(), label="Answer due on")

    def clean(self) -> dict[str, Any]:
        """Check that the answer is due after the demand went out."""
        data = super().clean() or self.cleaned_data
        sent_on, due_on = data.get("sent_on"), data.get("due_on")
        if sent_on and due_on and due_on < sent_on:
            self.add_error("due_on", "The answer cannot be due before the demand was sent.")
        return data


class AnswerForm(forms.Form):
    """What a recipient answered; leave a question empty where the answer is silent."""

    kind = forms.ChoiceField(choices=list(rules.ANSWERS.items()), label="What it says")
    received_on = forms.DateField(widget=Day(), label="Received on")
    document = forms.FileField(required=False, label="The answer itself", help_text="Any file.")
    scope = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Which copies it speaks of",
        help_text="Devices, mail, cloud, backups, prints, derived data. Empty: it does not say.",
    )
    sharing = forms.ChoiceField(
        required=False, choices=list(rules.SHARING.items()), label="Whether it was shared"
    )
    shared_with = forms.CharField(required=False, max_length=1000, label="With whom")

    @property
    def answer(self) -> Answer:
        """Return the answer."""
        data = self.cleaned_data
        return Answer(
            kind=data["kind"],
            received_on=data["received_on"],
            upload=data["document"],
            scope=data["scope"],
            sharing=data["sharing"],
            shared_with=data["shared_with"],
        )
