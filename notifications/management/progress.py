"""The worker and the clock of a command, and one line that says how far the work is."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from breaches.management.commands.serve import programs
from config.celery import app
from config.supervisor import PATIENCE, Program
from notifications.demo.job import Job, Progress, Stage

# Celery advises against root; on a fresh machine there may be nobody else.
ROOT_IS_FINE = "ignore:::celery.platforms"
PAUSE = 0.2
BELL_EVERY = 3.0
LINE_EVERY = 5.0


@contextmanager
def background(concurrency: int) -> Iterator[list[Program]]:
    """Run a worker and its clock, as `serve` does, until the block ends."""
    os.environ.setdefault("PYTHONWARNINGS", ROOT_IS_FINE)
    kept = [one for one in programs("", 0, concurrency) if one.name != "web server"]
    for program in kept:
        program.start()
    try:
        yield kept
    finally:
        for program in kept:
            program.ask_to_stop()
        until = time.monotonic() + PATIENCE
        for program in kept:
            program.stop(until)


def wait(stage: Stage, job: Job, kept: list[Program], show: Callable[[Progress], None]) -> Progress:
    """Return when a stage is over. Raises Refused where a room refused."""
    rung = 0.0
    while stage.progress:
        progress = stage.progress(job)
        show(progress)
        if progress.is_over:
            return progress
        for program in kept:
            program.keep_running()
        if time.monotonic() - rung > BELL_EVERY:
            app.send_task(stage.bell)
            rung = time.monotonic()
        time.sleep(PAUSE)
    return Progress(0, 0, is_over=True)


class Line:
    """One line of a terminal, written over; on anything else a plain line now and then."""

    def __init__(self, title: str) -> None:
        self.title, self.started, self.written = title, time.monotonic(), time.monotonic()

    def show(self, progress: Progress) -> None:
        """Say how far it is."""
        text = f"  {self.title:<20} {progress.done:>9,} of {progress.total:,}"
        if sys.stdout.isatty():
            sys.stdout.write(f"\r\x1b[K{text}")
            sys.stdout.flush()
        elif time.monotonic() - self.written > LINE_EVERY:
            self.written = time.monotonic()
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()

    def end(self, progress: Progress) -> float:
        """Say how long it took, and return it."""
        seconds = time.monotonic() - self.started
        number = f"{progress.total:>9,}" if progress.total else " " * 9
        back = "\r\x1b[K" if sys.stdout.isatty() else ""
        sys.stdout.write(f"{back}  {self.title:<20} {number}   {seconds:7.1f} s\n")
        sys.stdout.flush()
        return seconds
