"""Invented registers, and the state of the register to the byte."""

import csv
import io

from django.core import serializers

from breaches.people import actions
from breaches.people.images import ROWS
from breaches.people.models import ImportStatus, Person, Relation
from tests.factories import NOON, make_upload, make_user

HEADERS = (
    *("client_id", "given_names", "family_names", "a_number", "birth_date", "language"),
    *("address_1", "address_2", "safe_address", "counsel_name", "counsel_firm"),
)
SYLLABLES = ("ba", "do", "fe", "gi", "ku", "la", "mo", "ne", "ri", "su", "ta", "ve")


def person(number, **facts):
    """Return one line of a register as a dict."""
    name = "".join(SYLLABLES[(number // 12**place) % 12] for place in range(3)).title()
    return {
        "client_id": f"C{number}",
        "given_names": name,
        "family_names": f"{name[::-1].title()} Doe",
        "a_number": f"A2{number:08}",
        "birth_date": f"19{number % 90 + 10}-05-1{number % 10}",
        "language": "es",
        "address_1": f"{number + 1} Main Street",
        "address_2": "Springfield IL 62701",
        "safe_address": "no",
        **facts,
    }


def written(people):
    """Return a register file."""
    out = io.StringIO()
    lines = csv.DictWriter(out, HEADERS, restval="")
    lines.writeheader()
    lines.writerows(people)
    return out.getvalue().encode()


def handed_in(people, *, by=None):
    """Take in, or compare, a register; return its import."""
    order = actions.receive_register(
        make_upload(written(people)), handed_over_by="Office", by=by or make_user(), at=NOON
    )
    actions.import_register(order, at=NOON)
    return order


def applied(order, *, by=None):
    """Accept and apply a compared import."""
    actions.accept_import(order, by=by or make_user(), at=NOON)
    actions.apply_import(order, at=NOON)
    order.refresh_from_db()
    assert order.status == ImportStatus.IMPORTED
    return order


def undone(order, *, by=None):
    """Have an import undone, as far as that may be."""
    actions.order_undo(order, by=by or make_user(), at=NOON)
    actions.undo_import(order, at=NOON)
    order.refresh_from_db()
    return order


def register_bytes():
    """Return every row of the register, sealed bytes and all."""
    kinds = (Person, *ROWS, Relation)
    rows = [row for kind in kinds for row in kind._default_manager.order_by("pk")]
    return serializers.serialize("json", rows)
