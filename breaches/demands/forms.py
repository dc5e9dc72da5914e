"""What a person types about letters, answers and signed statements."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from breaches.demands import rules
from breaches.demands.actions import Wish
from breaches.demands.answering import Answer
from breaches.demands.statement import CopyFate, Statement
from breaches.recipients.models import RecipientContact
from breaches.web import Day

TEXT = forms.Textarea(attrs={"rows": 3})


class WishForm(forms.Form):
    """Which letter, on what legal basis, and where to."""

    purpose = forms.ChoiceField(choices=list(rules.PURPOSES.items()), label="Letter")
    basis = forms.ChoiceField(choices=list(rules.BASES.items()), label="Legal basis")
    contact = forms.ModelChoiceField(
        queryset=RecipientContact.objects.none(), required=False, label="Where to",
        empty_label="not known yet",
    )  # fmt: skip

    def __init__(self, *args: Any, contacts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.queryset = contacts
        field.label_from_instance = _contact_words

    @property
    def wish(self) -> Wish:
        """Return what was chosen."""
        return Wish(**self.cleaned_data)


class SentForm(forms.Form):
    """How and when a demand went out."""

    channel = forms.ChoiceField(choices=list(rules.CHANNELS.items()))
    sent_on = forms.DateField(widget=Day(), label="Sent on")
    due_on = forms.DateField(widget=Day(), label="Answer due on")

    def clean(self) -> dict[str, Any]:
        """Check that the answer is due after the demand went out."""
        data = super().clean() or self.cleaned_data
        sent_on, due_on = data.get("sent_on"), data.get("due_on")
        if sent_on and due_on and due_on < sent_on:
            self.add_error("due_on", "The answer cannot be due before the demand was sent.")
        return data


class AnswerForm(forms.Form):
    """What a recipient answered; leave a question empty where the answer is silent."""

    kind = forms.ChoiceField(choices=list(rules.ANSWERS.items()), label="What it says")
    received_on = forms.DateField(widget=Day(), label="Received on")
    document = forms.FileField(required=False, label="The answer itself", help_text="Any file.")
    scope = forms.CharField(
        required=False,
        max_length=2000,
        widget=TEXT,
        label="Which copies it speaks of",
        help_text="Devices, mail, cloud, backups, prints, derived data. Empty: it does not say.",
    )
    sharing = forms.ChoiceField(
        required=False, choices=list(rules.SHARING.items()), label="Whether it was shared"
    )
    shared_with = forms.CharField(
        required=False, max_length=1000, widget=TEXT, label="With whom, a name a line",
        help_text="Each becomes a recipient with a case of its own.",
    )  # fmt: skip

    @property
    def answer(self) -> Answer:
        """Return the answer."""
        data = self.cleaned_data
        return Answer(
            kind=data["kind"],
            received_on=data["received_on"],
            upload=data["document"],
            scope=data["scope"],
            sharing=data["sharing"],
            shared_with=data["shared_with"],
        )


class OnwardForm(forms.Form):
    """To whom the file was passed on."""

    names = forms.CharField(
        max_length=1000, widget=TEXT, label="Passed on to, a name a line",
        help_text="Each becomes a recipient with a case of its own; this case waits for them.",
    )  # fmt: skip

    @property
    def listed(self) -> list[str]:
        """Return the names."""
        lines = self.cleaned_data["names"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class StatementForm(forms.Form):
    """A signed statement. Type what it says; what it leaves open stays empty and is told."""

    document = forms.FileField(label="The signed statement")
    signer = forms.CharField(required=False, max_length=200, label="Who signs")
    title = forms.CharField(required=False, max_length=200, label="Title")
    authority = forms.CharField(
        required=False, max_length=300, label="By what authority they bind the entity"
    )
    authority_checked = forms.BooleanField(required=False, label="We have checked that authority")
    entity = forms.CharField(required=False, max_length=200, label="For whom")
    reachable_at = forms.CharField(required=False, max_length=300, label="How they are reached")
    obtained = forms.CharField(required=False, max_length=300, label="When the file was obtained")
    last_accessed = forms.CharField(required=False, max_length=300, label="When last opened")
    accessed_by = forms.CharField(required=False, max_length=300, label="Opened by whom")
    opened = forms.ChoiceField(
        required=False, choices=[("", "does not say"), *rules.YES_NO.items()], label="Opened?"
    )
    copied = forms.ChoiceField(
        required=False, choices=[("", "does not say"), *rules.YES_NO.items()], label="Copied?"
    )
    shared = forms.ChoiceField(
        required=False, choices=[("", "does not say"), *rules.YES_NO.items()], label="Shared?"
    )
    shared_with = forms.CharField(
        required=False, max_length=1000, widget=TEXT, label="With whom",
        help_text="Write “nobody” if the statement says so. Never guess.",
    )  # fmt: skip
    other_copies = forms.CharField(
        required=False, max_length=1000, widget=TEXT,
        label="Other copies: devices, mail, cloud, prints, derived data, models and indexes",
    )  # fmt: skip
    backups = forms.CharField(required=False, max_length=500, label="Backups, and when they expire")
    checked_how = forms.CharField(
        required=False, max_length=500, label="How the deletion was checked"
    )
    checked_by = forms.CharField(required=False, max_length=200, label="Who checked it")
    kept_for_hold = forms.CharField(
        required=False, max_length=500, label="What is kept for a legal hold"
    )
    may_be_rechecked = forms.BooleanField(required=False, label="We may check again")
    penalty_law = forms.CharField(
        required=False, max_length=200, label="Under which law a false statement is punished",
        help_text="In the United States 28 U.S.C. 1746.",
    )  # fmt: skip
    place = forms.CharField(required=False, max_length=200, label="Signed at")
    signed_on = forms.DateField(widget=Day(), label="Signed on")
    signature = forms.ChoiceField(choices=list(rules.SIGNATURES.items()), label="Signature")
    witness = forms.CharField(required=False, max_length=200, label="Witness, if there was one")

    def __init__(self, *args: Any, copies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.copies = dict(copies)
        methods = [("", "does not say"), *rules.METHODS.items()]
        for pk, words in self.copies.items():
            self.fields[f"method_{pk}"] = forms.ChoiceField(
                required=False, choices=methods, label=f"Copy ({words}): what became of it"
            )
            self.fields[f"tool_{pk}"] = forms.CharField(
                required=False, max_length=200, label=f"Copy ({words}): tool and version"
            )
            self.fields[f"done_{pk}"] = forms.DateField(
                required=False, widget=Day(), label=f"Copy ({words}): on"
            )

    @property
    def statement(self) -> Statement:
        """Return what was signed."""
        data = dict(self.cleaned_data)
        del data["document"]
        fates = {pk: self._fate(data, pk) for pk in self.copies}
        return Statement(**data, fates=fates)

    @staticmethod
    def _fate(data: dict[str, Any], pk: str) -> CopyFate:
        done_on: date | None = data.pop(f"done_{pk}")
        return CopyFate(data.pop(f"method_{pk}"), data.pop(f"tool_{pk}"), done_on)


def _contact_words(contact: RecipientContact) -> str:
    checked = "checked" if contact.verified_at else "not checked"
    return f"{contact.document['addressee']}, {contact.get_kind_display()} ({checked})"
