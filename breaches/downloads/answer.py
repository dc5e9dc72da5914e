"""The report on files as one object of plain values, ready for JSON. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from breaches.downloads import counting, grades, networks
from breaches.downloads.counting import Holder, Seen
from breaches.downloads.evidence_pass import PROBLEMS
from breaches.downloads.file_reading import FileFound, Question, read_files
from breaches.downloads.files_report import GAP, Asked, Requests, asked, by_client, moment, warnings

Json = dict[str, Any]
Row = tuple[Json, Holder, list[Seen]]


def answer(paths: Iterable[Path], question: Question) -> Json:
    """Read the files and return what they say about the posted file."""
    files = read_files(paths, question)
    requests = asked(files, question)
    exact = not any(file.coverage.clock_fault == "constant minute" for file in files)
    rows = [_client(own, question, exact=exact) for own in by_client(requests.rows).values()]
    said = warnings(files, requests, question)
    counts = _counts(requests, rows, exact=exact)
    counts["at_least"] = bool(counts["unknown"]) or any(text.startswith(GAP) for text in said)
    return {
        "files": [_file(file) for file in files],
        "clients": [row for row, _, _ in sorted(rows, key=lambda row: row[0]["first"])],
        "counts": counts,
        "warnings": said,
    }


def _file(file: FileFound) -> Json:
    return {
        "path": file.path,
        "lines": file.lines,
        "bytes": file.size,
        "sha256": file.sha256,
        "packing": file.packing,
        "format": file.format.name if file.format else None,
        "first": moment(file.coverage.first),
        "last": moment(file.coverage.last),
        "hits": sum(not hit.problem for hit in file.hits),
        "unparsed": [
            {
                "number": hit.line_number,
                "offset": hit.byte_offset,
                "why": PROBLEMS.get(hit.problem, hit.problem),
                "text": hit.raw.decode("utf-8", "replace"),
            }
            for hit in file.hits
            if hit.problem
        ],
        "unparsed_without_text": file.not_kept,
    }


def _client(own: list[Asked], question: Question, *, exact: bool) -> Row:
    first = own[0]
    inside = [row for row in own if row.place == "inside"]
    got = ((row.agent, _got(row)) for row in inside)
    grade = grades.grade_of_client(got, question.posted, is_user=bool(first.user))
    seen = [_seen(row) for row in inside if row.worth in grades.CONTENT]
    holding = {row.agent for row in inside if row.worth in grades.HOLDING}
    name = networks.name_of(first.client.key, question.network_table)
    times = sorted(row.hit.request.at for row in own if row.hit.request)
    holder = Holder(
        first.key,
        name.operator or first.client.block,
        len(holding),
        first.kind.code,
        grade.letter if grade else "",
    )
    made = {
        **_where(own, name, question),
        "class": first.kind.code,
        "why": first.kind.reason,
        "requests": _by_method_and_status(own),
        "outside_window": len(own) - len(inside),
        "actions": len(counting.actions_of(seen, seconds_count=exact)),
        "bytes_upper_bound": grade.upper if grade else 0,
        "bytes_seen": [
            row.hit.request.sent
            for row in inside
            if row.hit.request and row.worth in grades.CONTENT
        ],
        "grade": grade.letter if grade else None,
        "meaning": grades.GRADES[grade.letter] if grade else _without_grade(own),
        "first": times[0].isoformat(),
        "last": times[-1].isoformat(),
        "agents": sorted({row.hit.request.agent for row in own if row.hit.request}),
        "lines": [row.hit.line_number for row in own],
    }
    return made, holder, seen


def _where(own: list[Asked], name: networks.NetworkName, question: Question) -> Json:
    """Return from where one client asked; a user may have been at several addresses."""
    first, keys = own[0], {row.client.key for row in own}
    table = question.network_table
    return {
        "address": first.client.key,
        "addresses": sorted(keys),
        "user": first.user or None,
        "networks": sorted({networks.name_of(key, table).words for key in keys}),
        "address_kind": first.client.kind,
        "network": name.name or None,
        "network_number": name.number,
        "network_flags": list(name.flags),
        "network_country": name.country or None,
        "network_source": name.source or None,
        "network_dated": name.dated.isoformat() if name.dated else None,
    }


def _without_grade(own: list[Asked]) -> str:
    if any(row.worth in grades.HOLDING and row.place != "inside" for row in own):
        return "got it outside the window only"
    return "got nothing"


def _got(row: Asked) -> grades.Got:
    request = row.hit.request
    if request is None:
        return grades.Got(row.worth, None)
    aborted = grades.is_aborted(request.status, said=request.aborted)
    return grades.Got(row.worth, request.sent, request.span, aborted, row.counts_headers)


def _seen(row: Asked) -> Seen:
    at = row.hit.request.at if row.hit.request else None
    return Seen(row.hit.byte_offset, at, row.key, row.agent, row.kind.code, row.worth)


def _by_method_and_status(own: list[Asked]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for row in own:
        if request := row.hit.request:
            found.setdefault(request.method, Counter())[str(request.status)] += 1
    return {method: dict(counts) for method, counts in found.items()}


def _counts(found: Requests, rows: Sequence[Row], *, exact: bool) -> Json:
    others = [seen for _, holder, seen in rows if holder.client_class == "unknown"]
    holders = [holder for _, holder, _ in rows if holder.grade]
    low, point, high = counting.recipients(holders)
    requests = [seen for client in others for seen in client]
    return {
        "requests": len(requests),
        "actions": len(counting.actions_of(requests, seconds_count=exact)),
        "recipients": {"low": low, "point": point, "high": high},
        "unknown": found.unread,
        "by_grade": counting.by_grade(holders),
        "set_aside": {
            code: sum(len(seen) for _, holder, seen in rows if holder.client_class == code)
            for code in ("own", "monitor", "bot")
        },
        "repeated_lines": found.repeats,
        "rules": {name: counting.RULES[name] for name in RULES},
    }


RULES = ("requests", "actions", "low", "point", "high", "unknown")
