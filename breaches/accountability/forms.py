"""What a person types about things that are not known."""

from django import forms

from breaches.accountability.gaps import Gap
from breaches.accountability.models import KINDS, WAYS, UnknownStatus

TEXT = forms.Textarea(attrs={"rows": 2})


class UnknownForm(forms.Form):
    """One thing that nobody knows yet."""

    kind = forms.ChoiceField(choices=list(KINDS.items()), label="Kind")
    what = forms.CharField(max_length=1000, widget=TEXT, label="What is not known")
    way = forms.ChoiceField(choices=list(WAYS.items()), label="What would settle it")
    how = forms.CharField(max_length=1000, widget=TEXT, label="To whom, for what exactly")

    @property
    def gap(self) -> Gap:
        """Return what was typed."""
        return Gap(**self.cleaned_data)


class FollowForm(forms.Form):
    """What became of it."""

    to = forms.ChoiceField(
        choices=[(one.value, one.label) for one in UnknownStatus if one != UnknownStatus.OPEN],
        label="Now",
    )
    answer = forms.CharField(required=False, max_length=1000, widget=TEXT, label="The answer")
    paper = forms.FileField(required=False, label="The document")
