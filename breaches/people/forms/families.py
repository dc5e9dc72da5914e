"""Who belongs together, and which record is somebody's second."""

from typing import Any

from django import forms

from breaches.people import queries
from breaches.people.kinship import CHOICES
from breaches.people.models import Person


class Somebody(forms.CharField):
    """A person, by a number or name that only one answers to."""

    def clean(self, value: Any) -> Any:
        """Return the one person meant."""
        text, here = super().clean(value), queries.the_register()
        found: list[Person] = list(queries.find(here, text)[:2]) if here and text else []
        if len(found) == 1:
            return found[0]
        many = "More than one person answers to this: give an A-number or the register's own id."
        raise forms.ValidationError(
            many if found else "Nobody in the register has this number or name."
        )


class RelationForm(forms.Form):
    """Another person, and what they are to the first."""

    other = Somebody(
        max_length=200, label="Who", help_text="An A-number, the register's id, or a name."
    )
    kind = forms.ChoiceField(choices=CHOICES, label="What they are to this person")


class MergeForm(forms.Form):
    """The record that becomes part of this person."""

    other = Somebody(
        max_length=200,
        label="The other record",
        help_text=(
            "An A-number, the register's id, or a name. Its addresses, numbers, counsel and family "
            "move here; its name is kept as one more name. Unmerging restores both."
        ),
    )
