"""Why a pair weighs what it weighs: bars for and against, and one sentence. Pure."""

from typing import Any, NamedTuple

from breaches.leaks.vocabulary import ELEMENTS
from breaches.matching.linkage import levels

LABELS = {"given": "given name", "family": "family name", "order": "order of the names"}
SAID = {
    "name": {
        levels.EXACT_NAME: "the same",
        levels.SAME_SOUND: "sounds the same",
        levels.SIMILAR_NAME: "similar",
        levels.REMOTE_NAME: "a little alike",
        levels.INITIAL: "an initial that fits",
        0: "different",
    },
    "birth_date": {
        levels.EXACT_DATE: "the same",
        levels.SWAPPED: "the same with day and month swapped",
        levels.ONE_DIGIT: "one digit apart",
        levels.PERMUTED: "the same digits in another order",
        levels.TWO_OF_THREE: "the same in two parts of three",
        levels.TWO_DIGITS: "two digits apart",
        levels.NEAR_YEAR: "about a year apart",
        0: "different",
    },
    "other": {
        levels.EXACT: "the same",
        levels.CLOSE: "one slip apart",
        levels.REMOTE: "two slips apart",
        0: "different",
    },
    "order": {0: "the same", 1: "swapped"},
}
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


def bars(labels: list[str], evidence: dict[str, Any]) -> list[Bar]:
    """Return a bar for each comparison that says anything, all to one scale."""
    columns = (evidence["levels"], evidence["bits"], evidence["rare"])
    parts = list(zip(labels, *columns, strict=True))
    seen = [part for part in parts if part[1] != levels.MISSING and (part[2] or part[3])]
    most = max([abs(value) for part in seen for value in part[2:]] or [1.0])
    return [_bar(*part, most) for part in seen]


def sentence(labels: list[str], evidence: dict[str, Any]) -> str:
    """Return in plain words what agrees, what does not, and what cannot be compared."""
    found, missing = [], []
    parts = zip(labels, evidence["levels"], evidence["rare"], strict=True)
    for label, level, rare in parts:
        if label == "order":
            found += ["given and family name stand the other way round"] * (level == 1)
        elif level == levels.MISSING:
            missing.append(name_of(label))
        else:
            found.append(f"{name_of(label)} {_is(words(label, level))}{_rarity(rare)}")
    text = "; ".join(found) or "nothing can be compared"
    blank = f". Not on both sides: {', '.join(missing)}" if missing else ""
    return f"{text[:1].upper()}{text[1:]}{blank}."


def name_of(label: str) -> str:
    """Return what a comparison is called."""
    return LABELS.get(label) or ELEMENTS[label].label


def words(label: str, level: int) -> str:
    """Return one level of a comparison as it is said."""
    kind = "name" if label in {"given", "family"} else label
    return SAID.get(kind, SAID["other"])[level]


def _is(said: str) -> str:
    return said if said.startswith("sounds") else f"is {said}"


def _rarity(bits: float) -> str:
    if abs(bits) < NOTABLE:
        return ""
    return " and rare" if bits > 0 else " and common"


def _bar(label: str, level: int, bits: float, rare: float, most: float) -> Bar:
    scale = HALF / most
    width, rare_width = abs(bits) * scale, abs(rare) * scale
    x = HALF if bits >= 0 else HALF - width
    rare_x = HALF if rare >= 0 else HALF - rare_width
    said = (name_of(label), words(label, level), bits, rare)
    return Bar(*said, round(x, 1), round(width, 1), round(rare_x, 1), round(rare_width, 1))
