"""Names taken apart, so that a person is found whichever way round a name is typed. Pure."""

import re
import unicodedata

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
