"""Many PDFs bound into one for paper, a document at a time: memory holds places, not pages.

Each document begins on a front side. Tags are left out, for nobody listens to paper
(docs/decisions); the letters themselves stay tagged.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf

CATALOG, ROOT = 1, 2
PAGES_A_NODE = 100
LEFT_OUT = {"/Parent", "/StructParents", "/StructParent", "/Annots", "/Tabs", "/Length"}
SUBSET = re.compile(r"^/[A-Z]{6}\+")


def bind(documents: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of one PDF that holds all `documents`, each padded to even pages."""
    binder = Binder()
    yield binder.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    for document in documents:
        yield binder.add(document)
    yield binder.close()


class Binder:
    """Numbers the objects of the bound file and remembers where each one begins."""

    def __init__(self) -> None:
        self.places: dict[int, int] = {}
        self.length = 0
        self.last = ROOT
        self.nodes: list[tuple[int, list[int]]] = []
        self.streams: dict[bytes, int] = {}
        self.documents = 0

    def put(self, data: bytes) -> bytes:
        """Count `data` as written."""
        self.length += len(data)
        return data

    def number(self) -> int:
        """Return the next free object number."""
        self.last += 1
        return self.last

    def write(self, number: int, body: bytes) -> bytes:
        """Return object `number`, and remember its place."""
        self.places[number] = self.length
        return self.put(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def node(self) -> tuple[int, list[int]]:
        """Return the page-tree node that takes the next page."""
        if not self.nodes or len(self.nodes[-1][1]) == PAGES_A_NODE:
            self.nodes.append((self.number(), []))
        return self.nodes[-1]

    def add(self, content: bytes) -> bytes:
        """Return the objects of one document."""
        self.documents += 1
        out: list[bytes] = []
        with pikepdf.open(BytesIO(content)) as document:
            copy = Copy(self, out)
            for page in document.pages:
                copy.page(page.obj)
            if len(document.pages) % 2:
                copy.blank(document.pages[-1].obj)
        return b"".join(out)

    def close(self) -> bytes:
        """Return the page tree, the catalog and the table of places."""
        out = [self._tree(number, pages) for number, pages in self.nodes]
        kids = b" ".join(b"%d 0 R" % number for number, _ in self.nodes)
        count = sum(len(pages) for _, pages in self.nodes)
        out.append(self.write(ROOT, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)))
        out.append(self.write(CATALOG, b"<</Type/Catalog/Pages %d 0 R>>" % ROOT))
        begin = self.length
        rows = [b"%010d 00000 n \n" % self.places[number] for number in range(1, self.last + 1)]
        table = b"xref\n0 %d\n0000000000 65535 f \n" % (self.last + 1) + b"".join(rows)
        trailer = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        out += [self.put(table), self.put(trailer % (self.last + 1, CATALOG, begin))]
        return b"".join(out)

    def _tree(self, number: int, pages: list[int]) -> bytes:
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        body = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (ROOT, len(pages), kids)
        return self.write(number, body)


class Copy:
    """Copies what the pages of one document need, under new numbers."""

    def __init__(self, binder: Binder, out: list[bytes]) -> None:
        self.binder, self.out = binder, out
        self.numbers: dict[tuple[int, int], int] = {}

    def page(self, page: Any) -> None:
        """Copy a page."""
        parent, pages = self.binder.node()
        pages.append(number := self.binder.number())
        # Inherited values would be lost with the old tree; WeasyPrint writes them on each page.
        body = b"<<%s/Parent %d 0 R>>" % (self._items(page), parent)
        self.out.append(self.binder.write(number, body))

    def blank(self, like: Any) -> None:
        """Write an empty back side of the same size."""
        parent, pages = self.binder.node()
        pages.append(number := self.binder.number())
        box = self._value(like["/MediaBox"])
        body = b"<</Type/Page/MediaBox %s/Resources<<>>/Parent %d 0 R>>" % (box, parent)
        self.out.append(self.binder.write(number, body))

    def _items(self, thing: Any) -> bytes:
        names = sorted(name for name in thing.keys() if name not in LEFT_OUT)  # noqa: SIM118
        return b"".join(self._name(name) + b" " + self._entry(name, thing[name]) for name in names)

    def _entry(self, name: str, value: Any) -> bytes:
        if name in {"/BaseFont", "/FontName"}:
            return self._name(self._own_font(str(value)))
        return self._value(value)

    def _own_font(self, name: str) -> str:
        # Every letter has its own subset under the same tag; a printer that keeps fonts by
        # name would then print one letter with the characters of another.
        tag, rest = "", self.binder.documents
        for _ in range(6):
            rest, sign = divmod(rest, 26)
            tag = chr(65 + sign) + tag
        return SUBSET.sub(f"/{tag}+", name)

    def _value(self, value: Any) -> bytes:
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            return b"%d 0 R" % self._indirect(value)
        if isinstance(value, pikepdf.Dictionary):
            return b"<<%s>>" % self._items(value)
        if isinstance(value, pikepdf.Array):
            return b"[%s]" % b" ".join(self._value(part) for part in value)
        if isinstance(value, pikepdf.Object):
            return bytes(value.unparse())
        return _plain(value)

    def _indirect(self, thing: Any) -> int:
        key = thing.objgen
        if key not in self.numbers:
            if isinstance(thing, pikepdf.Stream):
                self.numbers[key] = self._stream(thing)
            else:
                self.numbers[key] = number = self.binder.number()
                body = self._direct(thing)
                self.out.append(self.binder.write(number, body))
        return self.numbers[key]

    def _direct(self, thing: Any) -> bytes:
        if isinstance(thing, pikepdf.Dictionary):
            return b"<<%s>>" % self._items(thing)
        if isinstance(thing, pikepdf.Array):
            return b"[%s]" % b" ".join(self._value(part) for part in thing)
        return bytes(thing.unparse(resolved=True))

    def _stream(self, stream: Any) -> int:
        """Copy a stream as it is, or point at the same bytes of an earlier document."""
        raw = stream.read_raw_bytes()
        head = self._items(stream)
        body = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(raw), raw)
        digest = sha256(body).digest()
        if digest not in self.binder.streams:
            self.binder.streams[digest] = number = self.binder.number()
            self.out.append(self.binder.write(number, body))
        return self.binder.streams[digest]

    @staticmethod
    def _name(name: str) -> bytes:
        return bytes(pikepdf.Name(name).unparse())


def _plain(value: Any) -> bytes:
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, (int, Decimal, float)):
        return str(value).encode()
    raise TypeError(type(value).__name__)
