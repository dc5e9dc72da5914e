"""An order clause by clause, its docket kept, its clocks stopped and run on, its declaration."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from breaches.audit.lifecycle import IllegalMove
from breaches.clawback import queries as cases
from breaches.clawback.actions import open_case, run_out
from breaches.clawback.models import CaseClock, ClawbackCase, ClockStatus
from breaches.clawback.states import State
from breaches.orders import actions
from breaches.orders.actions import Clause
from breaches.orders.models import CourtOrder, ItemStatus, OrderEntry, OrderItem, OrderStatus
from breaches.orders.rules import Docketed, Issued
from breaches.recipients.actions import Known, add_recipient
from tests.clawback.cases import make_case, put
from tests.demands.letters import make_ready
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
ISSUED = Issued("District Court", "1:26-cv-00001", "Disgorge and delete all data.", ON)
DUE = date(2026, 3, 16)


def paper(name="order"):
    return make_upload(f"Document {name}".encode(), f"{name}.pdf")


def make_order(*obligations, due_on=DUE):
    """Enter an order with a clause for each of `obligations` of one party."""
    case = make_ready()
    order = actions.enter_order(case.incident, ISSUED, paper(), by=make_user(), at=NOON)
    for number, obligation in enumerate(obligations or ("delete", "declaration")):
        clause = Clause(case.recipient, obligation, "You shall.", due_on + timedelta(days=number))
        actions.add_clause(order, clause, by=make_user(), at=NOON)
    return order, ClawbackCase.objects.get(pk=case.pk)


def docket(order, kind, on, **more):
    said = Docketed(kind, on, **more)
    return actions.note_entry(order, said, paper(f"{kind}{on}"), by=make_user(), at=NOON)


def declare(order, items):
    return actions.file_declaration(
        order, items, paper(f"declaration{len(items)}"), on=ON, by=make_user(), at=NOON
    )


def clock(case):
    return CaseClock.objects.get(case=case, code="order_due", status__in=["RUNNING", "PAUSED"])


def test_each_clause_has_its_party_its_date_and_its_evidence():
    order, case = make_order("disgorge", "delete", "remove_software", "declaration")

    assert case.status == State.ORDERED
    assert clock(case).due_at.date() == DUE
    assert order.items.count() == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderItem.objects.update(status=ItemStatus.MET)


def test_a_case_closes_when_every_clause_is_borne_out_and_not_before():
    order, case = make_order("delete", "remove_software", "declaration")
    first, *rest = order.items.order_by("due_on")

    left = declare(order, [first])
    case.refresh_from_db()
    assert (len(left), case.status) == (2, State.ORDERED)
    assert clock(case).due_at.date() == DUE + timedelta(days=1)
    assert declare(order, rest) == []

    case.refresh_from_db()
    assert (case.status, case.proof) == (State.CLOSED_ORDERED, 4)
    assert cases.replayed(case) == State.CLOSED_ORDERED


def test_a_stayed_order_stops_its_clock_and_gives_the_days_back():
    order, case = make_order()

    docket(order, "stayed", date(2026, 3, 10))
    case.refresh_from_db()
    assert case.status == State.ORDER_STAYED
    assert clock(case).status == ClockStatus.PAUSED
    assert not cases.ran_out(at=NOON + timedelta(days=90)).exists()
    with pytest.raises(actions.OrderOver):
        declare(order, list(order.items.all()))

    docket(order, "stay_lifted", date(2026, 4, 9))

    case.refresh_from_db()
    assert case.status == State.ORDERED
    assert clock(case).due_at.date() == DUE + timedelta(days=30)
    assert order.items.order_by("due_on").first().due_on == DUE + timedelta(days=30)


@pytest.mark.parametrize("kind", ["vacated", "reversed"])
def test_an_order_that_is_gone_keeps_its_history_and_frees_its_parties(kind):
    order, case = make_order()
    docket(order, "stayed", date(2026, 3, 10))

    docket(order, kind, date(2026, 5, 1))

    case.refresh_from_db()
    assert case.status == State.ESCALATED
    assert set(order.items.values_list("status", flat=True)) == {ItemStatus.VOID}
    kinds = list(OrderEntry.objects.order_by("at", "on").values_list("kind", flat=True))
    assert sorted(kinds) == sorted(["issued", "stayed", kind])
    with pytest.raises(IllegalMove):
        docket(order, "stayed", date(2026, 5, 2))
    with pytest.raises(actions.OrderOver):
        docket(order, "modified", date(2026, 5, 2))
    with pytest.raises(actions.OrderOver):
        actions.add_clause(order, Clause(case.recipient, "delete", "x", DUE), by=make_user(),
                           at=NOON)  # fmt: skip


def test_a_modified_order_has_a_new_date():
    order, case = make_order()

    docket(order, "modified", date(2026, 3, 10), new_due_on=date(2026, 6, 1))

    assert clock(case).due_at.date() == date(2026, 6, 1)
    assert order.status == OrderStatus.IN_FORCE


def test_a_date_that_passes_without_a_declaration_is_disobedience():
    _, case = make_order()
    at = NOON + timedelta(days=20)

    for one in cases.ran_out(at=at):
        run_out(one, at=at)

    case.refresh_from_db()
    assert case.status == State.NON_COMPLIANT
    assert CaseClock.objects.filter(case=case, code="contempt", status="RUNNING").exists()


def test_a_declaration_speaks_for_one_party():
    order, case = make_order()
    known = Known("insider_with_access", "Adviser", identity_level=3)
    other = add_recipient(case.incident, known, by=make_user(), at=NOON)
    put(open_case(other, by=None, at=NOON), State.READY)
    actions.add_clause(order, Clause(other, "delete", "x", DUE), by=make_user(), at=NOON)

    for items in ([], list(order.items.all())):
        with pytest.raises(actions.NothingCovered):
            declare(order, items)


def test_nobody_stands_under_an_order_before_their_case_is_sorted():
    case = make_case()
    order = actions.enter_order(case.incident, ISSUED, paper(), by=make_user(), at=NOON)

    with pytest.raises(IllegalMove, match="not known who it is"):
        actions.add_clause(order, Clause(case.recipient, "delete", "x", DUE), by=make_user(),
                           at=NOON)  # fmt: skip
    assert not OrderItem.objects.exists()


def test_an_order_walks_through_its_pages(client):
    user = make_user("analyst", "intake")
    client.force_login(user)
    order, case = make_order()
    case.incident.team.create(user=user, added_at=NOON)
    here = [case.incident.pk, order.pk]

    def post(name, *args, **data):
        return client.post(reverse(f"orders:{name}", args=args), data, follow=True).content.decode()

    entered = post("enter", case.incident.pk, court="Court of Appeals", docket="26-1",
                   entered_on="2026-03-02", text="Stayed.", paper=paper("x"))  # fmt: skip
    stayed = post("entry", *here, kind="stayed", on="2026-03-05", paper=paper("y"))
    early = post("declaration", *here, items=[], on="2026-03-06", paper=paper("z"))
    lifted = post("entry", *here, kind="stay_lifted", on="2026-03-07", paper=paper("v"))
    items = [str(pk) for pk in order.items.values_list("pk", flat=True)]
    declared = post("declaration", *here, items=items, on="2026-03-08", paper=paper("w"))
    odd = post("clause", *here, obligation="delete", text="Delete every copy.")

    assert "Now add its clauses" in entered
    assert "Its clocks stand still" in stayed
    assert "not in force" in early
    assert "stay lifted" in lifted.lower()
    assert "Recorded." in declared
    assert "Not saved" in odd
    assert "Delete every copy.</textarea>" in odd
    assert CourtOrder.objects.count() == 2
    listed = client.get(reverse("orders:list", args=[case.incident.pk])).content.decode()
    assert "Court of Appeals" in listed
    mine = make_incident(by=user)
    assert client.get(reverse("orders:detail", args=[mine.pk, order.pk])).status_code == 404
