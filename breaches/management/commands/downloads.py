"""Say who got a posted file, from access logs on this machine. Needs no database."""

import json
import re
from argparse import ArgumentParser
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from breaches.downloads.answer import Json, answer
from breaches.downloads.clients import KnownNetwork
from breaches.downloads.counting import Window
from breaches.downloads.file_reading import Question
from breaches.downloads.formats import choice
from breaches.downloads.formats.compiled import Unusable
from breaches.downloads.grades import Posted
from breaches.downloads.locators import locator
from breaches.downloads.networks import table_at
from breaches.downloads.tables.network import Unreadable

SHA256 = re.compile(r"[0-9A-Fa-f]{64}")


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("logs", nargs="+", type=Path, metavar="LOG")
        parser.add_argument("--path", required=True, help="the file's path or URL: /files/x.xlsx")
        parser.add_argument("--size", type=int, help="its bytes; without it no copy is complete")
        parser.add_argument("--sha256", default="", help="its SHA-256, or the file itself")
        parser.add_argument("--from", dest="opened", help="when it went online (ISO 8601)")
        parser.add_argument("--to", dest="closed", help="when it was taken down")
        parser.add_argument("--format", default="auto", help="auto, w3c, a LogFormat or log_format")
        parser.add_argument("--mapping", type=Path, help="JSON file: our names, their paths")
        parser.add_argument("--ours", action="append", default=[], metavar="CIDR")
        parser.add_argument(
            "--ignore-case", action="store_true", help="the server ignores capitals"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = answer(options["logs"], _question(options))
        except OSError as fault:
            words = f"{fault.filename}: {fault.strerror}" if fault.filename else str(fault)
            raise CommandError(words) from fault
        found["warnings"] = [*_said_of(options), *found["warnings"]]
        found["file"] = {name: options[name] for name in ("path", "size", "sha256")}
        in_json = json.dumps(found, ensure_ascii=False, indent=1) if options["json"] else ""
        shown = in_json or "\n".join(_lines(found))
        # Half a pair of UTF-16 is in some logs, and bytes that are no text in some names of files.
        self.stdout.write(shown.encode("utf-8", "backslashreplace").decode())


def _question(options: dict[str, Any]) -> Question:
    for path in options["logs"]:
        if path.is_dir():
            raise CommandError(f"{path} is a folder. Name the logs in it.")
    if not options["path"].strip():
        raise CommandError("--path: give the path of the file as it was asked for: /files/x.xlsx")
    place = locator(options["path"], ignore_case=options["ignore_case"])
    try:
        ours = [KnownNetwork(ip_network(text, strict=False), "own") for text in options["ours"]]
        window = _window(options)
        said = _format(options)
        table_at(settings.NETWORK_TABLE)
        table_at(settings.CRAWLER_RANGES)
    except (OSError, ValueError, Unreadable) as fault:
        raise CommandError(str(fault)) from fault
    size = _size(options)
    posted = Posted(size, place.is_compressible)
    now = datetime.now(UTC)
    tables = settings.NETWORK_TABLE, settings.CRAWLER_RANGES
    return Question(place, posted, window, ours, said, *tables, now)


def _size(options: dict[str, Any]) -> int | None:
    """Return the size of the posted file; put its SHA-256 into `options` where a file is named."""
    named = options["sha256"]
    if named and Path(named).is_file():
        content = Path(named).read_bytes()
        options["sha256"] = sha256(content).hexdigest()
        if options["size"] not in (None, len(content)):
            text = f"--size says {options['size']}, but {named} has {len(content)} bytes."
            raise CommandError(text)
        options["size"] = len(content)
    elif named and not SHA256.fullmatch(named):
        raise CommandError("--sha256: give 64 digits and letters a to f, or the file itself.")
    size: int | None = options["size"]
    if size is not None and size < 1:
        raise CommandError("--size: a file that could be taken has at least one byte.")
    return size


def _said_of(options: dict[str, Any]) -> list[str]:
    """Return what must be said of the question itself."""
    found = [
        f"{name} {options[key]} names no zone: it is taken as UTC."
        for name, key in (("--from", "opened"), ("--to", "closed"))
        if options[key] and _zoneless(options[key])
    ]
    if options["size"] is not None and not options["sha256"]:
        found.append(
            "The SHA-256 of the posted file is not given: that it has this size is taken on trust."
        )
    return found


def _window(options: dict[str, Any]) -> Window:
    window = Window(_moment("--from", options["opened"]), _moment("--to", options["closed"]))
    if window.opened and window.closed and window.opened >= window.closed:
        raise CommandError("--from is not before --to: no request can lie between.")
    return window


def _format(options: dict[str, Any]) -> str:
    path: Path | None = options["mapping"]
    if path is None and options["format"] == "auto":
        return ""
    name = f"--mapping {path}" if path else "--format"
    try:
        text: str = path.read_text("utf-8") if path else options["format"]
        if path and not text.strip():
            raise CommandError(f"{name}: the file is empty.")
        choice.said(text)
    except UnicodeDecodeError as fault:
        raise CommandError(f"{name}: that is no text in UTF-8.") from fault
    except RecursionError as fault:
        raise CommandError(f"{name}: it is nested too deeply.") from fault
    except Unusable as fault:
        raise CommandError(f"{name}: {fault}") from fault
    return text


def _moment(name: str, text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as fault:
        words = f"{name}: {text} is no time. Write 2022-11-28T09:45:00-05:00."
        raise CommandError(words) from fault
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError as fault:
        raise CommandError(f"{name}: {text} is in no year from 1 to 9999 of UTC.") from fault


def _zoneless(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is None


def _lines(found: Json) -> list[str]:
    counts = found["counts"]
    between = counts["recipients"]
    summary = (
        f"{'At least ' if counts['at_least'] else ''}{counts['requests']} requests, "
        f"{counts['actions']} download actions, recipients: {between['point']} (between "
        f"{between['low']} and {between['high']}); "
        f"{counts['unknown']} lines for a person to decide."
    )
    lines = [summary, ""]
    for row in found["clients"]:
        grade = row["grade"] or "-"
        who = " ".join(filter(None, (row["address"], row["user"])))
        seen = f"; bytes seen: {_sizes(row['bytes_seen'])}" if grade == "U" else ""
        lines.append(f"{grade}  {row['first']}  {who}  ({row['class']}) {row['meaning']}{seen}")
    return [*lines, "", *(f"! {text}" for text in found["warnings"])]


def _sizes(seen: list[int | None]) -> str:
    return ", ".join("not logged" if size is None else f"{size:,}" for size in seen)
