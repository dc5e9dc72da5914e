"""Why a pair weighs what it weighs: bars for and against, and one sentence. Pure."""

from typing import Any, NamedTuple

from breaches.leaks.vocabulary import ELEMENTS
from breaches.matching.linkage.levels import MISSING, WORDS

LABELS = {"given": "given name", "family": "family name", "order": "given and family name"}
NOTABLE = 1.5  # bits from which a value is said to be rare or common
WIDTH, HALF = 400, 200  # of the drawing: against to the left of the middle, for to the right


class Bar(NamedTuple):
    """One comparison: its bits, what rarity adds, and where both are drawn."""

    label: str
    words: str
    bits: float
    rare: float
    x: float
    width: float
    rare_x: float
    rare_width: float

    @property
    def side(self) -> str:
        """Return for or against."""
        return "for" if self.bits >= 0 else "against"

    @property
    def rare_side(self) -> str:
        """Return rare or common."""
        return "rare" if self.rare >= 0 else "common"


def bars(model: dict[str, Any], evidence: dict[str, Any]) -> list[Bar]:
    """Return a bar for each comparison that says anything, all to one scale."""
    columns = (evidence["levels"], evidence["bits"], evidence["rare"])
    parts = list(zip(model["labels"], model["kinds"], *columns, strict=True))
    seen = [part for part in parts if part[2] != MISSING and (part[3] or part[4])]
    most = max([abs(value) for part in seen for value in part[3:]] or [1.0])
    return [
        _bar(name_of(label), WORDS[kind][level], bits, rare, most)
        for label, kind, level, bits, rare in seen
    ]


def sentence(model: dict[str, Any], evidence: dict[str, Any]) -> str:
    """Return in plain words what agrees, what does not, and what cannot be compared."""
    found, missing = [], []
    parts = zip(
        *(model["labels"], model["kinds"], evidence["levels"], evidence["rare"]), strict=True
    )
    for label, kind, level, rare in parts:
        if level == MISSING:
            missing.append(name_of(label))
        elif label != "order" or level:
            found.append(f"{name_of(label)}: {WORDS[kind][level]}{_rarity(rare)}")
    text = "; ".join(found) or "nothing can be compared"
    blank = f". Not on both sides: {', '.join(missing)}" if missing else ""
    return f"{text[:1].upper()}{text[1:]}{blank}."


def name_of(label: str) -> str:
    """Return what a comparison is called."""
    return LABELS.get(label) or ELEMENTS[label].label


def _rarity(bits: float) -> str:
    if abs(bits) < NOTABLE:
        return ""
    return " and rare" if bits > 0 else " and common"


def _bar(label: str, words: str, bits: float, rare: float, most: float) -> Bar:
    scale = HALF / most
    width, rare_width = abs(bits) * scale, abs(rare) * scale
    x = HALF if bits >= 0 else HALF - width
    rare_x = HALF if rare >= 0 else HALF - rare_width
    drawn = (round(x, 1), round(width, 1), round(rare_x, 1), round(rare_width, 1))
    return Bar(label, words, bits, rare, *drawn)
