"""What is printed around the wording, and the code of a letter. Pure."""

from collections.abc import Callable

# 31 signs, none of which is read as another. A prime, so that the weighted sum below notices
# every wrong sign and every exchange of two.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8

FURNITURE = {
    "en": {
        "reference": "Reference",
        "page": "Page",
        "of": "of",
        "to": "To",
        "interpreter": "You can have an interpreter for free. Call {phone} and say which language "
        "you speak.",
    },
    "es": {
        "reference": "Referencia",
        "page": "Página",
        "of": "de",
        "to": "Para",
        "interpreter": "Puede tener un intérprete gratis. Llame al {phone} y diga qué idioma "
        "habla.",
    },
}
# First on every letter, after the number to call. Only languages whose script the bundled fonts
# hold; the others come with their fonts.
HELP_IN = (
    ("en", "Help in your language: call and say its name"),
    ("es", "Ayuda en español"),
    ("ht", "Èd an kreyòl ayisyen"),
    ("pt", "Ajuda em português"),
    ("fr", "Aide en français"),
    ("vi", "Trợ giúp tiếng Việt"),
    ("ru", "Помощь на русском"),
    ("uk", "Допомога українською"),
    ("tr", "Türkçe yardım"),  # noqa: RUF001
)


def check_sign(code: str) -> str:
    """Return the sign that belongs behind `code`."""
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(code, start=2))
    return SIGNS[-total % len(SIGNS)]


def make_reference(choose: Callable[[str], str]) -> str:
    """Return a new reference such as `K7QW-3MXP-T`; `choose` picks one sign at a time."""
    code = "".join(choose(SIGNS) for _ in range(LENGTH))
    return f"{code[:4]}-{code[4:]}-{check_sign(code)}"


def tidy_reference(text: str) -> str:
    """Return a reference as we print it, however somebody typed it."""
    code = "".join(text.upper().replace("-", "").split())
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def is_reference(text: str) -> bool:
    """Say whether `text`, as somebody read it out, is a reference without a slip."""
    code = tidy_reference(text).replace("-", "")
    if len(code) != LENGTH + 1 or set(code) - set(SIGNS):
        return False
    return check_sign(code[:-1]) == code[-1]


def furniture(language: str) -> dict[str, str]:
    """Return the words around a letter in its language."""
    return FURNITURE.get(language, FURNITURE["en"])
