"""The report: how many have the file, from which networks, when, how complete, what was done."""

from datetime import timedelta

import pytest

from breaches.accountability import queries
from breaches.accountability.actions import note_unknown
from breaches.accountability.gaps import Gap
from breaches.clawback import actions as cases
from breaches.clawback.models import ClawbackCase
from breaches.recipients.models import Recipient
from tests.accountability.test_pages import make_case, see
from tests.clawback.cases import grounds
from tests.downloads import days
from tests.factories import NOON, make_user
from tests.takedowns.test_takedowns import look, make_takedown

pytestmark = pytest.mark.django_db
TWO = days.text([days.line(10), days.line(20, "203.0.113.5")])


def give_up(case):
    """Close a case whose copy cannot be got back, as two people do."""
    proposal = cases.record(
        case, "irrevocable", grounds(case, "Its host is gone."), by=make_user(), at=NOON
    )
    cases.confirm(proposal, by=make_user(), at=NOON)


def test_it_says_how_many_from_when_to_when_how_complete_and_what_was_done(analyst):
    incident = make_case(analyst.user, TWO)

    sums = queries.facts_for_report(incident, at=NOON)["sums"]

    assert (sums.recipients, sums.whole, sums.still_open) == (2, 2, 2)
    assert (sums.written_to, sums.said_something, sums.proven, sums.impossible) == (0, 0, 0, 0)
    assert sums.last - sums.first == timedelta(minutes=10)
    assert sums.is_at_least


def test_each_recipient_is_counted_once_by_its_grade_and_by_its_proof(analyst):
    incident = make_case(analyst.user, TWO)

    facts = queries.facts_for_report(incident, at=NOON)

    assert sum(number for _, _, number in facts["grades"]) == 2
    assert sum(number for _, _, number in facts["proof"]) == 2


def test_what_cannot_be_got_back_stands_with_its_reason(analyst):
    incident = make_case(analyst.user, TWO)
    case = ClawbackCase.objects.filter(incident=incident).first()
    give_up(case)

    facts = queries.facts_for_report(incident, at=NOON)
    page = see(analyst, "accountability:report", incident.pk)

    assert facts["sums"].impossible == 1
    assert facts["sums"].still_open == 1
    [one] = facts["impossible"]
    assert one.row.case == case
    assert one.row.shown in page
    assert "Its host is gone." in page


def test_what_was_passed_on_and_is_open_is_named(analyst):
    incident = make_case(analyst.user, TWO)
    child, parent = Recipient.objects.filter(incident=incident)
    child.parent = parent
    child.save()

    [row] = queries.facts_for_report(incident, at=NOON)["passed_on"]

    assert row.recipient == child
    give_up(child.case)
    assert queries.facts_for_report(incident, at=NOON)["passed_on"] == []


def test_unknowns_stand_with_what_would_settle_them(analyst):
    incident = make_case(analyst.user)
    gap = Gap("log", "subpoena", "Who came between two and three", "The log of the proxy")
    note_unknown(incident, gap, by=analyst.user, at=NOON)

    page = see(analyst, "accountability:report", incident.pk)

    assert "Who came between two and three" in page
    assert "The log of the proxy" in page


def test_an_incident_without_recipients_says_what_to_do(analyst):
    incident = days.read_log(days.text([days.line(10)]), by=analyst.user).incident

    page = see(analyst, "accountability:report", incident.pk)

    assert "Nothing to report yet" in page


def test_a_copy_that_is_hidden_for_a_time_is_named_with_its_day_and_no_live_address(analyst):
    incident = make_case(analyst.user)
    takedown = make_takedown(incident=incident)
    look(takedown, "gone")

    [(one, address)] = queries.facts_for_report(incident, at=NOON)["hidden"]
    page = see(analyst, "accountability:report", incident.pk)

    assert one == takedown
    assert "http://" not in address
    assert "https://" not in address
    assert f"until {one.expires_at:%-d %b %Y}" in page
