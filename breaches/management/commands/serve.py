"""Run the pages, the worker and the clock on this machine, under one supervisor."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.checks import is_here
from config.supervisor import Program, supervise

HERE = str(Path(sys.executable).parent)
CELERY = "celery -A config -q --skip-checks"  # this command has just checked the same
ALONE = "--without-gossip --without-mingle --without-heartbeat"  # it looks for no other workers


def programs(host: str, port: int, concurrency: int) -> list[Program]:
    """List what has to run; the worker leaves /dev/shm alone where it cannot be written to."""
    pool = "prefork" if os.access("/dev/shm", os.W_OK) else "solo"  # noqa: S108 - not written to
    quiet = "--log-level warning --no-control-socket"
    web = f"gunicorn config.wsgi -b {host}:{port} -k gthread -w 2 --threads 8 {quiet}"
    worker = f"{CELERY} worker -P {pool} -c {concurrency} -l WARNING {ALONE}"
    clock = f"{CELERY} beat -S celery.beat:Scheduler --pidfile= -l WARNING"
    commands = {"web server": web, "worker": worker, "clock": clock}
    return [
        Program(name, [f"{HERE}/{line.split()[0]}", *line.split()[1:]])
        for name, line in commands.items()
    ]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--concurrency", type=int, default=os.cpu_count() or 2)

    def handle(self, *_: Any, host: str, port: int, concurrency: int, **__: Any) -> None:
        if settings.DEMO and not is_here(host):
            raise CommandError(
                "A demonstration asks for no second factor, so it is shown to this machine alone: "
                "leave --host out, or set DEMO=0."
            )
        os.umask(0o077)
        os.chdir(settings.BASE_DIR)
        self.stderr.write(f"Redress is on http://{host}:{port}/  Ctrl-C ends it.")
        supervise(programs(host, port, concurrency))
