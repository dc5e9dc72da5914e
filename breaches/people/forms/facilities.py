"""What is written down about a facility."""

from django import forms

from breaches.people.models import OnEnvelope
from breaches.web import Day


class FacilityForm(forms.Form):
    """A place of detention, as its own papers describe it."""

    name = forms.CharField(max_length=120, label="Name")
    also_called = forms.CharField(
        required=False, label="Other spellings, a line each",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="As leaked lists and court papers write it.",
    )  # fmt: skip
    mail_address = forms.CharField(
        label="Official mailing address, a line each", widget=forms.Textarea(attrs={"rows": 4})
    )
    on_envelope = forms.ChoiceField(
        choices=OnEnvelope.choices, label="What the envelope must carry",
        help_text="A number on an envelope is itself a disclosure: only where the place asks.",
    )  # fmt: skip
    legal_mail_rule = forms.CharField(
        required=False, label="Rule for legal mail", widget=forms.Textarea(attrs={"rows": 3})
    )
    scan_vendor = forms.CharField(
        required=False, label="Scanning company, a line each",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Where ordinary mail goes to be scanned.",
    )  # fmt: skip
    limits = forms.CharField(
        required=False, label="Limits on pages, paper, staples",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    languages = forms.CharField(required=False, max_length=120, label="Languages that staff read")
    web_source = forms.CharField(required=False, max_length=300, label="Where this is written")
    checked_on = forms.DateField(required=False, widget=Day, label="Last checked")
    closed_on = forms.DateField(required=False, widget=Day, label="Closed on")
