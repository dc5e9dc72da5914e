"""What a caseworker decides about a held notice."""

from django import forms

from notifications.notices.routing import HOLDS, Choice


class ResolveForm(forms.Form):
    """Where the letter goes after all; whatever was looked at is settled."""

    addressee = forms.CharField(
        required=False, max_length=40, label="Name on the envelope", help_text="Empty: the person."
    )
    lines = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        label="Address, a line each",
        help_text="Empty: the address in the register.",
    )
    settled = forms.MultipleChoiceField(
        required=False,
        choices=[(code, HOLDS[code]) for code in ("dead", "unsafe", "minor", "represented")],
        widget=forms.CheckboxSelectMultiple(),
        label="I have looked at this, and it may go out",
    )

    @property
    def choice(self) -> Choice:
        """Return what was decided."""
        lines = [line.strip() for line in self.cleaned_data["lines"].splitlines()]
        return Choice(
            tuple(line for line in lines if line),
            self.cleaned_data["addressee"],
            frozenset(self.cleaned_data["settled"]),
        )


class ExcludeForm(forms.Form):
    """Why somebody gets no notice."""

    reason = forms.CharField(max_length=500, label="Why this person gets no notice")
