"""An incident is closed, and ended by two people; then nothing of it can be read again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from breaches.audit.models import AuditEvent
from breaches.incidents.actions import Said, add_statement, add_to_team, close_incident
from breaches.incidents.models import IncidentStatus
from breaches.incidents.tasks import sweep_ended
from breaches.leaks.actions import confirm_mapping, inspect_file, receive_file, store_rows
from breaches.leaks.retention import delete_on, lift_hold, place_hold
from breaches.vault import keys
from config.celery import SWEEPS, app
from notifications.endings import actions, queries
from notifications.endings.models import Ending, EndingStatus
from notifications.notices.actions import exclude
from notifications.notices.models import Notice
from tests.factories import NOON, make_upload, make_user
from tests.notices.test_notices import approved_wording, told

pytestmark = pytest.mark.django_db
ROWS = b"Last Name,A-Number\nDoe,A012345678\n"


@pytest.fixture
def incident():
    """Give a closed incident with a file, a statement and somebody who was told by hand."""
    approved_wording()
    incident, user = told({"lines": []}), make_user()
    file = receive_file(incident, make_upload(ROWS), handed_over_by="IT", by=user, at=NOON)
    inspect_file(file, at=NOON)
    elements = {column.key: column.element for column in file.columns.all()}
    confirm_mapping(file, elements, by=user, at=NOON)
    store_rows(file, at=NOON)
    delete_on(file, NOON.date(), by=user, at=NOON)
    said = Said(NOON.date(), "claimed", "It was taken down.", "a letter")
    add_statement(incident, said, by=user, at=NOON)
    exclude(Notice.objects.get(), "Told by hand.", by=user, at=NOON)
    close_incident(incident, by=user, at=NOON)
    return incident


@pytest.fixture
def two(incident):
    """Give two people of the team."""
    found = make_user("intake", "auditor"), make_user("approver")
    for user in found:
        add_to_team(incident, user, by=found[0], at=NOON)
    return found


def page(client, incident, user, name="endings:detail"):
    client.force_login(user)
    return client.get(reverse(name, args=[incident.pk]))


def post(client, incident, user, name, *args, **typed):
    client.force_login(user)
    return client.post(reverse(f"endings:{name}", args=[incident.pk, *args]), typed, follow=True)


def test_two_people_end_it_by_pages_and_nothing_of_it_can_be_read(
    client, incident, two, django_capture_on_commit_callbacks
):
    intake, approver = two
    post(client, incident, intake, "ask", ground="settled")
    ending = Ending.objects.get()
    assert "Destroy the key" not in page(client, incident, intake).content.decode()
    wrong = post(client, incident, approver, "confirm", ending.pk, reference="another")
    assert f"Type {incident.reference} to confirm." in wrong.content.decode()

    right = incident.reference
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(client, incident, approver, "confirm", ending.pk, reference=right)

    assert answer.status_code == 410
    assert "This incident was ended" in answer.content.decode()
    assert not keys.is_stored(incident.key_name)
    for name in ("incidents:detail", "leaks:list", "outcomes:overview", "letters:list"):
        assert page(client, incident, approver, name).status_code in {403, 410}
    assert page(client, incident, intake, "incidents:audit").status_code == 200
    assert incident.reference in page(client, incident, intake).content.decode()
    assert client.get("/").status_code == 200


def test_nothing_that_runs_by_itself_touches_an_ended_incident(
    incident, two, django_capture_on_commit_callbacks
):
    _end(incident, two, django_capture_on_commit_callbacks)
    with pytest.raises(keys.KeyDestroyed):
        _ = incident.statements.get().document
    before = AuditEvent.objects.count()

    app.loader.import_default_modules()
    for name in (*SWEEPS, "breaches.leaks.tasks.sweep_deletions"):
        app.tasks[name]()

    assert AuditEvent.objects.count() == before


def test_a_key_that_comes_back_with_a_backup_is_destroyed_again(
    incident, two, settings, django_capture_on_commit_callbacks
):
    kept = (settings.KEY_STORE / f"{incident.key_name}.key").read_bytes()
    _end(incident, two, django_capture_on_commit_callbacks)
    (settings.KEY_STORE / f"{incident.key_name}.key").write_bytes(kept)

    sweep_ended()

    assert not keys.is_stored(incident.key_name)
    sweep_ended()


def test_whoever_asked_cannot_confirm_and_a_request_can_be_taken_back(client, incident, two):
    both = make_user("intake", "approver")
    ending = actions.ask(incident, "period_over", by=both, at=NOON)

    with pytest.raises(actions.NeedsSecondPerson):
        actions.confirm(ending, by=both, at=NOON)
    with pytest.raises(actions.AskedAlready):
        actions.ask(incident, "settled", by=two[1], at=NOON)
    post(client, incident, two[0], "withdraw", ending.pk)

    ending.refresh_from_db()
    assert ending.status == EndingStatus.WITHDRAWN
    assert "Nobody has asked for it." in page(client, incident, two[1]).content.decode()


def test_a_hold_an_untold_person_and_an_open_incident_stand_in_the_way(client, incident, two):
    user = two[0]
    file = incident.files.get()
    ending = actions.ask(incident, "settled", by=user, at=NOON)
    place_hold(file, "litigation", by=user, at=NOON)

    with pytest.raises(actions.StillNeeded, match="1 legal holds on its files"):
        actions.confirm(ending, by=two[1], at=NOON)
    assert "has come in the way" in page(client, incident, two[1]).content.decode()
    lift_hold(file, "settled", by=user, at=NOON)
    actions.withdraw(ending, by=user, at=NOON)
    post(client, incident, user, "reopen")
    told_so = page(client, incident, user).content.decode()
    assert "The incident is open: close it first." in told_so

    incident.refresh_from_db()
    assert incident.status == IncidentStatus.OPEN
    post(client, incident, user, "close")
    incident.refresh_from_db()
    assert queries.in_the_way(incident) == []


def test_notices_not_sent_stand_in_the_way():
    approved_wording()
    incident = told({}, {"lines": []})

    assert queries.in_the_way(incident) == [
        "The incident is open: close it first.",
        "2 notices neither sent nor excluded.",
    ]


def _end(incident, two, commits):
    with commits(execute=True):
        ending = actions.ask(incident, "settled", by=two[0], at=NOON)
        actions.confirm(ending, by=two[1], at=NOON + timedelta(hours=1))
