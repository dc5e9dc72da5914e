"""Make one invented incident, from the posted spreadsheet to letters ready for the envelope."""

import os
import time
from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from breaches.access.actions import make_entry_link
from breaches.audit import log
from breaches.errors import Refused
from breaches.vault import files
from breaches.vault.models import SealedFile
from notifications.demo.cast import Cast, hire
from notifications.demo.figures import figures
from notifications.demo.job import STAGES, Job
from notifications.demo.material import PEOPLE, make
from notifications.demo.opening import open_demo
from notifications.management.progress import Line, background, wait
from notifications.printing.models import PrintRun


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=PEOPLE, metavar="N", help="leaked rows")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--concurrency", type=int, default=os.cpu_count() or 2)

    def handle(self, *_: Any, people: int, seed: int, concurrency: int, **__: Any) -> None:
        if people < 10:
            raise CommandError("It takes at least 10 people.")
        os.umask(0o077)
        os.chdir(settings.BASE_DIR)
        started = time.monotonic()
        material = make(people, seed)
        self.stdout.write(f"  {'Files invented':<20} {'':9}   {time.monotonic() - started:7.1f} s")
        cast = hire(at=timezone.now())
        size, digest = len(material.workbook), sha256(material.workbook).hexdigest()
        job = Job(open_demo(cast, size, digest, at=timezone.now()), cast, material)
        self._run(job, concurrency)
        self._say(job, time.monotonic() - started)

    def _run(self, job: Job, concurrency: int) -> None:
        with background(concurrency) as kept:
            for stage in STAGES:
                line = Line(stage.title)
                try:
                    stage.start(job, timezone.now())
                    line.end(wait(stage, job, kept, line.show))
                except Refused as refusal:
                    raise CommandError(f"{stage.title}: {refusal}") from refusal
                except KeyboardInterrupt as stop:
                    raise CommandError("Stopped; what is done is kept.") from stop

    def _say(self, job: Job, seconds: float) -> None:
        self.stdout.write("")
        for label, value in figures(job.incident):
            self.stdout.write(f"  {label:<30} {value}")
        self.stdout.write(f"  {'seconds in all':<30} {seconds:.0f}\n\n")
        for path in self._take_out(job.incident.runs.get(), job.cast):
            self.stdout.write(f"  written to {path}")
        self.stdout.write("\n  ./run serve, then open once, within 24 hours:")
        for user, what in ((job.cast.lead, "every role"), (job.cast.approver, "the second person")):
            token = make_entry_link(user, by=None, at=timezone.now())
            self.stdout.write(f"  http://127.0.0.1:8000{entry(token)}  ({what})")

    def _take_out(self, run: PrintRun, cast: Cast) -> list[Path]:
        """Write the files of a run, opened, and note that they were taken out."""
        folder = Path(settings.VAR_DIR) / "demo"
        folder.mkdir(mode=0o700, exist_ok=True)
        log.record(run, "printrun.taken_out", by=cast.printer, at=timezone.now())
        return [
            write(folder / "print-run.pdf", run.pdf),
            write(folder / "manifest.csv", run.manifest),
        ]


def entry(token: str) -> str:
    """Return the path of a one-time link."""
    try:
        return reverse("access:enter", args=[token])
    except NoReverseMatch:
        return f"/enter/{token}/"


def write(path: Path, stored: SealedFile | None) -> Path:
    """Write a sealed file in clear, for the printer."""
    if stored is None:
        raise CommandError("The run has no file.")
    with path.open("wb") as out:
        out.writelines(files.chunks(stored))
    return path
