"""Names taken apart, so that a person is found whichever way round a name is typed. Pure."""

import re
import unicodedata
from typing import Any

# Letters that no decomposition turns into plain ones.
FOLDED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "\u0131": "i",
    }
)


def folded(text: str) -> str:
    """Return a name in small letters without accents; other scripts keep their letters."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(FOLDED))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def name_parts(text: str) -> frozenset[str]:
    """Return the parts of a name: O'Brien-Núñez has `obrien` and `nunez`."""
    plain = re.sub("['`\u2019\u02bc]", "", folded(text))
    return frozenset(re.findall(r"[^\W\d_]+", plain))


def display_name(facts: dict[str, Any]) -> str:
    """Return the name of a person as it is printed."""
    parts = [facts["given"], facts["middle"], facts["family"]]
    return " ".join(filter(None, parts)) or facts["full"] or facts["native"]
