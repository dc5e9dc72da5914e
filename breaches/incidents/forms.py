"""What a person types about an incident."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User

from breaches.incidents.actions import IncidentFacts, Said
from breaches.incidents.models import Exposure, Incident, Kind, Side, Standing
from breaches.incidents.promises import PROMISES
from breaches.web import Day

CONTACT = ("contact_name", "contact_phone", "contact_address")


class Moment(forms.DateTimeInput):
    """A date and a time in the browser's own picker, in the time zone of the office."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class IncidentForm(forms.Form):
    """What is known of an incident."""

    reference = forms.CharField(max_length=20, help_text="Short, such as 2022-11-A.")
    name = forms.CharField(max_length=200, help_text="What you call it among yourselves.")
    kind = forms.ChoiceField(choices=Kind.choices)
    holder = forms.CharField(max_length=200, help_text="Whose data it was: agency or company.")
    side = forms.ChoiceField(choices=Side.choices, label="Our side")
    snapshot_on = forms.DateField(
        required=False,
        widget=Day(),
        label="Snapshot date",
        help_text="Only people in the records on this day are affected. Minors count by it too.",
    )
    discovered_at = forms.DateTimeField(required=False, widget=Moment(), label="Discovered")
    parent = forms.TypedChoiceField(required=False, label="Follows from", empty_value=None)
    in_set = forms.CharField(
        required=False,
        max_length=200,
        label="Overlaps with",
        help_text="Give incidents that may hit the same people the same name here.",
    )
    english_will_do = forms.BooleanField(
        required=False,
        initial=True,
        label="English will do where a person's language has no approved wording",
        help_text="Otherwise those letters are held until their language is approved.",
    )
    contact_name = forms.CharField(
        required=False,
        max_length=120,
        label="Who answers questions",
        help_text="Printed on letters.",
    )
    contact_phone = forms.CharField(required=False, max_length=40, label="Their telephone")
    contact_address = forms.CharField(required=False, max_length=300, label="Their postal address")

    def __init__(self, *args: Any, others: Iterable[Incident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = cast("forms.TypedChoiceField", self.fields["parent"])
        # By reference: no page shows more of a parent that is not the reader's.
        known = {one.reference: one for one in others}
        parent.choices = [("", "---------"), *((name, name) for name in known)]
        parent.coerce = known.get

    @property
    def facts(self) -> IncidentFacts:
        """Return what was typed."""
        data = self.cleaned_data
        known = {name: data[name] for name in data if name not in CONTACT}
        return IncidentFacts(**known, contact={name: data[name] for name in CONTACT})


class ExposureForm(forms.ModelForm):
    """A place where the data stood open."""

    class Meta:
        model = Exposure
        fields = (
            *("kind", "locator", "file_name", "file_size", "file_sha256"),
            *("opened_at", "opened_certainty", "opened_source"),
            *("closed_at", "closed_certainty", "closed_source"),
        )
        widgets = {"opened_at": Moment(), "closed_at": Moment()}
        labels = {
            "locator": "Web address or system",
            "file_size": "Size of the file in bytes",
            "file_sha256": "SHA-256 of the file",
            "opened_at": "Open from",
            "closed_at": "Open until",
        }

    def clean(self) -> dict[str, Any]:
        """Check that it did not close before it opened."""
        data = super().clean() or {}
        opened, closed = data.get("opened_at"), data.get("closed_at")
        if opened and closed and closed < opened:
            self.add_error("closed_at", "It cannot have been closed before it was opened.")
        return data

    def clean_file_sha256(self) -> str:
        """Check that a hash has 64 hex digits."""
        text = str(self.cleaned_data["file_sha256"]).strip().lower()
        if text and (len(text) != 64 or set(text) - set("0123456789abcdef")):
            raise forms.ValidationError("A SHA-256 has 64 digits from 0 to 9 and a to f.")
        return text


class StatementForm(forms.Form):
    """What somebody said."""

    said_on = forms.DateField(widget=Day(), label="Said on")
    standing = forms.ChoiceField(choices=Standing.choices)
    text = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(max_length=300)
    about = forms.ChoiceField(
        required=False, choices=[("", "nothing"), *PROMISES.items()], label="It promises to",
        help_text="A promise is shown beside what was done, under Recipients.",
    )  # fmt: skip

    @property
    def said(self) -> Said:
        """Return what was typed."""
        return Said(**self.cleaned_data)


class MemberForm(forms.Form):
    """Somebody to add to the team."""

    user = forms.ModelChoiceField(queryset=User.objects.none(), label="Who", empty_label=None)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True).exclude(teams__incident=incident)
        self.fields["user"].queryset = others.order_by("email")  # type: ignore[attr-defined]
