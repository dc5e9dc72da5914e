"""What a person hands in and asks about the register."""

from django import forms


class RegisterForm(forms.Form):
    """One register file."""

    file = forms.FileField(
        label="Register file",
        help_text=(
            "A CSV file or a workbook with headings such as client_id, given_names, family_names, "
            "a_number, birth_date, language, address_1 to address_5."
        ),
    )
    handed_over_by = forms.CharField(max_length=200, label="Handed over by")


class SearchForm(forms.Form):
    """Somebody to find, by exact number or by the parts of a name."""

    text = forms.CharField(
        max_length=200,
        label="Find somebody",
        help_text="An A-number, another number of theirs, or their name in any order.",
    )
