"""One notice a person, routed once, held with a reason that a person can settle."""

from datetime import UTC, date, datetime, timedelta

import pytest

from breaches.audit.models import AuditEvent
from breaches.incidents.models import Certainty, Kind
from breaches.recipients.actions import Known, add_recipient
from notifications.notices import actions, facts, languages, queries
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.routing import Choice
from notifications.wording.actions import approve_version, install_starters
from notifications.wording.models import Language
from tests.factories import NOON, make_affected, make_exposure, make_incident, make_user

pytestmark = pytest.mark.django_db

CONTACT = {
    "contact_name": "The Help Desk",
    "contact_phone": "1-800-555-0100",
    "contact_address": "PO Box 1, Springfield",
}


def approved_wording():
    for version in install_starters(by=make_user(), at=NOON):
        approve_version(version, by=make_user(), at=NOON)


def told(*people, **facts):
    incident = make_incident(contact=CONTACT, **facts)
    make_exposure(incident=incident)
    for one in people:
        make_affected(incident, **one)
    order = actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)
    actions.route_notices(order, at=NOON)
    return incident


def test_each_person_gets_one_notice_in_their_language():
    approved_wording()
    incident = told(
        {"name": "Ada Doe", "language": "Spanish"}, {"name": "Bo Roe", "language": "am"}
    )

    notices = queries.ready(incident)
    assert sorted(notice.language for notice in notices) == ["en", "es"]
    with pytest.raises(actions.NobodyToTell):
        actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)


def test_where_english_will_not_do_whoever_reads_another_language_is_held():
    approved_wording()

    incident = told({"language": "am"}, {"language": "es"}, english_will_do=False)

    assert queries.held(incident).get().hold == "no_wording"
    assert queries.ready(incident).get().language == "es"


def test_the_letter_lists_exactly_what_leaked():
    approved_wording()
    incident = told({"elements": ["a_number", "family_name"], "language": "es"})
    notice = queries.ready(incident).get()

    values = queries.merge_values(notice, notice.version)

    assert values["elements"] == [
        "Sus apellidos",
        "Su número A (el número de sus papeles de inmigración)",
    ]


def test_without_wording_or_with_a_gap_the_notice_is_held():
    incident = told({})
    assert queries.held_by_reason(incident)[0][0] == "no_wording"

    approved_wording()
    incident = make_incident()
    make_affected(incident)
    order = actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)
    actions.route_notices(order, at=NOON)
    assert Notice.objects.get(incident=incident).hold == "undefined_field"
    assert "contact_phone" in Notice.objects.get(incident=incident).hold_note


def test_a_held_notice_is_settled_by_a_caseworker():
    approved_wording()
    incident = told({"lines": []})
    notice = queries.held(incident).get()
    assert notice.hold == "no_address"

    choice = Choice(lines=("9 New Street", "Salem OR 97301"))
    actions.resolve(notice, choice, by=make_user(), at=NOON)

    assert Notice.objects.get().status == NoticeStatus.READY
    assert Notice.objects.get().document["lines"] == ["9 New Street", "Salem OR 97301"]
    assert AuditEvent.objects.filter(event="notice.ready").exists()


def test_an_exclusion_says_why():
    incident = told({})
    notice = queries.held(incident).get()

    with pytest.raises(actions.NoReason):
        actions.exclude(notice, " ", by=make_user(), at=NOON)
    actions.exclude(notice, "Told by hand on 3 March.", by=make_user(), at=NOON)

    assert Notice.objects.get().status == NoticeStatus.EXCLUDED


def test_an_approved_text_sets_free_whoever_waited_for_it():
    incident = told({}, {"lines": []})
    assert queries.held_by_reason(incident)[0][0] in {"no_wording", "no_address"}
    approved_wording()

    order = actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)
    actions.route_notices(order, at=NOON)

    order.refresh_from_db()
    assert queries.ready(incident).count() == 1
    assert [code for code, _, _ in queries.held_by_reason(incident)] == ["no_address"]
    assert (order.done, order.total) == (2, 2)


def test_what_a_caseworker_settled_stays_settled_when_looked_at_again():
    incident = told({"birth_date": "2012-05-06"})
    notice = queries.held(incident).get()
    assert notice.hold == "minor"
    actions.resolve(notice, Choice(settled=frozenset({"minor"})), by=make_user(), at=NOON)
    assert Notice.objects.get().hold == "no_wording"
    approved_wording()

    order = actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)
    actions.route_notices(order, at=NOON)

    assert Notice.objects.get().status == NoticeStatus.READY


def test_every_decision_keeps_what_it_was_made_on():
    approved_wording()
    incident = told({}, snapshot_on=date(2022, 11, 19))

    kept = queries.ready(incident).get().document

    assert kept["rule"] == "last known"
    assert kept["inputs"]["minors_on"] == "2022-11-19"
    assert kept["inputs"]["contacts"][0]["lines"] == ["1 Main Street", "Springfield IL 62701"]


def test_a_letter_counts_who_has_the_file_and_names_none_of_them():
    assert languages.number(1, languages.TAKEN["en"]).startswith("1 network address was")
    assert languages.number(6, languages.TAKEN["es"]).startswith("6 direcciones de red")
    assert languages.number(0, languages.ANSWERED["en"]) == "None has answered yet."
    assert languages.number(2, languages.ANSWERED["es"]) == "2 han contestado."


def test_only_network_addresses_are_called_so():
    incident = make_incident()
    add_recipient(incident, Known("organisation", "A Carrier"), by=make_user(), at=NOON)

    assert facts.incident_values(incident, "en")["recipients"] == [languages.HAVE["en"][0]]


def window(*places):
    incident = make_incident()
    for place in places:
        make_exposure(incident=incident, **place)
    values = facts.incident_values(incident, "en")
    return values.get("opened"), values.get("closed")


def test_the_window_goes_from_the_first_opening_to_the_last_closing_as_sure_as_they_are():
    late = datetime(2022, 11, 29, 9, 0, tzinfo=UTC)
    opened, closed = window({"opened_certainty": "about"}, {"closed_at": late})

    assert opened.startswith("about November 28, 2022, at ")
    assert closed.startswith("November 29, 2022, at ")
    assert window({"closed_certainty": "latest"})[1].endswith("(at the latest)")
    assert window({"closed_certainty": "unknown"})[1].endswith("(we are not sure of the time)")


def test_no_end_is_claimed_while_one_place_may_still_be_open():
    opened, closed = window({}, {"closed_at": None})

    assert (bool(opened), closed) == (True, None)
    assert window({}, {"opened_at": None})[0] is None


@pytest.mark.parametrize("language", Language.values)
def test_each_certainty_has_its_words_in_each_language(language):
    assert set(languages.SURE[language]) == set(Certainty.values)


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("language", Language.values)
def test_each_kind_of_incident_has_its_sentence_in_each_language(kind, language):
    assert "Example Agency" in languages.WHAT_HAPPENED[language][kind].format(
        holder="Example Agency"
    )


def test_a_worker_killed_between_two_pieces_leaves_one_notice_a_person(monkeypatch, settings):
    approved_wording()
    incident = make_incident(contact=CONTACT)
    make_exposure(incident=incident)
    for _ in range(5):
        make_affected(incident)
    order = actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)
    monkeypatch.setattr(actions, "PIECE", 2)
    pieces = iter([actions._notices])
    with monkeypatch.context() as staged:
        staged.setattr(actions, "_notices", lambda *said: next(pieces, killed)(*said))
        with pytest.raises(KeyboardInterrupt):
            actions.route_notices(order, at=NOON)
    assert Notice.objects.count() == 2

    later = NOON + timedelta(seconds=settings.LEASE_SECONDS + 1)
    order.refresh_from_db()
    actions.route_notices(order, at=later)

    order.refresh_from_db()
    assert queries.ready(incident).count() == 5
    assert (order.status, order.done, order.total) == ("PREPARED", 5, 5)


def killed(*said):
    raise KeyboardInterrupt
