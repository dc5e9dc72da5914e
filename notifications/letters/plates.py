"""Letters that differ in a few words are laid out once; what is one person's own is set anew.

Beside `press.py` the only module that knows WeasyPrint, and the only one that knows its insides. A
plate is used after it has given one letter byte for byte as plain WeasyPrint does, and only while
the lines of each letter take the same room; any other letter is set plainly (docs/decisions).
"""

import re
import unicodedata
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import inf
from typing import Any, NamedTuple

from weasyprint import DEFAULT_OPTIONS
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.formatting_structure.boxes import LineBox, MarginBox, TextBox
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.layout import layout_document
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.inline import iter_line_boxes

from notifications.letters import press
from notifications.letters.blanks import Sheet, fill, has_blank
from notifications.letters.pdf import LETTER, NotTypeset

FROM_THIRD = 3  # letters of one form: to lay it out for keeping costs one letter more
KEPT = 32  # forms that a process keeps laid out, some 2 MB each
COUNTED = 512
# Letters, marks, numbers, punctuation, signs, spaces; what is none of these is not seen.
SEEN = ("L", "M", "N", "P", "S", "Zs")


class OtherLines(Exception):
    """What is one person's own takes other lines than the plate has."""


class Row(NamedTuple):
    """Where a line stands on its page, in CSS pixels."""

    top: float
    height: float
    baseline: float


class Slot(NamedTuple):
    """A block of text with something of one person's own in it."""

    page: Any
    block: Any
    line: Any  # all its text as it was before it was broken into lines
    texts: list[tuple[Any, str]]
    rows: list[Row]


class Plate:
    """A form that is laid out."""

    def __init__(self, form: str) -> None:
        """Lay out a form. Raises OtherLines where it cannot be kept."""
        html, counters, fonts = press.parse(form), CounterStyle(), press.the_press().fonts
        if any(has_blank(value) for one in html.etree_element.iter() for value in _kept_as_is(one)):
            raise OtherLines
        options = {**DEFAULT_OPTIONS, "stylesheets": [press.the_press().style(LETTER)]}
        self.context = context = Document._build_layout_context(html, fonts, counters, {}, options)
        tree = build_formatting_structure(
            html.etree_element,
            context.style_for,
            context.get_image_from_uri,
            html.base_url,
            context.target_collector,
            counters,
            context.footnotes,
        )
        pages = [Page(box) for box in layout_document(html, tree, context)]
        metadata = DocumentMetadata(**get_html_metadata(html))
        self.document = Document(pages, metadata, html.url_fetcher, fonts, {}, None)
        self.slots = list(_slots(pages, tree))

    def impress(self, own: Mapping[str, str]) -> tuple[bytes, int]:
        """Return the letter of one person as a PDF, and how many pages it has.

        Raises OtherLines.
        """
        words = {mark: _plain(text) for mark, text in own.items()}
        for slot in self.slots:
            slot.block.children = self._set(slot, words)
        self.document.fonts = {}  # those of the letter before
        return press.write(self.document), len(self.document.pages)

    def _set(self, slot: Slot, words: Mapping[str, str]) -> tuple[Any, ...]:
        for box, text in slot.texts:
            box.text = fill(text, words)
            box.process_text_transform()
        slot.line.position_x = slot.block.content_box_x()
        lines = self._broken(slot)
        if _rows(lines) != slot.rows:
            raise OtherLines
        for line in lines:
            layout_box_backgrounds(slot.page, line, self.context.get_image_from_uri)
        return lines

    def _broken(self, slot: Slot) -> tuple[Any, ...]:
        self.context.create_block_formatting_context()
        found = iter_line_boxes(
            *(self.context, slot.line, slot.rows[0].top, -inf, None, slot.block, [], [], None, None)
        )
        try:
            return tuple(line for line, _ in found)
        finally:  # one letter's stumble is not the next one's
            self.context.finish_block_formatting_context()


class Plates:
    """What one process keeps: the forms it meets often, laid out."""

    def __init__(self) -> None:
        self.met: Counter[str] = Counter()
        self.kept: OrderedDict[str, Plate | None] = OrderedDict()

    def typeset(self, sheet: Sheet) -> tuple[bytes, int]:
        """Return a letter as a PDF, and how many pages it has. Raises NotTypeset."""
        if plate := self.kept.get(sheet.form):
            self.kept.move_to_end(sheet.form)
            try:
                return plate.impress(sheet.own)
            except (OtherLines, *press.STUMBLES):
                return press.typeset(sheet.html, LETTER)
        plain = press.typeset(sheet.html, LETTER)
        if sheet.form not in self.kept and self._is_met_often(sheet.form):
            self._keep(sheet, plain)
        return plain

    def _is_met_often(self, form: str) -> bool:
        if len(self.met) >= COUNTED:
            self.met.clear()
        self.met[form] += 1
        return self.met[form] >= FROM_THIRD

    def _keep(self, sheet: Sheet, plain: tuple[bytes, int]) -> None:
        try:
            plate = Plate(sheet.form)
            self.kept[sheet.form] = plate if plate.impress(sheet.own) == plain else None
        except (OtherLines, NotTypeset, *press.STUMBLES):
            self.kept[sheet.form] = None
        while len(self.kept) > KEPT:
            gone, _ = self.kept.popitem(last=False)
            del self.met[gone]  # else more forms than are kept would be laid out for each letter


@cache
def _plates() -> Plates:
    return Plates()


def typeset(sheet: Sheet) -> tuple[bytes, int]:
    """Return a letter as a PDF, and how many pages it has. Raises NotTypeset."""
    return _plates().typeset(sheet)


def _plain(text: str) -> str:
    """Return a text with its blanks as HTML has them. Raises OtherLines where it holds unseen."""
    signs = re.sub(" +", " ", text)
    if signs != signs.strip(" ") or any(not _is_seen(sign) for sign in signs):
        raise OtherLines
    return signs


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign).startswith(SEEN)


def _slots(pages: list[Page], tree: Any) -> Iterator[Slot]:
    """Yield each block that holds a blank. Raises OtherLines where its whole text is not found."""
    before = list(_blocks(tree))
    after = [(page._page_box, block) for page in pages for block in _blocks(page._page_box)]
    whole, parts = Counter(map(_name, before)), Counter(_name(block) for _, block in after)
    lines = {_name(block): block.children[0] for block in before}
    for page, block in after:
        if not any(has_blank(box.text) for line in block.children for box in _texts(line)):
            continue
        if isinstance(block, MarginBox):  # the style sheet keeps it on one line
            line = block.children[0].copy()
        elif whole[_name(block)] == parts[_name(block)] == 1:
            line = lines[_name(block)]
        else:  # the block goes on on another page
            raise OtherLines
        texts = [(box, box.text) for box in _texts(line)]
        yield Slot(page, block, line, texts, _rows(block.children))


def _blocks(box: Any) -> Iterator[Any]:
    """Yield each block that is made of lines."""
    box = getattr(box, "_box", box)  # a list's bullet stands in for itself
    children = getattr(box, "children", ())
    if children and isinstance(children[0], LineBox):
        yield box
    else:
        for child in children:
            yield from _blocks(child)


def _kept_as_is(element: Any) -> list[str]:
    """Return what an element says beside its text; the foot of the page shows a reference."""
    return [value for name, value in element.attrib.items() if name != "data-reference"]


def _texts(line: Any) -> list[Any]:
    return [box for box in line.descendants() if isinstance(box, TextBox)]


def _name(block: Any) -> tuple[Any, Any]:
    return block.element, block.element_tag


def _rows(lines: Iterable[Any]) -> list[Row]:
    return [Row(line.position_y, line.height, line.baseline) for line in lines]
