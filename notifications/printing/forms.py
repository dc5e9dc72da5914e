"""What staff type about a print run."""

from django import forms


class MailedForm(forms.Form):
    """When the post took the run."""

    on = forms.DateField(
        label="Handed to the post on", widget=forms.DateInput(attrs={"type": "date"})
    )
