"""Check every chain of the audit log against its keys, its heads and its anchors."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from breaches.audit import queries
from breaches.audit.models import AuditEvent


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(queries.faults())
        for fault in found:
            self.stdout.write(f"{fault.chain} #{fault.seq}: {fault.what}")
        if not all(fault.is_line for fault in found):
            raise CommandError(f"{len(found)} faults: the audit log has been tampered with.")
        if found:
            raise CommandError(
                f"{len(found)} lines of {settings.ANCHOR_FILE} cannot be read; compare them with "
                "the copy of the file. Every chain is whole."
            )
        self.stdout.write(f"{AuditEvent.objects.count()} events, every chain whole.")
