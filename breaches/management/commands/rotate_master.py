"""Wrap every data key anew under MASTER_KEY; set OLD_MASTER_KEYS to the former one first."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from breaches.audit import log
from breaches.vault import keys


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        count = keys.rotate()
        log.note("master_key.rotated", by=None, at=timezone.now(), count=count)
        self.stdout.write(f"{count} keys wrapped anew. OLD_MASTER_KEYS can be emptied now.")
