"""Match one run: what the worker starts, in a process that ends with it."""

import traceback
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from breaches.errors import Refused
from breaches.matching import actions
from breaches.matching.models import MatchRun
from breaches.matching.own_process import keep_memory_private


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run_id", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        keep_memory_private()
        try:
            actions.match(MatchRun.objects.get(pk=options["run_id"]), at=timezone.now())
        except Refused:
            return  # somebody else has it, or it is done
        except Exception as fault:
            # The text of a fault may hold a name; where it happened never does.
            place = traceback.extract_tb(fault.__traceback__)[-1]
            where = f"{type(fault).__name__} in {Path(place.filename).name}:{place.lineno}"
            raise CommandError(f"run {options['run_id']}: {where}") from None
