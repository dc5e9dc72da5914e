"""Rosters and audit logs become "could see" and "did see" for each person, once."""

import pytest

from breaches.audit.models import AuditEvent
from breaches.evidence.models import Evidence
from breaches.insiders import actions, queries
from breaches.insiders.actions import AlreadyImported, ColumnsMissing
from breaches.insiders.models import AccessFile, AccessGrant, FileStatus, RecordView
from breaches.people import actions as people
from breaches.people.models import Person
from breaches.people.queries import find
from tests.factories import NOON, make_exposure, make_incident, make_user
from tests.insiders import offices

pytestmark = pytest.mark.django_db


def somebody(register, number):
    return find(register, number).get()


def test_the_figures_say_who_could_and_who_did():
    incident = offices.make_access()

    found = queries.figures(incident)

    assert (found.accounts, found.looked, found.views) == (3, 3, 7)
    assert (found.people, found.unknown_records, found.without_record) == (2, 1, 1)
    assert (found.uncovered, found.problems) == (2, 1)


def test_one_person_learns_who_opened_the_record_and_who_else_could():
    incident = offices.make_access()
    ada = Person.objects.get(identifiers__index__in=_numbers("A012345678"))

    looks = queries.looks(queries.did_see(incident, ada))
    could = queries.could_see(incident, ada)

    assert [(look.account, look.words, look.task, look.page) for look in looks] == [
        ("adv1", "OpenRecord", "", "/case/overview"),
        ("adv1", "OpenRecord", "", "/case/overview"),
        ("adv2", "View", "T-9", "/case/notes"),
    ]
    assert [(one.account, one.name, one.role) for one in could] == [
        ("adv3", "Invented Adviser Three", "read all")
    ]


def _numbers(text):
    register = Person.objects.first().register
    person = somebody(register, text)
    return person.identifiers.values_list("index", flat=True)


def test_an_account_that_looked_before_it_was_let_in_or_without_a_grant_is_marked():
    incident = offices.make_access()

    marked = RecordView.objects.filter(incident=incident, is_covered=False).order_by("at")

    assert [view.document["account"] for view in marked] == ["adv1", "other"]


def test_without_a_roster_no_account_is_accused():
    log = offices.read_file("log", offices.LOG)

    assert queries.figures(log.incident).uncovered == 0


def test_a_roster_that_comes_later_is_held_against_the_log():
    log = offices.read_file("log", offices.LOG)

    offices.read_file("roster", offices.ROSTER, incident=log.incident)

    assert queries.figures(log.incident).uncovered == 2


def test_a_row_that_cannot_be_read_is_kept_and_counted():
    incident = offices.make_access()

    kept = RecordView.objects.exclude(problem="").get()

    assert (kept.problem, kept.at, kept.document["time"]) == ("time", None, "yesterday")
    assert queries.figures(incident).people == 2


def test_only_grants_of_the_time_count_as_could_see():
    incident = make_incident(kind="excess_access")
    exposure = make_exposure(
        incident=incident, kind="system", locator="Case system", closed_at=None, file_size=None
    )
    exposure.opened_at = NOON.replace(year=2025, month=3, day=21)
    exposure.save()

    offices.read_file("roster", offices.ROSTER, incident=incident)

    assert [one.account for one in queries.accounts(incident)] == ["ADV2"]


def test_rows_that_two_files_share_are_kept_once():
    incident = offices.make_access()
    more = offices.LOG + "2025-02-14T09:00:00Z,adv3,View,A011111111,,/case,,1\n"

    offices.read_file("log", more, incident=incident)
    offices.read_file("roster", offices.ROSTER + "\n", incident=incident)

    assert RecordView.objects.count() == 8
    assert AccessGrant.objects.count() == 3


def test_the_same_file_again_is_refused_with_a_sentence():
    file = offices.read_file("log", offices.LOG)

    with pytest.raises(AlreadyImported, match="very file"):
        offices.make_file("log", offices.LOG, incident=file.incident)


def test_a_file_whose_taking_in_was_killed_half_way_is_taken_in_when_handed_in_anew(monkeypatch):
    incident = make_incident(kind="excess_access")

    def killed(**_):
        raise SystemExit

    monkeypatch.setattr(AccessFile.objects, "create", killed)
    with pytest.raises(SystemExit):
        offices.make_file("log", offices.LOG, incident=incident)
    monkeypatch.undo()

    file = offices.make_file("log", offices.LOG, incident=incident)

    assert file.evidence == Evidence.objects.get()


def test_a_register_that_comes_later_names_the_people():
    log = offices.read_file("log", offices.LOG)
    before = queries.figures(log.incident)
    AccessFile.objects.update(linked_at=NOON.replace(hour=1))

    offices.make_register()
    stale = list(queries.to_link())
    actions.link_records(log.incident, at=NOON.replace(hour=13))

    after = queries.figures(log.incident)
    assert (before.people, before.unknown_records) == (0, 5)
    assert stale == [log.incident]
    assert (after.people, after.unknown_records) == (2, 1)
    assert list(queries.to_link()) == []


def test_what_was_done_with_a_record_follows_it_into_another():
    incident = offices.make_access()
    register = Person.objects.first().register
    kept, gone = somebody(register, "C3"), somebody(register, "C1")

    people.merge(kept, gone, by=make_user(), at=NOON)
    stale = list(queries.to_link())
    actions.link_records(incident, at=NOON.replace(hour=13))

    assert stale == [incident]
    assert queries.did_see(incident, kept).count() == 3
    assert list(queries.to_link()) == []


def test_a_killed_reading_is_taken_up_where_it_was(monkeypatch):
    file = offices.make_file("log", offices.LOG * 3)
    monkeypatch.setattr(actions, "PIECE", 3)
    keep, calls = actions._keep, []

    def dying(*args):
        if len(calls) == 3:
            raise KeyboardInterrupt
        calls.append(keep(*args))

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_keep", dying)
        with pytest.raises(KeyboardInterrupt):
            actions.read_file(file, at=NOON)
    actions.read_file(AccessFile.objects.get(), at=NOON.replace(hour=13))

    read = AccessFile.objects.get()
    rows = (offices.LOG * 3).count("\n") - 1
    assert (read.status, read.done, RecordView.objects.count()) == (FileStatus.READ, rows, rows)


def test_a_column_without_which_a_log_says_nothing_is_asked_for():
    file = AccessFile(kind="log")

    with pytest.raises(ColumnsMissing, match="Account"):
        actions.name_columns(file, {"time": 0}, by=make_user(), at=NOON)


def test_no_account_name_or_number_lies_in_clear():
    offices.make_access()

    clear = [
        str(value)
        for model in (AccessFile, AccessGrant, RecordView, AuditEvent)
        for row in model.objects.values()
        for name, value in row.items()
        if name != "sealed"
    ]

    for secret in ("adv1", "Adviser", "345678", "overview", "surname"):
        assert not any(secret in text for text in clear), secret
