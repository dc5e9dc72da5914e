"""A log at the door: sealed as evidence, then looked at for what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from breaches.audit import log as audit
from breaches.audit.lifecycle import move
from breaches.downloads import streams
from breaches.downloads.formats import choice
from breaches.downloads.formats.compiled import Unusable
from breaches.downloads.formats.line import Format
from breaches.downloads.models import LogSource, LogStatus
from breaches.downloads.reading import first_of
from breaches.errors import Refused
from breaches.evidence import actions as evidence_actions
from breaches.evidence.models import Evidence
from breaches.incidents.models import Exposure, Incident


class NotALog(Refused):
    """The file holds no line of an access log."""


class AlreadyImported(Refused):
    """This log was asked about this exposure before."""


class UnknownFormat(Refused):
    """The format that was given cannot be used."""


@dataclass(frozen=True)
class NetworkLine:
    """A network as a person wrote it, and what it is."""

    network: str
    client_class: str
    reason: str = ""


@dataclass(frozen=True)
class LogImport:
    """What a person hands in with a log."""

    upload: UploadedFile
    exposure: Exposure
    handed_over_by: str
    ignores_case: bool = False
    networks: Sequence[NetworkLine] = ()
    format_said: str = ""  # empty: guessed from the first lines
    damage: str = ""  # of the zip it lay in


def check_format(text: str) -> None:
    """Raise UnknownFormat where a person gave a format that cannot be used."""
    try:
        if text:
            choice.said(text)
    except Unusable as fault:
        raise UnknownFormat(str(fault)) from fault
    except RecursionError as fault:
        raise UnknownFormat("The mapping is nested too deeply.") from fault


def keep(incident: Incident, order: LogImport, *, by: User, at: datetime) -> Evidence:
    """Seal the log as evidence, or return the evidence it already is.

    Raises AlreadyImported, EmptyFile, NoRoom.
    """
    try:
        return evidence_actions.take_in(
            incident,
            order.upload,
            kind="log",
            handed_over_by=order.handed_over_by,
            by=by,
            at=at,
        )
    except evidence_actions.AlreadyHere as known:
        logs = known.evidence.logs.filter(exposure=order.exposure)
        if logs.exclude(status=LogStatus.REFUSED).exists():
            when = f"{known.evidence.received_at:%d %B %Y}"
            raise AlreadyImported(
                f"This very log (same SHA-256) was imported on {when}. Importing it again adds "
                "nothing, so nothing was done."
            ) from known
        return known.evidence


def log_of(evidence: Evidence, order: LogImport, *, by: User, at: datetime) -> LogSource:
    """Return the log to be read, or set it aside as none; a refused one is tried again.

    Raises AlreadyImported, NotALog.
    """
    facts, problem = looked_at(evidence, order.format_said)
    facts |= {"ignores_case": order.ignores_case, "total": evidence.size, "damage": order.damage}
    try:
        with transaction.atomic():
            log_source = _received(evidence, order.exposure, facts, by, at)
            if problem:
                move(log_source, LogStatus.REFUSED, by=None, at=at, problem=problem)
    except IntegrityError as clash:
        raise AlreadyImported("Somebody else has just imported this log.") from clash
    if problem:
        raise NotALog(f"{problem} It is kept as evidence; nothing was counted.")
    return log_source


def looked_at(evidence: Evidence, format_said: str) -> tuple[dict[str, Any], str]:
    """Return what the first lines of a stored log show, and why it is none, if it is none."""
    packing, first = first_of(evidence)
    known = _format(format_said, first)
    facts = {
        "packing": packing if packing in streams.PACKINGS else "other",
        "format_said": format_said,
        "format_name": known.name if known else "",
        "notes": sorted(known.notes) if known else [],
        "problem": "",
    }
    return facts, _problem(packing, first, known)


def _received(
    evidence: Evidence, exposure: Exposure, facts: dict[str, Any], by: User, at: datetime
) -> LogSource:
    if refused := evidence.logs.filter(exposure=exposure, status=LogStatus.REFUSED).first():
        move(refused, LogStatus.RECEIVED, by=by, at=at, **facts)
        return refused
    log_source = LogSource(
        incident=evidence.incident,
        exposure=exposure,
        evidence=evidence,
        status=LogStatus.RECEIVED,
        status_at=at,
        **facts,
    )
    log_source.save(force_insert=True)
    audit.record(log_source, "logsource.received", by=by, at=at, size=evidence.size)
    return log_source


def _format(format_said: str, first: bytes) -> Format | None:
    guess = choice.guessed(first)
    if not format_said:
        return guess.format if guess else None
    return choice.in_force(format_said, first)


def _problem(packing: str, first: bytes, known: Format | None) -> str:
    if packing not in streams.PACKINGS:
        return f"The file is {packing}, not a log: unpack it and upload the log."
    if not first.strip():
        return "The file is empty or cannot be unpacked."
    if known is None:
        return (
            "None of the first 200 lines is a line of a known access log. If it is one, "
            "import it again with its LogFormat or log_format string."
        )
    if not choice.reads_any(known, first):
        return "None of the first 200 lines is written in the format that you gave."
    return ""
