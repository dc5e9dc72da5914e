"""What a reviewer says of a pair."""

from django import forms

from breaches.matching.models import CandidateStatus

VALUES = (CandidateStatus.CONFIRMED, CandidateStatus.REJECTED, CandidateStatus.UNSURE)


class JudgementForm(forms.Form):
    """Match, no match or unsure, and why."""

    value = forms.ChoiceField(choices=[(value, value.label) for value in VALUES])
    reason = forms.CharField(max_length=500, required=False)


class NameForm(forms.Form):
    """A name to look for. Sent by POST, so that it stands in no address and no log."""

    name = forms.CharField(max_length=200, label="Name, or a part of it")
