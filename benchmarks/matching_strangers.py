"""The people of a register beyond its first million: names, dates and places of others, mixed.

None of them is leaked; they only make a register larger, and are made so much faster that ten
million take a minute. Names stay inside nationality, sex and script, and two words of one are
drawn apart, so that they are as common and as rare as before; so are the birth dates.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from breaches.matching.linkage.encoding import Table

MIXED = ("given", "family", "born", "place")
OF_WORDS = ("given", "family")


def strangers(base: Table, first: int, count: int, piece: int) -> Iterator[tuple[Table, list[int]]]:
    """Yield as many rows as asked for in pieces, numbered from `first`; mixed from `base`."""
    dice = np.random.default_rng(first)
    groups = defaultdict(list)
    for row, parts in enumerate(
        zip(base["nationality"], base["sex"], map(str.isascii, base["given"]), strict=True)
    ):
        groups[parts].append(row)
    of_row = np.empty(len(base["id"]), np.int64)
    inside = [np.array(rows) for rows in groups.values()]
    for group, rows in enumerate(inside):
        of_row[rows] = group
    for start in range(first, first + count, piece):
        numbers = list(range(start, min(start + piece, first + count)))
        chosen = dice.integers(0, len(of_row), len(numbers))
        yield _mixed(base, chosen, [inside, of_row], numbers, dice), numbers


def _mixed(
    base: Table, chosen: np.ndarray, groups: list, numbers: list[int], dice: np.random.Generator
) -> Table:
    """Return rows with the group of the chosen ones, every column from another row of it."""
    inside, of_row = groups
    sizes = np.array([len(rows) for rows in inside])
    every, starts = np.concatenate(inside), np.cumsum(sizes) - sizes
    group = of_row[chosen]
    out = {name: [base[name][row] for row in chosen.tolist()] for name in ("nationality", "sex")}

    def drawn(name: str) -> list[str]:
        places = starts[group] + (dice.random(len(group)) * sizes[group]).astype(np.int64)
        return [base[name][row] for row in every[places].tolist()]

    out |= {name: drawn(name) for name in MIXED}
    for name in OF_WORDS:
        out[name] = list(map(_with_second, out[name], drawn(name)))
    shown = dice.random(len(numbers)) >= 0.15
    slack = dice.integers(0, 7, len(numbers)).tolist()
    out["number"] = [
        f"A{20_000_000 + number * 7 + more:09}" if show else ""
        for number, more, show in zip(numbers, slack, shown.tolist(), strict=True)
    ]
    out["id"] = [f"r{number}" for number in numbers]
    return {name: out[name] for name in base}


def _with_second(name: str, other: str) -> str:
    """Return a name of two words with the second one of another such name."""
    words, others = name.split(), other.split()
    return f"{words[0]} {others[1]}" if len(words) == len(others) == 2 else name
