"""What an author types."""

from django import forms

from notifications.wording.models import Language


class VersionForm(forms.Form):
    """A text in one language."""

    language = forms.ChoiceField(choices=Language.choices)
    subject = forms.CharField(max_length=200)
    body = forms.CharField(
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        label="Text",
        help_text="# heading, * bullet, 1. step, ((field)). A blank line starts a new paragraph.",
    )
