"""What a reviewer says of a pair."""

from django import forms

from breaches.matching.decisions import RULES
from breaches.matching.models import CandidateStatus

VALUES = (CandidateStatus.CONFIRMED, CandidateStatus.REJECTED, CandidateStatus.UNSURE)


class JudgementForm(forms.Form):
    """Match, no match or unsure, and why."""

    value = forms.ChoiceField(choices=[(value, value.label) for value in VALUES])
    reason = forms.CharField(max_length=500, required=False)


class NameForm(forms.Form):
    """A name to look for. Sent by POST, so that it stands in no address and no log."""

    name = forms.CharField(max_length=200, label="Name, or a part of it")


class LimitsForm(forms.Form):
    """From which posterior on a pair is linked, and from which it is reviewed."""

    auto = forms.FloatField(
        min_value=0.99,
        max_value=0.999999,
        label="Linked from",
        help_text="Never below 0.99, and only with an open gate.",
        widget=forms.NumberInput(attrs={"step": "any"}),
    )
    review = forms.FloatField(
        min_value=0.001,
        max_value=0.5,
        label="Reviewed from",
        help_text="What is below is rejected, and kept.",
        widget=forms.NumberInput(attrs={"step": "any"}),
    )


class BulkForm(forms.Form):
    """The rule whose pairs are confirmed together, and that its sample was looked at."""

    rule = forms.ChoiceField(choices=[(code, rule.words) for code, rule in RULES.items()])
    shown = forms.IntegerField(min_value=1)
    looked = forms.BooleanField(label="I looked at each of these pairs")
