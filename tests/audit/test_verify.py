"""Whoever writes rights straight into the database is found out by the log."""

import pytest
from django.core.management import CommandError, call_command

from breaches.access.actions import add_staff, give_role, take_role
from breaches.access.models import RoleHolder
from breaches.audit import log
from breaches.audit.models import AuditEvent
from breaches.incidents.actions import add_to_team, remove_from_team
from breaches.incidents.models import TeamMember
from tests.factories import NOON, make_incident, make_user

pytestmark = pytest.mark.django_db


def refused(capsys):
    """Return what is said when the check ends with an error."""
    with pytest.raises(CommandError) as error:
        call_command("audit_verify")
    return f"{capsys.readouterr().out}{error.value}"


def test_rights_that_were_given_and_taken_by_the_log_are_in_order(capsys):
    chief, user = make_user(), make_user("analyst")
    give_role(user, "approver", by=chief, at=NOON)
    take_role(user, "approver", by=chief, at=NOON)
    give_role(user, "approver", by=chief, at=NOON)
    incident = make_incident(by=chief, team=[user])
    remove_from_team(incident, user, by=chief, at=NOON)
    add_to_team(incident, user, by=chief, at=NOON)

    call_command("audit_verify")

    assert "every chain whole" in capsys.readouterr().out


def test_so_are_accounts_of_an_earlier_state_whose_first_event_named_no_roles():
    user = add_staff("a@example.org", [], by=None, at=NOON)
    AuditEvent.objects.filter(event="staff.added").delete()
    log.ChainHead.objects.all().delete()
    log.record(user, "staff.added", by=None, at=NOON)
    give_role(user, "analyst", by=None, at=NOON)

    call_command("audit_verify")


def test_a_role_written_into_the_database_is_named(capsys):
    user = make_user("analyst")
    RoleHolder.objects.create(user=user, role="protector", given_at=NOON)

    said = refused(capsys)

    assert f"user {user.pk} has the role protector, and no event gave it to them" in said
    assert "analyst" not in said
    assert "1 roles or places" in said


def test_a_role_put_back_after_it_was_taken_is_named(capsys):
    user = make_user("analyst")
    take_role(user, "analyst", by=make_user(), at=NOON)
    RoleHolder.objects.create(user=user, role="analyst", given_at=NOON)

    assert f"user {user.pk} has the role analyst" in refused(capsys)


def test_a_place_on_a_team_written_into_the_database_is_named(capsys):
    incident, user = make_incident(), make_user()
    make_incident(team=[user])
    TeamMember.objects.create(incident=incident, user=user, added_at=NOON)

    said = refused(capsys)

    assert f"user {user.pk} is on the team of incident {incident.pk}, and no event let" in said
    assert "1 roles or places" in said


def test_an_event_written_beside_it_is_a_fault_of_the_chain(capsys):
    user = make_user("analyst")
    RoleHolder.objects.create(user=user, role="protector", given_at=NOON)
    last = AuditEvent.objects.order_by("seq").last()
    AuditEvent.objects.create(
        chain="system", seq=last.seq + 1, at=NOON, actor="system", event="role.given",
        subject="auth.User", subject_id=str(user.pk), data={"role": "protector"}, mac="0" * 64,
    )  # fmt: skip

    assert "the audit log has been tampered with" in refused(capsys)
