"""Say who got a posted file, from access logs on this machine. Needs no database."""

import json
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
from breaches.downloads.files_report import Question
from breaches.downloads.formats import choice
from breaches.downloads.formats.compiled import Unusable
from breaches.downloads.grades import Posted
from breaches.downloads.locators import locator
from breaches.downloads.networks import table_at
from breaches.downloads.tables.network import Unreadable


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
            raise CommandError(f"{fault.filename}: {fault.strerror}") from fault
        found["file"] = {name: options[name] for name in ("path", "size", "sha256")}
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(found)))


def _question(options: dict[str, Any]) -> Question:
    place = locator(options["path"], ignore_case=options["ignore_case"])
    try:
        ours = [KnownNetwork(ip_network(text, strict=False), "own") for text in options["ours"]]
        window = Window(_moment(options["opened"]), _moment(options["closed"]))
        said = _format(options)
        table_at(settings.NETWORK_TABLE)
    except (ValueError, Unusable, Unreadable) as fault:
        raise CommandError(str(fault)) from fault
    if options["sha256"] and Path(options["sha256"]).is_file():
        content = Path(options["sha256"]).read_bytes()
        options["sha256"] = sha256(content).hexdigest()
        options["size"] = options["size"] or len(content)
    size = options["size"]
    posted = Posted(size, place.is_compressible)
    now = datetime.now(UTC)
    return Question(place, posted, window, ours, said, settings.NETWORK_TABLE, now)


def _format(options: dict[str, Any]) -> str:
    if options["mapping"]:
        text: str = options["mapping"].read_text()
    else:
        text = "" if options["format"] == "auto" else options["format"]
    if text:
        choice.said(text)
    return text


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


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
        lines.append(
            f"{grade}  {row['first']}  {row['address']}  ({row['class']}) {row['meaning']}"
        )
    return [*lines, "", *(f"! {text}" for text in found["warnings"])]
