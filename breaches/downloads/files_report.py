"""What files of this machine say together: who asked for the posted file, and warnings. Pure.

What the pages say of imported logs, said of files: each client's requests, and the warnings
without which the numbers must not be printed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from breaches.downloads import (
    addresses,
    cautions,
    clients,
    crawlers,
    grades,
    log_cautions,
    networks,
)
from breaches.downloads.evidence_pass import Hit
from breaches.downloads.file_reading import FileFound, Question
from breaches.downloads.formats.moments import stamp_any

GAP = "At least. "
REMEDY = "Give --size, and --sha256 with its hash or the file itself."


class Asked(NamedTuple):
    """One request for the file, by whom, and what it is worth."""

    hit: Hit
    client: addresses.Client
    kind: clients.Class
    worth: str
    place: str
    counts_headers: bool  # the bytes are those of the body and of the headers
    user: str = ""

    @property
    def key(self) -> str:
        """Return the best that is known of who asked: the user, else the address."""
        return f"user {self.user}" if self.user else self.client.key

    @property
    def agent(self) -> str:
        """Return the agent; of a user, who may sit at several places, with the address."""
        agent = self.hit.request.agent if self.hit.request else ""
        return f"{self.client.key} {agent}" if self.user else agent


@dataclass
class Requests:
    """The requests in all files, and how many lines are not among them."""

    rows: list[Asked]
    unread: int  # for a person
    repeats: int


def asked(files: Iterable[FileFound], question: Question) -> Requests:
    """Return each request once; an earlier file may hold the same line of the same time."""
    made, seen = Requests([], 0, 0), set()
    for file in files:
        numbers: Counter[tuple[bytes, object]] = Counter()
        for hit in file.hits:
            line = hit.raw, hit.request.at if hit.request else stamp_any(hit.raw)
            numbers[line] += 1
            key = (*line, numbers[line])
            if key in seen:
                made.repeats += 1
            elif hit.problem:
                made.unread += 1
            else:
                made.rows.append(_asked(hit, file, question))
            seen.add(key)
        made.unread += file.not_kept
    return made


def _asked(hit: Hit, file: FileFound, question: Question) -> Asked:
    request = hit.request
    assert request is not None  # noqa: S101  (the caller has looked)
    worth = grades.worth(
        request.method,
        request.status,
        request.sent,
        question.posted,
        aborted=request.aborted,
        span=request.span,
    )
    tables = question.crawler_ranges, question.network_table
    kind = crawlers.classify(request.address, request.agent, question.known, *tables)
    return Asked(
        hit,
        addresses.client(request.address),
        kind,
        worth,
        question.window.place(request.at),
        file.format is not None and "headers" in file.format.notes,
        clients.user_of(request.user, request.status),
    )


def by_client(rows: Iterable[Asked]) -> dict[tuple[str, str], list[Asked]]:
    """Return the requests of each client of each class, in order of the first."""
    found: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for row in rows:
        found[row.key, row.kind.code].append(row)
    return dict(found)


def warnings(files: Sequence[FileFound], requests: Requests, question: Question) -> list[str]:
    """Return what must be said beside the numbers."""
    found = [*_of_files(files, question), *cautions.of_repeats(requests.repeats)]
    rows = requests.rows
    content = [row for row in rows if row.worth in grades.CONTENT]
    outside = [row.hit.request.at for row in content if row.place != "inside" and row.hit.request]
    kinds = {row.client.kind for row in rows}
    found += cautions.of_facts(question.window, question.posted.size, outside, kinds, REMEDY)
    found += cautions.of_versions(sum(_is_larger(row, question) for row in content), 0)
    if rows:
        first = rows[0].hit.request
        found += cautions.of_networks(networks.dated(question.network_table), first and first.at)
    texts = [f"{GAP}{row.text}" if row.is_gap else row.text for row in found]
    return [*dict.fromkeys(texts), *cautions.ALWAYS]


def _of_files(files: Sequence[FileFound], question: Question) -> list[cautions.Caution]:
    good = [_facts(file, question) for file in files if file.format and not file.problem]
    found = [cautions.Caution(f"{file.path}: {file.problem}", is_gap=True)
             for file in files if file.problem]  # fmt: skip
    found += [row for file in files if file.problem
              for row in log_cautions.of_damage(_facts(file, question))]  # fmt: skip
    found += [row for log in good for row in log_cautions.of_log(log, question.window)]
    found += log_cautions.of_coverage(good, question.window)
    return found + [cautions.of_unread(file.path, file.unread) for file in files if file.not_kept]


def _facts(file: FileFound, question: Question) -> log_cautions.LogFacts:
    notes = sorted(file.format.notes) if file.format else []
    notes += ["forwarded"] * any(hit.request and hit.request.forwarded for hit in file.hits)
    zones = [hit.request.zone for hit in file.hits if hit.request]
    return log_cautions.LogFacts(
        file.path, file.damage, file.lines, file.coverage, notes, question.at, zones
    )


def _is_larger(row: Asked, question: Question) -> bool:
    """Say whether an answer speaks of a larger file than the posted one."""
    size, request = question.posted.size, row.hit.request
    if size is None or request is None or row.place != "inside" or row.kind.code != "unknown":
        return False
    if request.span and (request.span[1] > size or cautions.is_larger(row.hit.raw, size)):
        return True
    return request.status == 200 and (request.sent or 0) > size + cautions.HEADERS


def moment(seconds: int | None) -> str | None:
    """Return a time as it is printed, UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
