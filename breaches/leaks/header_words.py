"""What the words of a heading say that its column holds. Pure."""

import re
import unicodedata
from collections.abc import Mapping

from breaches.leaks.vocabulary import ELEMENTS, IDENTIFIERS, NAMES

# Too general to be believed inside a longer heading, such as “name of court”.
GENERAL = frozenset(
    {
        *("id", "name", "first", "last", "middle", "status", "state", "country", "party", "court"),
        *("city", "family", "children", "login", "race", "health", "medical", "route", "charges"),
        *("pin", "comments", "notes", "nombre", "picture", "town", "sex", "faith", "vehicle", "ip"),
        *("location", "plate", "dl number", "receipt", "occupation", "username", "first name"),
        "cell",
    }
)
# Whose datum it is, when it is not that of the person of the row.
KIN = frozenset(
    {
        *("mother", "father", "parent", "wife", "husband", "spouse", "partner", "kin", "relative"),
        *("son", "daughter", "child", "children", "brother", "sister", "sibling", "family"),
        *("madre", "padre", "esposo", "esposa", "conyuge", "hijo", "hija", "hermano", "hermana"),
    }
)
STRANGERS = frozenset({"emergency", "sponsor", "officer", "agent", "judge"})
# What stands beside a name or a number and is neither.
ASIDE = frozenset(
    {
        *("date", "expiry", "expires", "expiration", "expired", "issue", "issued", "issuing"),
        *("valid", "verified", "type", "fecha", "vencimiento", "caducidad"),
    }
)
NAMING = NAMES | IDENTIFIERS | {"middle_name", "alias", "counsel_name", "email", "phone"}
SHORT = {"dt": "date", "no": "number", "num": "number", "nbr": "number", "nr": "number"}
INITIAL = re.compile(r"(?<=\b\w)\.")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")


def plain_header(text: str) -> str:
    """Return a header in small letters, with single blanks and no marks."""
    return " ".join(re.sub(r"[^\w]+|_", " ", text.casefold()).split())


def in_words(text: str) -> str:
    """Return a header in whole words: of FirstName, D.O.B., Alien # and Teléfono, too."""
    letters = unicodedata.normalize("NFKD", INITIAL.sub("", text.replace("#", " number ")))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(SHORT.get(word, word) for word in plain_header(HUMP.sub(" ", bare)).split())


def named(header: str, by_header: Mapping[str, str] | None = None) -> str:
    """Return the code that a whole header names, however it is written, or ""."""
    known = BY_HEADER if by_header is None else by_header
    return known.get(plain_header(header)) or known.get(in_words(header), "")


_HEADERS = {header: element.code for element in ELEMENTS.values() for header in element.headers}
# Those of several words are written as one, too; shorter ones would be other words, such as “ano”.
BY_HEADER = {h.replace(" ", ""): code for h, code in _HEADERS.items() if len(h) > 7} | _HEADERS
PHRASES = sorted((one for one in BY_HEADER if one not in GENERAL), key=len, reverse=True)


def by_words(header: str) -> str | None:
    """Return the one element that words of a header name, "" for none of these, None for no word.

    “Booking date / DOB” may hold either; what is somebody else's is none of the person's own.
    """
    codes, rest = set(), f" {header} "
    for phrase in PHRASES:
        if f" {phrase} " in rest:
            codes.add(BY_HEADER[phrase])
            rest = rest.replace(f" {phrase} ", "  ")
    words = {form for word in rest.split() for form in (word, word.removesuffix("s"))}
    if words & STRANGERS or not codes:
        return "" if words & STRANGERS else None
    if words & KIN or "relatives" in codes:
        return "relatives"
    code = codes.pop()
    return "" if codes or (code in NAMING and words & ASIDE) else code
