"""What the bundled fonts can print, and how wide it comes out."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[2] / "fonts"
# The address box of a #10 window envelope (docs/decisions): 3.25 by 0.87 inches, in points.
BOX_WIDTH, BOX_HEIGHT, LEADING = 3.25 * 72, 0.87 * 72, 1.25
SIZES = (10.0, 9.0, 8.0)  # the post office asks for 8 points at the least
LARGE_PRINT, BOLD, LINE_WIDTH = 18, 1.1, 6.5 * 72
LARGE = (16.0, 14.0, 12.0)  # in a letter in large print, where the window lets it
MOST_LINES = 7


@cache
def printable() -> frozenset[int]:
    """Return the character codes that every weight of our fonts holds."""
    faces = [TTFont(path, lazy=True) for path in sorted(FOLDER.glob("NotoSans-*.ttf"))]
    codes = frozenset.intersection(*(frozenset(face.getBestCmap()) for face in faces))
    for face in faces:
        face.close()
    return codes


@cache
def _widths() -> dict[int, float]:
    """Return the width of each character at a size of one point."""
    with TTFont(FOLDER / "NotoSans-Regular.ttf") as face:
        metrics, em = face["hmtx"], face["head"].unitsPerEm
        return {code: metrics[name][0] / em for code, name in face.getBestCmap().items()}


def unprintable(texts: Iterable[str]) -> list[str]:
    """Return each character no font of ours holds, as its code (`U+4E2D`), in order."""
    signs = {sign for text in texts for sign in normalize("NFC", text)}
    return [f"U+{ord(sign):04X}" for sign in sorted(signs) if not _can_print(sign)]


def _can_print(sign: str) -> bool:
    # Control, private and direction-changing characters could print one thing and store another.
    return sign in "\n\t" or (category(sign)[0] != "C" and ord(sign) in printable())


def large_lines(text: str) -> int:
    """Return how many lines a text takes in large print, bold or not."""
    width = sum(_widths().get(ord(sign), 1.0) for sign in text) * LARGE_PRINT * BOLD
    return 1 + int(width / LINE_WIDTH)


def address_size(lines: list[str], *, is_large: bool = False) -> float:
    """Return the type size at which an address fits the window; nothing means it does not."""
    if not 2 <= len(lines) <= MOST_LINES:
        return 0
    widest = max(sum(_widths().get(ord(sign), 1.0) for sign in line.upper()) for line in lines)
    for size in (*LARGE, *SIZES) if is_large else SIZES:
        leading = LEADING if len(lines) <= 5 else 1.1
        if widest * size <= BOX_WIDTH and len(lines) * size * leading <= BOX_HEIGHT:
            return size
    return 0
