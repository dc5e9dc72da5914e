"""What an administrator types about staff."""

from django import forms

from breaches.access.rules import ROLES


class StaffForm(forms.Form):
    """A new account."""

    email = forms.EmailField(max_length=150)
    roles = forms.MultipleChoiceField(
        choices=[(role, f"{role}: {words}") for role, words in ROLES.items()],
        widget=forms.CheckboxSelectMultiple(),
    )


class RoleForm(forms.Form):
    """One role, given or taken."""

    role = forms.ChoiceField(choices=[(role, role) for role in ROLES])
    give = forms.BooleanField(required=False)
