"""The Print runs tab: one person freezes, another releases, and only then the file leaves."""

import pytest
from django.utils.timezone import localdate

from breaches.audit.models import AuditEvent
from notifications.notices.actions import hold
from notifications.notices.models import Notice, NoticeStatus
from notifications.outcomes import worklist
from notifications.printing import actions
from notifications.printing.models import PrintRun, Status
from tests.factories import NOON, make_user
from tests.letters.makers import make_rendered

pytestmark = pytest.mark.django_db


def member(incident, *roles):
    user = make_user(*roles)
    incident.team.create(user=user, added_at=incident.status_at)
    return user


def make_built(printer=None):
    incident = make_rendered({"name": "Ada Doe"}, {"name": "Bo Roe"})
    run = actions.freeze_run(incident, by=printer or member(incident, "printer"), at=NOON)
    actions.build_run(run, at=NOON)
    return run


def body(answer):
    return b"".join(answer.streaming_content)


def test_a_run_goes_from_frozen_to_mailed(client):
    incident = make_rendered({"name": "Ada Doe"}, {"name": "Bo Roe"})
    printer, approver = member(incident, "printer"), member(incident, "approver")
    base = f"/incidents/{incident.pk}/runs/"

    client.force_login(printer)
    assert b"Freeze 2 letters" in client.get(base).content
    page = client.post(f"{base}freeze/", follow=True).content
    assert b"Building the file" in page
    actions.build_run(PrintRun.objects.get(), at=NOON)
    assert b"second person" in client.get(f"{base}1/").content
    client.post(f"{base}1/release/")
    assert PrintRun.objects.get().status == Status.BUILT

    client.force_login(approver)
    client.post(f"{base}1/release/")
    assert PrintRun.objects.get().status == Status.RELEASED

    client.force_login(printer)
    client.post(f"{base}1/printed/")
    client.post(f"{base}1/mailed/", {"on": str(localdate())})
    assert PrintRun.objects.get().status == Status.MAILED
    assert f"{localdate():%-d %b %Y}" in client.get(base).content.decode()


def test_the_file_leaves_only_after_release_and_under_a_neutral_name(client):
    run = make_built()
    printer = member(run.incident, "printer")
    client.force_login(printer)
    url = f"/incidents/{run.incident_id}/runs/1/pdf/"
    assert b"second person has released" in client.get(url, follow=True).content

    actions.release_run(run, by=member(run.incident, "approver"), at=NOON)
    answer = client.get(url)

    content = body(answer)
    assert content.startswith(b"%PDF")
    assert int(answer["Content-Length"]) == len(content)
    assert answer["Content-Disposition"] == 'attachment; filename="run-1.pdf"'
    assert AuditEvent.objects.filter(event="printrun.file_opened").count() == 1


def test_the_manifest_is_there_for_whoever_releases(client):
    run = make_built()
    client.force_login(member(run.incident, "approver"))

    answer = client.get(f"/incidents/{run.incident_id}/runs/1/manifest/")

    assert body(answer).startswith(b"sequence,reference,name,first_page,page_count,address_1")
    assert AuditEvent.objects.filter(event="printrun.manifest_opened").count() == 1


def test_a_day_that_is_none_is_not_recorded(client):
    run = make_built()
    client.force_login(member(run.incident, "printer"))
    actions.release_run(run, by=member(run.incident, "approver"), at=NOON)
    actions.mark_printed(run, by=make_user(), at=NOON)

    answer = client.post(
        f"/incidents/{run.incident_id}/runs/1/mailed/", {"on": "soon"}, follow=True
    )

    assert b"give the day" in answer.content
    assert PrintRun.objects.get().status == Status.PRINTED


def test_the_printer_reads_which_letters_to_take_out_and_says_so(client):
    run = make_built()
    client.force_login(member(run.incident, "printer"))
    actions.release_run(run, by=member(run.incident, "approver"), at=NOON)
    actions.mark_printed(run, by=make_user(), at=NOON)
    hold(run.entries.get(sequence=2).letter.notice, "unsafe", "", at=NOON)
    base = f"/incidents/{run.incident_id}/runs/1/"

    todos = [todo.words for todo in worklist.todos(run.incident, at=NOON)]
    assert "1 letter of a print run to people who were stopped since" in todos
    page = client.get(base).content.decode()
    assert "Numbers: 2." in page
    assert "2</textarea>" in page
    for on, out, why in (
        (str(localdate()), "2, all", "no number of a letter"),
        ("2001-01-01", "2", "Give a day from"),
        (str(localdate()), "2, 99", "no letter 99 in this run"),
    ):
        page = client.post(f"{base}mailed/", {"on": on, "left_out": out}).content.decode()
        assert why in page
        assert f"{out}</textarea>" in page
        assert f'value="{on}"' in page
    client.post(f"{base}mailed/", {"on": str(localdate()), "left_out": "2"})

    assert PrintRun.objects.get().status == Status.MAILED
    assert "taken out" in client.get(base).content.decode()
    assert Notice.objects.filter(status=NoticeStatus.SENT).count() == 1


def test_a_caseworker_sees_runs_and_changes_none(client):
    run = make_built()
    client.force_login(member(run.incident, "caseworker"))
    base = f"/incidents/{run.incident_id}/runs/"

    assert client.get(f"{base}1/").status_code == 200
    for door in ("freeze/", "1/release/", "1/printed/", "1/mailed/", "1/cancel/"):
        assert client.post(base + door).status_code == 403, door
    for door in ("1/pdf/", "1/manifest/"):
        assert client.get(base + door).status_code == 403, door


def test_the_letters_of_a_cancelled_run_can_be_frozen_again(client):
    run = make_built()
    actions.cancel_run(run, by=make_user(), at=NOON)
    client.force_login(member(run.incident, "printer"))

    page = client.get(f"/incidents/{run.incident_id}/runs/").content

    assert b"cancelled" in page
    assert b"Freeze 2 letters" in page
