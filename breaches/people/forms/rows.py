"""What staff enter on a person's page."""

from typing import Any

from django import forms

from breaches.leaks.vocabulary import ELEMENTS, IDENTIFIERS
from breaches.people import dates, identifiers
from breaches.people.models import (
    ContactKind,
    Facility,
    Form,
    GuardianKind,
    Scope,
    Source,
)
from breaches.web import Day

CHANNELS = [
    *(("post", "post"), ("phone", "telephone"), ("sms", "text message"), ("email", "e-mail")),
    *(("in_person", "in person"), ("counsel", "through counsel")),
]


class Lines(forms.CharField):
    """An address, a line each; gives a list."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> Any:
        """Return the lines that say something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Return the lines as they are typed."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def validate(self, value: Any) -> None:
        """Ask for a line where one must be."""
        if self.required and not value:
            raise forms.ValidationError("Type it, a line each.")


class WithSource(forms.Form):
    """Who says so."""

    source = forms.ChoiceField(
        choices=[choice for choice in Source.choices if choice[0] != Source.REGISTER],
        label="Source",
    )


class ContactForm(WithSource):
    """A way to reach somebody, and how safe it is."""

    kind = forms.ChoiceField(choices=ContactKind.choices, label="What it is")
    lines = Lines(
        required=False, label="Address, number or e-mail", help_text="An address a line each."
    )
    country = forms.CharField(
        required=False, max_length=60, help_text="Empty: as the last line says, or United States."
    )
    is_safe = forms.BooleanField(required=False, label="Safe: outranks every other address")
    is_impounded = forms.BooleanField(
        required=False, label="Impounded: a court has sealed it; it is withheld everywhere"
    )
    is_do_not_contact = forms.BooleanField(required=False, label="Do not contact them this way")
    channels = forms.MultipleChoiceField(
        choices=CHANNELS, required=False, widget=forms.CheckboxSelectMultiple, label="Safe ways",
        help_text="None ticked: nothing was said against any.",
    )  # fmt: skip
    valid_from = forms.DateField(required=False, widget=Day, label="Valid from")
    note = forms.CharField(required=False, max_length=300, label="Note")

    def clean(self) -> dict[str, Any]:
        """Check that a way to reach somebody says how, unless there is no fixed address."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") != ContactKind.NO_FIXED_ADDRESS and not data.get("lines"):
            self.add_error("lines", "Type it, or choose “no fixed address”.")
        return data


class RepresentationForm(WithSource):
    """Who stands up for somebody, by which form, in what."""

    practitioner = forms.CharField(max_length=120, label="Practitioner")
    organisation = forms.CharField(required=False, max_length=120, label="Organisation")
    lines = Lines(required=False, label="Their address")
    form = forms.ChoiceField(choices=Form.choices, label="Form of appearance")
    scope = forms.ChoiceField(choices=Scope.choices, label="What it covers")
    effective_on = forms.DateField(required=False, widget=Day, label="Effective from")
    verified_on = forms.DateField(required=False, widget=Day, label="Verified on")
    note = forms.CharField(required=False, max_length=300, label="Note")


class GuardianForm(WithSource):
    """Who acts for a child, or an adult who cannot."""

    name = forms.CharField(max_length=120, label="Name")
    kind = forms.ChoiceField(choices=GuardianKind.choices, label="What they are")
    lines = Lines(required=False, label="Their address")
    paper = forms.CharField(
        required=False, max_length=200, label="Paper that says so",
        help_text="Such as a court order, with its number and date.",
    )  # fmt: skip
    is_unsafe = forms.BooleanField(required=False, label="Unsafe: nothing may go to them")
    note = forms.CharField(required=False, max_length=300, label="Note")


class CustodyForm(WithSource):
    """Where somebody is held."""

    facility = forms.ModelChoiceField(Facility.objects.none(), required=False)
    as_written = forms.CharField(
        required=False, max_length=120, label="Or the place as it is written",
        help_text="When it is not on the list of facilities yet.",
    )  # fmt: skip
    booking_number = forms.CharField(required=False, max_length=40, label="Booking number")
    from_on = forms.DateField(required=False, widget=Day, label="Since")
    note = forms.CharField(required=False, max_length=300, label="Note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Facility.objects.filter(closed_on=None).order_by("name")
        self.fields["facility"] = forms.ModelChoiceField(places, required=False, label="Facility")

    def clean(self) -> dict[str, Any]:
        """Check that a place is named."""
        data = super().clean() or self.cleaned_data
        if not data.get("facility") and not data.get("as_written"):
            self.add_error("facility", "Choose a facility, or write the place below.")
        return data


class DeathForm(WithSource):
    """That somebody died, and whom one may write to instead."""

    on = forms.DateField(required=False, widget=Day, label="Died on")
    next_of_kin = forms.CharField(
        required=False, max_length=120, label="Next of kin or personal representative"
    )
    kinship = forms.CharField(required=False, max_length=60, label="What they are to the person")
    next_of_kin_lines = Lines(required=False, label="Their address")
    note = forms.CharField(required=False, max_length=300, label="Note")

    def clean_on(self) -> str:
        """Return the day as text, as it is sealed."""
        day = self.cleaned_data["on"]
        return day.isoformat() if day else ""


class NumberForm(WithSource):
    """An identifier, checked as far as its kind has a check."""

    kind = forms.ChoiceField(
        choices=[(kind, ELEMENTS[kind].label) for kind in sorted(IDENTIFIERS)], label="What it is"
    )
    value = forms.CharField(max_length=60, label="Number", strip=True)

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with the number."""
        data = super().clean() or self.cleaned_data
        kind, value = data.get("kind", ""), data.get("value", "")
        if value and (problem := identifiers.problem(kind, value)):
            self.add_error("value", f"{problem[0].upper()}{problem[1:]}.")
        elif value and not identifiers.normal(kind, value):
            self.add_error("value", "This is no such number.")
        return data


class FactsForm(forms.Form):
    """Names, birth date, nationality and languages."""

    given = forms.CharField(required=False, max_length=120, label="Given names")
    middle = forms.CharField(required=False, max_length=120, label="Middle name")
    family = forms.CharField(
        required=False, max_length=120, label="Family name",
        help_text="As given. With two surnames, the first here and the second below.",
    )  # fmt: skip
    second_family = forms.CharField(required=False, max_length=120, label="Second surname")
    patronymic = forms.CharField(required=False, max_length=120, label="Patronymic")
    full = forms.CharField(
        required=False, max_length=200, label="Full name",
        help_text="For a single name, or one that does not come apart.",
    )  # fmt: skip
    native = forms.CharField(required=False, max_length=200, label="Name in own script")
    former = forms.CharField(required=False, max_length=200, label="Former names")
    alias = forms.CharField(required=False, max_length=200, label="Other names")
    birth_date = forms.CharField(required=False, max_length=40, label="Birth date")
    nationality = forms.CharField(required=False, max_length=80, label="Nationality")
    sex = forms.CharField(required=False, max_length=20, label="Sex")
    language = forms.CharField(required=False, max_length=60, label="Language")
    spoken = forms.CharField(required=False, max_length=60, label="Language spoken")
    written = forms.CharField(required=False, max_length=60, label="Language read")
    interpreter = forms.BooleanField(required=False, label="Needs an interpreter")
    large_print = forms.BooleanField(required=False, label="Letters in large print")

    def clean_birth_date(self) -> str:
        """Return the date in the order that cannot be read two ways."""
        text: str = self.cleaned_data["birth_date"]
        found = dates.parse(text)
        if text and (not found or dates.is_ambiguous(text)):
            raise forms.ValidationError("Write the date as year, month, day: 1990-05-31.")
        return found

    def clean(self) -> dict[str, Any]:
        """Check that somebody is named."""
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("given", "family", "full", "native")):
            self.add_error("given", "Write a name.")
        return data


FORMS: dict[str, type[forms.Form]] = {
    "contact": ContactForm,
    "representation": RepresentationForm,
    "guardian": GuardianForm,
    "custody": CustodyForm,
    "death": DeathForm,
    "number": NumberForm,
}
