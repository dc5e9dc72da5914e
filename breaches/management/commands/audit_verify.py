"""Check every chain of the audit log, and that each role and place on a team came by the log."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from breaches.access.models import RoleHolder
from breaches.audit import queries
from breaches.audit.models import AuditEvent
from breaches.incidents.models import TeamMember


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(queries.faults())
        unknown = [*_roles_nobody_gave(), *_members_nobody_added()]
        for line in [*(f"{one.chain} #{one.seq}: {one.what}" for one in faults), *unknown]:
            self.stdout.write(line)
        if not all(fault.is_line for fault in faults):
            raise CommandError(f"{len(faults)} faults: the audit log has been tampered with.")
        if unknown:
            raise CommandError(
                f"{len(unknown)} roles or places on a team of which the audit log knows nothing."
            )
        if faults:
            raise CommandError(
                f"{len(faults)} lines of {settings.ANCHOR_FILE} cannot be read; compare them with "
                "the copy of the file. Every chain is whole."
            )
        self.stdout.write(f"{AuditEvent.objects.count()} events, every chain whole.")


def _roles_nobody_gave() -> Iterator[str]:
    known = queries.standing(("staff.added", "role.given"), "role.taken", _roles)
    for user, role in sorted(RoleHolder.objects.values_list("user", "role")):
        if (str(user), role) not in known:
            yield f"user {user} has the role {role}, and no event gave it to them"


def _roles(event: AuditEvent) -> set[tuple[str, str]]:
    named = event.data.get("roles", [event.data.get("role", "")])  # once, not in staff.added
    return {(event.subject_id, role) for role in named}


def _members_nobody_added() -> Iterator[str]:
    known = queries.standing(("team.joined",), "team.left", _member)
    for incident, user in sorted(TeamMember.objects.values_list("incident", "user")):
        if (f"incident:{incident}", user) not in known:
            yield f"user {user} is on the team of incident {incident}, and no event let them in"


def _member(event: AuditEvent) -> set[tuple[str, int]]:
    return {(event.chain, event.data["user"])}
