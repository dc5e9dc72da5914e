"""The pages of one recipient, letter, order and copy are read by axe, and fit a telephone."""

import pytest
from django.urls import reverse

from breaches.orders.actions import Clause, add_clause, enter_order
from breaches.orders.rules import Issued
from breaches.takedowns.actions import Found, add_takedown
from tests.browser.looking import faults_on
from tests.clawback.cases import put
from tests.demands.letters import DUE, SENT, make_ready, make_sent_demand
from tests.factories import NOON, make_upload, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_pages_of_one_recipient(page, sign_in):
    case, user = make_ready(), make_user()
    case.incident.team.create(user=user, added_at=NOON)
    demand = make_sent_demand(case)
    issued = Issued("District Court", "1:26-cv-1", "Delete all data.", SENT)
    order = enter_order(case.incident, issued, make_upload(name="o.pdf"), by=user, at=NOON)
    put(case, "READY")
    case.refresh_from_db()
    clause = Clause(case.recipient, "delete", "You shall delete.", DUE)
    add_clause(order, clause, by=user, at=NOON)
    copy = add_takedown(
        case.incident, Found("google", "https://cache.example.org/roster.xlsx", "query"),
        by=user, at=NOON,
    )  # fmt: skip
    sign_in(user)
    pk = case.incident.pk
    pages = [
        ("accountability:detail", case.recipient_id),
        ("accountability:feared", case.recipient_id),
        ("recipients:edit", case.recipient_id),
        ("demands:demand", demand.pk),
        ("demands:draft", case.pk),
        ("demands:statement", case.pk),
        ("demands:onward", case.pk),
        ("orders:detail", order.pk),
        ("takedowns:detail", copy.pk),
    ]

    found = faults_on(page, [reverse(name, args=[pk, key]) for name, key in pages])

    assert not found, "\n".join(found)
