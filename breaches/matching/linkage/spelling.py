"""Names in Latin small letters and as consonant skeletons, for the statistical engine. Pure.

The replacements follow how the usual romanisations differ from each other (BGN/PCGN, ISO 9,
UNGEGN, Hepburn, Wade-Giles); no list of names is built in.
"""

import re
from functools import lru_cache

from anyascii import anyascii

PARTICLES = frozenset(
    (
        *("al", "el", "ul", "de", "del", "la", "las", "los", "da", "dos", "das", "do", "di", "du"),
        *("van", "von", "der", "den", "bin", "ben", "ibn", "bint", "bt", "abu", "umm", "y", "e"),
        *("and", "jr", "sr", "ii", "iii", "mr", "mrs", "ms", "haji", "hajji", "hadji", "sheikh"),
        *("shaikh", "mullah", "mawlawi", "maulavi"),
    )
)
APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u02bb\u02bf\u02be'`\u00b4]")
SOUNDS = (
    *(("tsch", "x"), ("shch", "x"), ("sch", "x"), ("tch", "x"), ("dzh", "j"), ("ch", "x")),
    *(("sh", "x"), ("zh", "x"), ("tz", "s"), ("ts", "s"), ("cz", "x"), ("sz", "x"), ("kh", "h")),
    *(("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "j"), ("ck", "k"), ("qu", "k")),
    ("ks", "x"),
)
BONES = str.maketrans({"q": "k", "c": "k", "z": "s", "w": "v", **dict.fromkeys("yaeiouh", "")})


@lru_cache(maxsize=400_000)
def latin(text: str) -> str:
    """Return any script in Latin small letters."""
    return anyascii(APOSTROPHES.sub("", text)).casefold()


@lru_cache(maxsize=400_000)
def tokens(text: str) -> tuple[str, ...]:
    """Return the parts of a name, without particles unless nothing else is left."""
    parts = re.findall(r"[a-z0-9]+", latin(text))
    kept = tuple(part for part in parts if part not in PARTICLES)
    return kept or tuple(parts)


def split(given: str, family: str, full: str) -> tuple[str, str]:
    """Return given and family names as plain tokens; a full name is split as lists write it."""
    if given or family:
        return " ".join(tokens(given)), " ".join(tokens(family))
    if "," in full:
        last, _, first = full.partition(",")
        return " ".join(tokens(first)), " ".join(tokens(last))
    parts = tokens(full)
    return " ".join(parts[:1]), " ".join(parts[1:])


@lru_cache(maxsize=400_000)
def skeleton(token: str) -> str:
    """Return the consonants of one token, with sounds that romanisations confuse made one."""
    for sounds, one in SOUNDS:
        token = token.replace(sounds, one)
    bones = re.sub(r"(.)\1+", r"\1", token.translate(BONES))
    if token[:1] in set("aeiouy"):
        bones = f"a{bones}"
    elif token[:1] == "h":
        bones = f"h{bones}"
    return bones or token[:2]
