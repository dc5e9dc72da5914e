"""What a person hands in and asks of the register."""

from django import forms


class RegisterForm(forms.Form):
    """A register file."""

    file = forms.FileField(
        label="Register file",
        help_text="Excel, OpenDocument or CSV, with headers such as given_names, family_names, "
        "a_number, birth_date, language, address_1, postcode, counsel_name.",
    )
    handed_over_by = forms.CharField(max_length=200, label="Handed over by")


class FindForm(forms.Form):
    """An exact number to look for."""

    text = forms.CharField(max_length=60, label="A-number or number in the register")
