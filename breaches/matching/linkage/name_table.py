"""What is derived once from each distinct name part: skeletons, initials, bigrams. Pure."""

from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage.encoding import Array, Vocabulary
from breaches.matching.linkage.spelling import skeleton

MOST_TOKENS = 4


@dataclass
class NameTable:
    """Arrays over the vocabulary of names."""

    texts: Array
    tokens: Array  # numbers of up to four token skeletons; 0 is none
    initials: Array  # a bit for each first letter
    skeletons: Array  # the number of the whole skeleton
    bones: Array  # its length
    bigrams: Array  # 64 buckets, a bit each
    bigram_counts: Array
    is_multi: Array
    is_initial: Array
    first: Array

    def __len__(self) -> int:
        return len(self.texts)


def name_table(names: Vocabulary) -> NameTable:
    """Return the derived arrays of every name part."""
    single, whole = Vocabulary(), Vocabulary()
    count = len(names.values)
    tokens = np.zeros((count, MOST_TOKENS), np.uint64)
    initials = np.zeros(count, np.uint64)
    skeletons, bones = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for row, text in enumerate(names.values):
        parts = [skeleton(part) for part in text.split()]
        for place, part in enumerate(parts[:MOST_TOKENS]):
            tokens[row, place] = single.number(part) if len(part) > 1 else 0
        initials[row] = sum({1 << (ord(part[0]) % 64) for part in parts if part})
        skeletons[row] = whole.number(" ".join(parts))
        bones[row] = sum(map(len, parts))
    bigrams = np.array([_bigrams(text) for text in names.values], np.uint64)
    return NameTable(
        texts=np.array(names.values, object),
        tokens=tokens,
        initials=initials,
        skeletons=skeletons,
        bones=bones,
        bigrams=bigrams,
        bigram_counts=np.bitwise_count(bigrams).astype(np.int64),
        is_multi=np.array([" " in text for text in names.values]),
        is_initial=np.array([len(text) == 1 for text in names.values]),
        first=np.array([ord(text[0]) if text else 0 for text in names.values], np.int64),
    )


def _bigrams(text: str) -> int:
    mask = 0
    for part in text.split():
        for one, other in zip(f"^{part}", part, strict=False):
            mask |= 1 << ((ord(one) * 31 + ord(other)) % 64)
    return mask
