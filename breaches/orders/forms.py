"""What a person types about an order."""

from typing import Any

from django import forms

from breaches.orders.actions import Clause
from breaches.orders.models import OBLIGATIONS, EntryKind, OrderItem
from breaches.orders.rules import Docketed, Issued
from breaches.recipients.models import Recipient
from breaches.web import Day

DOCKET = [(kind.value, kind.label) for kind in EntryKind
          if kind not in (EntryKind.ISSUED, EntryKind.DECLARATION)]  # fmt: skip


class OrderForm(forms.Form):
    """An order as it was entered."""

    court = forms.CharField(max_length=200)
    docket = forms.CharField(max_length=100, label="Docket number")
    entered_on = forms.DateField(widget=Day(), label="Entered on")
    text = forms.CharField(
        max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), label="Text of the order",
        help_text="Its operative part, word for word.",
    )  # fmt: skip
    paper = forms.FileField(label="The order itself")

    @property
    def issued(self) -> Issued:
        """Return what was typed."""
        data = self.cleaned_data
        return Issued(data["court"], data["docket"], data["text"], data["entered_on"])


class ClauseForm(forms.Form):
    """One operative clause."""

    recipient = forms.ModelChoiceField(
        queryset=Recipient.objects.none(), label="Whom it obliges", empty_label=None
    )
    obligation = forms.ChoiceField(choices=list(OBLIGATIONS.items()), label="To do what")
    text = forms.CharField(
        max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), label="The clause, word for word"
    )
    due_on = forms.DateField(widget=Day(), label="By")

    def __init__(self, *args: Any, recipients: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["recipient"]
        field.queryset = recipients
        field.label_from_instance = _called

    @property
    def clause(self) -> Clause:
        """Return what was typed."""
        return Clause(**self.cleaned_data)


class EntryForm(forms.Form):
    """What the docket says now."""

    kind = forms.ChoiceField(choices=DOCKET, label="What happened")
    on = forms.DateField(widget=Day(), label="On")
    text = forms.CharField(required=False, max_length=2000, label="In words")
    new_due_on = forms.DateField(required=False, widget=Day(), label="New date, if it was modified")
    paper = forms.FileField(label="The document")

    @property
    def said(self) -> Docketed:
        """Return what was typed."""
        data = self.cleaned_data
        return Docketed(data["kind"], data["on"], data["text"], data["new_due_on"])


class DeclarationForm(forms.Form):
    """A declaration of compliance, clause by clause."""

    items = forms.ModelMultipleChoiceField(
        queryset=OrderItem.objects.none(), widget=forms.CheckboxSelectMultiple,
        label="It bears out these clauses", required=False,
    )  # fmt: skip
    on = forms.DateField(widget=Day(), label="Filed on")
    paper = forms.FileField(label="The declaration")

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["items"]
        field.queryset = items
        field.label_from_instance = _clause_words


def _called(recipient: Recipient) -> str:
    document = recipient.document
    return str(document["name"] or document["address"] or "somebody without an address")


def _clause_words(item: OrderItem) -> str:
    return f"{_called(item.recipient)}: {item.get_obligation_display()}, by {item.due_on:%-d %b %Y}"
