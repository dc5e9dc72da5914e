"""A model as a neutral document: JSON that says everything a weight is made of. Pure.

It is not the settings of any engine. What other engines need is made from it, and the same
document gives the same weights for ever: floats are written so that they come back exactly.
"""

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Any

import numpy as np

from breaches.matching.linkage.levels import WORDS
from breaches.matching.linkage.model import PREPARATION, Model

VERSION = 1
SHARES = ("m", "u", "u_same_family", "u_counts", "weights", "family_weights", "relative")


class BadModel(ValueError):
    """The document is not a model that this version can follow."""


def to_json(model: Model) -> str:
    """Return a model as canonical JSON: the same model, the same bytes."""
    said: dict[str, Any] = asdict(model)
    for part in SHARES:
        said[part] = [[float(share) for share in shares] for shares in said[part]]
    said |= {"version": VERSION, "preparation": PREPARATION}
    said["levels"] = [list(WORDS[kind]) for kind in model.kinds]
    return json.dumps(said, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> Model:
    """Return the model of a document. Raises BadModel."""
    said = json.loads(text)
    if (said.pop("version", 0), said.pop("preparation", 0)) != (VERSION, PREPARATION):
        raise BadModel("The model was made by another version: learn a new one.")
    said.pop("levels")
    for part in SHARES:
        said[part] = [np.array(shares, float) for shares in said[part]]
    return Model(**said)


def digest(text: str) -> str:
    """Return the hash that a decision keeps of the model it was made under."""
    return sha256(text.encode()).hexdigest()
