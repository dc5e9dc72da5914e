"""Which rows of a table are its headings. Pure."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from breaches.leaks.header_words import named
from breaches.leaks.shapes import Shape
from breaches.leaks.suggestions import TELLING
from breaches.leaks.tabular import Row

HEADER_WITHIN = 20
DIGIT = re.compile(r"\d")


def known(cells: Sequence[str]) -> int:
    """Return how many cells are headings that we know."""
    return sum(bool(named(cell)) for cell in cells)


def looks_like_header(cells: Sequence[str]) -> bool:
    """Say whether a row in the middle of a sheet begins another table."""
    filled = sum(map(bool, cells))
    return known(cells) >= 2 and known(cells) * 2 >= filled


def heading_of(first: Sequence[Row]) -> Shape:
    """Return a shape with the heading row or rows among the first rows of a table."""
    rows = first[:HEADER_WITHIN]
    place = max(range(len(rows)), key=lambda at: (known(rows[at].cells), -at))
    if not known(rows[place].cells):
        return _without_known(rows)
    row = rows[place]
    for top in (place - 1, place):
        if 0 <= top < len(rows) - 1 and _are_two_lines(rows[top], rows[top + 1], row):
            return Shape(row.sheet, rows[top].row, 2)
    return Shape(row.sheet, row.row)


def heading_texts(first: Sequence[Row], shape: Shape) -> list[str]:
    """Return the heading of each column by its place."""
    lines = [row.cells for row in first if shape.header_row <= row.row < shape.first_row]
    if len(lines) == 2:
        return combined(*lines)
    return list(lines[0]) if lines else []


def combined(top: Sequence[str], bottom: Sequence[str]) -> list[str]:
    """Return the headings of two lines; a title stands above the columns up to the next."""
    texts, title = [], ""
    for above, below in zip_longest(top, bottom, fillvalue=""):
        title = above or title
        forms = [f"{title} {below}", f"{below} {title}", below] if below else [above]
        texts.append(next((one for one in forms if named(one)), forms[0]))
    return texts


def _are_two_lines(top: Row, bottom: Row, best: Row) -> bool:
    if bottom.row != top.row + 1 or any(map(DIGIT.search, (*top.cells, *bottom.cells))):
        return False
    return known(combined(top.cells, bottom.cells)) > known(best.cells)


def _without_known(rows: Sequence[Row]) -> Shape:
    """Return the first row that is as wide as the others, unless it is data itself."""
    widest = max(sum(map(bool, row.cells)) for row in rows)
    row = next(row for row in rows if sum(map(bool, row.cells)) * 2 >= widest)
    is_data = any(fits(cell) for cell in row.cells if cell for fits in TELLING.values())
    return Shape(row.sheet, row.row, 0 if is_data else 1)
