"""Keep a few programs running side by side, and end them all together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn

PATIENCE = 15  # seconds for a worker to finish what it is at
QUICK_DEATH = 5  # a program that ends sooner than this has a defect, not bad luck
GIVE_UP_AFTER = 5

libc = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel to end this process with its parent, however the parent ends."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Program:
    """One program, started again whenever it ends."""

    name: str
    command: list[str]
    quick_deaths: int = 0
    started: float = 0
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    def start(self) -> None:
        """Start in a process group of its own, so that Ctrl-C reaches only the supervisor."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - the commands are our own
            self.command, start_new_session=True, preexec_fn=die_with_parent
        )

    def keep_running(self) -> None:
        """Start again if it has ended. Raises SystemExit when it keeps ending at once."""
        if self.process and self.process.poll() is None:
            return
        quick = self.process is not None and time.monotonic() - self.started < QUICK_DEATH
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        if self.quick_deaths >= GIVE_UP_AFTER:
            raise SystemExit(f"The {self.name} ends as soon as it starts; see its lines above.")
        if self.process:
            sys.stderr.write(f"The {self.name} ended ({self.process.returncode}); once more.\n")
            self.end_what_it_left()
        self.start()

    def ask_to_stop(self) -> None:
        """Send TERM to the program itself: it tells its own children what to finish."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end_what_it_left(self) -> None:
        """Kill its group: the children of a killed worker wait for it forever, keys in memory."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self, until: float) -> None:
        """Wait until `until`, then kill it with all its children."""
        if not self.process:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0, until - time.monotonic()))
        self.end_what_it_left()
        self.process.wait()


def end(*_: object) -> NoReturn:
    """Turn TERM into an orderly end."""
    raise SystemExit(0)


def supervise(programs: Iterable[Program]) -> None:
    """Run the programs until TERM or Ctrl-C, then stop them."""
    kept = list(programs)
    signal.signal(signal.SIGTERM, end)
    try:
        while True:
            for program in kept:
                program.keep_running()
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        for program in kept:
            program.ask_to_stop()
        until = time.monotonic() + PATIENCE
        for program in kept:
            program.stop(until)
