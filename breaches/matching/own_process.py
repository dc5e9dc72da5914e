"""Matching in a process of its own: its memory is never dumped, and ends with it."""

import ctypes
import os
import resource
import signal
import subprocess
import sys

from django.conf import settings

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4  # linux/prctl.h
MCL_CURRENT, MCL_FUTURE = 1, 2  # sys/mman.h


class MatchingFailed(Exception):
    """The process ended with a fault; what it wrote says which, and nothing personal."""


def run(run_id: int) -> None:
    """Match one run in a new process, and wait for it. Raises MatchingFailed."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "match_run", str(run_id)]
    parent = os.getpid()
    # The command is our own, and its only argument is a number.
    done = subprocess.run(command, check=False, preexec_fn=lambda: _die_with(parent))  # noqa: S603
    if done.returncode:
        raise MatchingFailed(f"run {run_id} ended with {done.returncode}")


def keep_memory_private() -> None:
    """Forbid core dumps and other processes' eyes; keep memory off the swap where allowed."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_DUMPABLE, 0)
    if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
        libc.mlockall(MCL_CURRENT | MCL_FUTURE)


def _die_with(parent: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # the parent died before the kernel was asked
