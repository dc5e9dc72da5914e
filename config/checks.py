"""What this machine lacks, said at the start and with the command that mends it."""

import ctypes
import ipaddress
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register

from breaches.downloads.networks import table_at
from breaches.downloads.tables.network import Unreadable

SHARED = "/dev/shm"  # noqa: S108 - looked at, not written to
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def is_loadable(library: str) -> bool:
    """Say whether the dynamic linker finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_here(host: str | None) -> bool:
    """Say whether `host` is this machine: a socket, a loopback name or a loopback address."""
    if not host or host == "localhost" or host.startswith(("/", "%2F", "%2f")):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@register
def letters_can_be_set(**_: Any) -> Sequence[CheckMessage]:
    """Look for Pango and a font: without any font Pango ends the whole process."""
    missing = [package for name, package in LIBRARIES.items() if not is_loadable(name)]
    found = []
    if missing:
        found.append(
            Error(
                "Letters cannot be set: a library is missing.",
                hint=f"apt-get install --no-install-recommends {' '.join(missing)}",
                id="redress.E001",
            )
        )
    fonts = Path(os.environ["FONTCONFIG_FILE"]).parent
    if not list(fonts.glob("*.ttf")):
        found.append(
            Error(
                f"There is no font in {fonts}; letters cannot be set.",
                hint="Bring back the folder fonts/ of this release, or unset FONTCONFIG_FILE.",
                id="redress.E002",
            )
        )
    return found


@register
def nobody_else_reads_our_files(**_: Any) -> Sequence[CheckMessage]:
    """Even sealed files, the log and the temporary folder are for one user only."""
    folders = (settings.VAR_DIR, settings.VAR_DIR / "secret", settings.KEY_STORE)
    return [
        Error(
            f"Other users of this machine may look into {folder}.",
            hint=f"chmod 700 {folder}",
            id="redress.E003",
        )
        for folder in folders
        if folder.is_dir() and folder.stat().st_mode & 0o077
    ]


@register
def workers_can_fork(**_: Any) -> Sequence[CheckMessage]:
    """Celery's processes share semaphores, which live in /dev/shm."""
    if os.access(SHARED, os.W_OK):
        return []
    return [
        checks.Warning(
            f"{SHARED} cannot be written to; background work runs in one process only.",
            hint=f"mount -t tmpfs -o mode=1777 tmpfs {SHARED}",
            id="redress.W004",
        )
    ]


@register
def servers_elsewhere_are_reached_safely(**_: Any) -> Sequence[CheckMessage]:
    """Refuse to send rows or ids over a network that others can read or write."""
    found: list[CheckMessage] = []
    database = settings.DATABASES["default"]
    if not is_here(database.get("HOST")) and database.get("OPTIONS", {}).get("sslmode") not in {
        "verify-full",
        "verify-ca",
    }:
        found.append(
            Error(
                "The database is on another machine and its certificate is not checked.",
                hint="End DATABASE_URL with ?sslmode=verify-full&sslrootcert=PATH",
                id="redress.E005",
            )
        )
    broker = urlsplit(settings.BROKER_URL)
    safe = broker.scheme == "rediss" and broker.password
    if broker.scheme.startswith("redis") and not is_here(broker.hostname) and not safe:
        found.append(
            Error(
                "The broker is on another machine, without TLS or without a password.",
                hint="BROKER_URL=rediss://:PASSWORD@HOST:PORT/0?ssl_cert_reqs=required",
                id="redress.E006",
            )
        )
    return found


@register
def production_is_not_a_demo(**_: Any) -> Sequence[CheckMessage]:
    """Refuse a key that somebody could guess, and pages that explain themselves to strangers."""
    if settings.DEMO or (len(settings.SECRET_KEY) >= 50 and not settings.DEBUG):
        return []
    return [
        Error(
            "DEBUG is on, or SECRET_KEY is shorter than 50 signs.",
            hint="Unset DEBUG; python3 -c 'import secrets; print(secrets.token_hex(32))'",
            id="redress.E007",
        )
    ]


@register
def a_demo_stays_here(**_: Any) -> Sequence[CheckMessage]:
    """Refuse a demonstration under a name that others reach: it asks for no second factor."""
    elsewhere = [name for name in settings.ALLOWED_HOSTS if not is_here(name.strip("[]"))]
    if not settings.DEMO or not (elsewhere or settings.HTTPS):
        return []
    return [
        Error(
            "DEMO is on, and HTTPS or ALLOWED_HOSTS is set for people elsewhere.",
            hint="DEMO=0; or, for invented people, unset HTTPS and ALLOWED_HOSTS.",
            id="redress.E009",
        )
    ]


@register
def networks_can_be_named(**_: Any) -> Sequence[CheckMessage]:
    """Look at the table that names networks: a wrong one must not be found out in the report."""
    try:
        is_there = not settings.NETWORK_TABLE or table_at(settings.NETWORK_TABLE)
        problem = "" if is_there else f"There is no table at {settings.NETWORK_TABLE}."
    except Unreadable as fault:
        problem = str(fault)
    hint = "Set NETWORK_TABLE to a libloc database, an .mmdb or a CSV, or unset it."
    return [Error(problem, hint=hint, id="redress.E008")] if problem else []
