"""What a person brings to a step of a case."""

from datetime import timedelta
from typing import Any

from django import forms

from breaches.clawback.machine import BY_HAND

WORDS = {"reason": "What happened, or why", "evidence": "The document that shows it"}


class StepForm(forms.Form):
    """The reason, the document, and how long a removal holds, as far as a step asks for them."""

    reason = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        label=WORDS["reason"],
    )  # fmt: skip
    evidence = forms.FileField(required=False, label=WORDS["evidence"])
    days = forms.IntegerField(
        required=False, min_value=1, max_value=3650, label="For how many days it is removed",
        help_text="Empty: for good.",
    )  # fmt: skip

    def __init__(self, event: str, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id=f"{event}_%s")
        asks = BY_HAND[event].asks
        for name in ("reason", "evidence", "days"):
            if name not in asks:
                del self.fields[name]
        for name in ("reason", "evidence"):
            if name in self.fields:
                self.fields[name].required = True

    @property
    def holds_for(self) -> timedelta | None:
        """Return how long a removal holds, if it ends."""
        days = self.cleaned_data.get("days")
        return timedelta(days=days) if days else None


class ClassifyForm(forms.Form):
    """Why a case is needed, for somebody who only learned that the file exists."""

    reason = forms.CharField(required=False, max_length=1000, label="Why a case is needed")
