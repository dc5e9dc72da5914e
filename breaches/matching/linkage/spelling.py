"""Names in Latin small letters and as consonant skeletons, for the statistical engine. Pure.

The replacements follow how the usual romanisations differ from each other (BGN/PCGN, ISO 9,
UNGEGN, Hepburn, Wade-Giles); no list of names is built in.
"""

import re
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from anyascii import anyascii

from breaches.matching.linkage import chinese_names

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
BONES = str.maketrans({"q": "k", "c": "k", "z": "s", **dict.fromkeys("yaeiouhw", "")})
# The article, vowels at the beginning, the silent endings, and the letter that is a vowel or w.
ARABIC = (
    (re.compile("(?<!\\w)\u0627\u0644(?=\\w{3})"), ""),
    (re.compile("(?<!\\w)[\u0623\u0625\u0622\u0627\u0639]"), "a"),
    (re.compile("[\u0629\u0649](?!\\w)"), "a"),
)
HEBREW = (
    (re.compile("(?<!\\w)[\u05d0\u05e2]"), "a"),
    (re.compile("(?<=\\w)\u05d5"), "w"),
    (re.compile("\u05d4(?!\\w)"), "a"),
)
UNVOWELLED = re.compile("[\u0590-\u06ff]")
# PyICU writes one Hebrew name in twelve more as romanisations do, and no worse an Arabic one.
ICU = import_module("icu") if find_spec("icu") else None
ROMANISER = f"icu-{ICU.ICU_VERSION}" if ICU else "anyascii"
BY_ICU = ICU.Transliterator.createInstance("Any-Latin; Latin-ASCII") if ICU else None
MARKS = re.compile(r"[^a-zA-Z0-9,\- ]")  # that ICU writes for letters without a Latin one
ARTICLE = re.compile("^[ae]l(?=[^aeiouy]\\w{4}|[aeiouy]\\w{5})")  # written together: Alhassan
WORD = re.compile(r"[a-z0-9]+")
MISREAD = str.maketrans("01358", "olesb")  # digits that a scanner saw in a name


def latin(text: str) -> str:
    """Return any script in Latin small letters."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").casefold()
    text = APOSTROPHES.sub("", text)
    for pattern, letter in (*ARABIC, *HEBREW):
        text = pattern.sub(letter, text)
    if BY_ICU and UNVOWELLED.search(text):
        return MARKS.sub("", str(BY_ICU.transliterate(text))).casefold()
    return APOSTROPHES.sub("", anyascii(text)).casefold()


def tokens(text: str) -> tuple[str, ...]:
    """Return the parts of a name, without particles unless nothing else is left."""
    plain = latin(text)
    if plain.replace(" ", "").isalpha():
        parts = plain.split()
    else:
        parts = [_as_letters(part) for part in WORD.findall(plain)]
    kept = tuple(part for part in parts if part not in PARTICLES)
    return kept or tuple(parts)


def _as_letters(part: str) -> str:
    return part if part.isalpha() or part.isdigit() else part.translate(MISREAD)


def split(full: str) -> tuple[str, str]:
    """Return given and family names of a full name, as plain tokens, as lists write it."""
    if "," in full:
        last, _, first = full.partition(",")
        return " ".join(tokens(first)), " ".join(tokens(last))
    parts = tokens(full)
    return " ".join(parts[:1]), " ".join(parts[1:])


@lru_cache(maxsize=400_000)
def skeleton(token: str) -> str:
    """Return the consonants of one token, with sounds that romanisations confuse made one."""
    token = ARTICLE.sub("", chinese_names.FIRST.get(token, token))
    if token[:3] in {"hsi", "hsu"}:  # Wade-Giles
        token = f"x{token[2:]}"
    for sounds, one in SOUNDS:
        token = token.replace(sounds, one)
    first, bones = token[:1], token[1:].translate(BONES)
    if first in set("aeiouy"):
        first = "a"
    else:
        first = {"w": "v"}.get(first, first).translate(BONES) or first
    return re.sub(r"(.)\1+", r"\1", first + bones) if bones else token[:2]
