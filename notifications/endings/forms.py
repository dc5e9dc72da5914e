"""What is typed to end an incident."""

from typing import Any

from django import forms

from breaches.incidents.models import Incident
from notifications.endings.models import Ground


class AskForm(forms.Form):
    """Why an incident may be ended."""

    ground = forms.ChoiceField(choices=Ground.choices, label="Why nothing of it is needed any more")


class ConfirmForm(forms.Form):
    """The reference typed once more, since nothing brings the records back."""

    reference = forms.CharField(max_length=20, label="Type the reference of the incident")

    def __init__(self, *args: Any, incident: Incident) -> None:
        super().__init__(*args)
        self.incident = incident

    def clean_reference(self) -> str:
        """Refuse any reference but this incident's."""
        typed: str = self.cleaned_data["reference"]
        if typed.strip() != self.incident.reference:
            raise forms.ValidationError(f"Type {self.incident.reference} to confirm.")
        return typed
