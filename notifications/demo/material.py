"""Everything that the demonstration hands in, and who is truly who. Pure, seeded."""

from random import Random
from typing import NamedTuple

from notifications.demo.access_log import access_log
from notifications.demo.crowd import Somebody, crowd
from notifications.demo.leaked_file import workbook
from notifications.demo.register_file import client_id, namesakes, register

PEOPLE = 6252  # rows of the posting of 2022


class Shape(NamedTuple):
    """How many of each there are, in the proportions of the posting of 2022."""

    rows: int
    known: int
    namesakes: int
    strangers: int
    log_lines: int


class Material(NamedTuple):
    """The three files; `truth` says which client stands in which row, "" for nobody we know."""

    workbook: bytes
    register: bytes
    log: bytes
    truth: dict[int, str]


def shape(rows: int) -> Shape:
    """Return the counts that go with `rows` leaked rows."""

    def scaled(number: int) -> int:
        return round(number * rows / PEOPLE)

    known, alike = scaled(6100), scaled(300)
    return Shape(rows, known, alike, scaled(9000) - known - alike, max(1000, scaled(300_000)))


def make(rows: int, seed: int) -> Material:
    """Invent the files. The same numbers make the same bytes."""
    plan = shape(rows)
    people = list(crowd(rows + plan.namesakes + plan.strangers, seed))
    leaked, others = people[:rows], people[rows:]
    known = leaked[: plan.known]
    clients = [
        *known,
        *namesakes(known, others[: plan.namesakes], seed),
        *others[plan.namesakes :],
    ]
    dice = Random(seed)  # noqa: S311  (invented data, not a secret)
    dice.shuffle(leaked)
    dice.shuffle(clients)
    book = workbook(leaked, seed)
    tag = f"{seed}.{rows}"
    return Material(
        workbook=book,
        register=register(clients, seed, tag),
        log=access_log(plan.log_lines, len(book), seed),
        truth=_truth(leaked, {one.number for one in known}, tag),
    )


def _truth(leaked: list[Somebody], known: set[int], tag: str) -> dict[int, str]:
    # Row 1 is the header.
    return {
        row: client_id(one, tag) if one.number in known else ""
        for row, one in enumerate(leaked, start=2)
    }
