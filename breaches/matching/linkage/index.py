"""A file made ready to be searched: all that does not depend on the file compared with it. Pure.

It is built once for each version of a register, and laid away (see storing.py).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage import blocking
from breaches.matching.linkage.comparing import Comparer, labels
from breaches.matching.linkage.encoding import Side, Table, Words, encode, together, words_for
from breaches.matching.linkage.frequencies import Frequencies, frequencies
from breaches.matching.linkage.mapping import Mapping, aligned
from breaches.matching.linkage.marks import grown
from breaches.matching.linkage.name_table import Names, name_table
from breaches.matching.linkage.vocabulary import Array, Laid, hashed, joined


@dataclass
class Index:
    """One file as numbers, with its keys sorted and its values counted.

    The vocabularies grow, in memory only, by the words of whatever is compared with it.
    """

    mapping: Mapping
    words: Words
    names: Names
    side: Side
    keys: list[Array]
    counted: Frequencies
    ids: Laid
    marks: list[Array]  # of each value of the other columns, 64 bits (see marks.py)
    who: Array  # a number for each id: rows of one id are one person's
    persons: Array | None = None  # whose each row surely is, when the file was searched for that

    def __len__(self) -> int:
        return len(self.side)

    @property
    def stratum(self) -> int | None:
        """Return the column that people are counted inside of."""
        return stratum_of(self.mapping)

    @property
    def comparer(self) -> Comparer:
        """Return what compares rows with this file."""
        kinds = list(self.mapping.compared.values())
        id_count = len(self.mapping.ids)
        return Comparer(self.names, self.words.columns, id_count, kinds, labels(self.mapping))

    def row_ids(self, rows: Array) -> list[str]:
        """Return the id of each row."""
        return self.ids.texts(rows)

    def encoded(self, table: Table, mapping: Mapping) -> Side:
        """Return rows of another file as numbers that can be compared with this one."""
        side = encode(table, aligned(self.mapping, mapping), self.words)
        self.names.grow()
        self.marks = _marks(self.marks, self.words, len(self.mapping.ids))
        return side

    def keys_of(self, side: Side) -> list[blocking.Keys]:
        """Return the keys under which rows are looked for here."""
        return list(_keys(self.mapping, self.names, side))


def build(tables: Iterable[Table], mapping: Mapping) -> Index:
    """Return the index of a file that comes in pieces, in order."""
    words = words_for(mapping)
    sides, ids = [], []
    for table in tables:
        sides.append(encode(table, mapping, words))
        ids.append(joined(table[mapping.id]))
    names = Names(words.names, name_table([]))
    names.grow()
    side = together(sides)
    counted = frequencies(side, names.table, stratum_of(mapping))
    keys = [blocking.laid(kind) for kind in _keys(mapping, names, side)]
    every = _one(ids)
    who = hashed(every.blob, every.ends).view(np.int64)
    marks = _marks([np.zeros(0, np.uint64)] * len(words.columns), words, len(mapping.ids))
    return Index(mapping, words, names, side, keys, counted, every, marks, who)


def stratum_of(mapping: Mapping) -> int | None:
    """Return the column that people are counted inside of."""
    if not mapping.strata:
        return None
    return len(mapping.ids) + list(mapping.compared).index(mapping.strata)


def _keys(mapping: Mapping, names: Names, side: Side) -> Iterator[blocking.Keys]:
    is_blocking = [kind == "fuzzy" for kind in mapping.compared.values()]
    yield from blocking.keys(side, names.table, len(mapping.ids), is_blocking)
    if not mapping.birth_date:
        yield blocking.two_words(side, names.table)


def _marks(marks: list[Array], words: Words, id_count: int) -> list[Array]:
    return [
        grown(mark, column, is_id=place < id_count)
        for place, (mark, column) in enumerate(zip(marks, words.columns, strict=True))
    ]


def _one(parts: list[tuple[bytes, Array]]) -> Laid:
    before = np.cumsum([0, *(len(blob) for blob, _ in parts[:-1])])
    ends = [ends + start for (_, ends), start in zip(parts, before, strict=True)]
    return Laid(b"".join(blob for blob, _ in parts), np.concatenate(ends))
