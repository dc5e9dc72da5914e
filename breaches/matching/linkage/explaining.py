"""Why a pair weighs what it weighs: a line for each comparison, in bits. Pure."""

from typing import NamedTuple

import numpy as np

from breaches.matching.linkage.levels import MISSING, WORDS
from breaches.matching.linkage.linked import Linked
from breaches.matching.linkage.policy import VETOES

MISSING_WORDS = "missing on a side"


class Line(NamedTuple):
    """One comparison: what was found, what that weighs, and what the value's rarity adds."""

    label: str
    words: str
    bits: float
    rarity: float


class Explanation(NamedTuple):
    """The bits of the lines and of the prior add up to the weight."""

    lines: list[Line]
    prior: float
    weight: float
    ahead: float | None  # bits before the second-best candidate; None when there is none
    posterior: float
    veto: str
    sentence: str


def explain(found: Linked, pair: int) -> Explanation:
    """Explain one pair of a result."""
    model, ahead = found.model, float(found.ahead[pair])
    lines = [
        Line(label, _words(kind, level), float(bits), float(rarity))
        for label, kind, level, bits, rarity in zip(
            *(model.labels, model.kinds, found.levels[pair].tolist()),
            *(found.level_bits[pair], found.rarity_bits[pair]),
            strict=True,
        )
    ]
    rival = ahead if np.isfinite(ahead) else None
    veto = VETOES.get(str(found.vetoes[pair]), "")
    weight, posterior = float(found.weight[pair]), float(found.posterior[pair])
    said = sentence(lines, rival)
    return Explanation(lines, model.prior_weight, weight, rival, posterior, veto, said)


def sentence(lines: list[Line], ahead: float | None) -> str:
    """Return in plain words what speaks most for a pair, what against, and what else there is."""
    ranked = sorted(lines, key=lambda line: line.bits + line.rarity)
    strongest = [line for line in reversed(ranked) if line.bits + line.rarity >= 1][:2]
    weakest = [line for line in ranked if line.bits + line.rarity <= -1][:2]
    parts = [
        f"For it speaks most: {_listed(strongest)}." if strongest else "Nothing speaks for it."
    ]
    parts.append(f"Against it: {_listed(weakest)}." if weakest else "Nothing speaks against it.")
    if ahead is None:
        parts.append("Nobody else comes into question.")
    elif ahead >= 0:
        parts.append(f"The next best candidate is {ahead:.1f} bits behind.")
    else:
        parts.append(f"Another candidate is {-ahead:.1f} bits ahead.")
    return " ".join(parts)


def _words(kind: str, level: int) -> str:
    return MISSING_WORDS if level == MISSING else WORDS[kind][level]


def _listed(lines: list[Line]) -> str:
    return ", ".join(f"{line.label.replace('_', ' ')} ({line.words})" for line in lines)
