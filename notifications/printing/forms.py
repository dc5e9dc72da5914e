"""What staff type about a print run."""

from django import forms

from notifications.printing import rules


class MailedForm(forms.Form):
    """When the post took the run, and what was taken out of the stack before."""

    on = forms.DateField(
        label="Handed to the post on",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "give the day on which the post took it.",
            "invalid": "give the day on which the post took it.",
        },
    )
    left_out = forms.CharField(
        label="Numbers taken out of the stack",
        required=False,
        max_length=60_000,  # every second number of 16,000
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as 3, 17-20. Their letters are free again; all others count as told.",
    )

    def clean_left_out(self) -> list[int]:
        """Return the numbers."""
        try:
            return rules.numbers_in(self.cleaned_data["left_out"])
        except rules.NoNumbers as fault:
            raise forms.ValidationError(str(fault)) from fault
