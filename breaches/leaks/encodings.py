"""Which encoding a text is in, and how its cells are parted. Pure: a person may correct both."""

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from breaches.leaks.lines import Unreadable

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a mark",
    "utf-16": "UTF-16 with a mark",
    "utf-16-le": "UTF-16, little end first",
    "utf-16-be": "UTF-16, big end first",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp1257": "Windows-1257 (Baltic)",
    "cp874": "Windows-874 (Thai)",
    "iso8859_2": "ISO 8859-2 (Central Europe)",
    "iso8859_5": "ISO 8859-5 (Cyrillic)",
    "koi8_r": "KOI8-R (Russian)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "shift_jis": "Shift JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "euc_kr": "EUC-KR (Korean)",
    "cp437": "DOS 437 (United States)",
    "cp850": "DOS 850 (Western Europe)",
    "cp852": "DOS 852 (Central Europe)",
    "cp866": "DOS 866 (Cyrillic)",
    "mac_roman": "Mac Roman",
    "mac_cyrillic": "Mac Cyrillic",
}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "^": "caret", "~": "tilde"}
# Only a script of its own tells these apart from Windows-1252 with some certainty.
OTHER_SCRIPTS = {
    **{name: name for name in ("cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "cp874")},
    **{name: name for name in ("iso8859_5", "mac_cyrillic", "cp866")},
    **{name: name for name in ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")},
    "cp1125": "cp866",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp932": "shift_jis",
    "euc_jis_2004": "euc_jp",
    "euc_jisx0213": "euc_jp",
    "cp949": "euc_kr",
}
MARKS = (
    *((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32")),
    *((codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16")),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
TELLING = re.compile(rb"""[^\s,;"]*[\x80-\xff][^\s,;"]*""")
CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def as_western(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows-1252, byte by byte; what is neither becomes U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("western", as_western)


def encoding_of(head: bytes) -> str:
    """Return the encoding of a text by its first bytes. Raises Unreadable."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if head.count(0) * 100 > len(head):
        return _wide(head)
    if len(CONTROL.findall(head)) * 20 > len(head):
        raise Unreadable("This is not a spreadsheet or a text file.")
    return guessed(head)


def guessed(head: bytes) -> str:
    """Return the encoding of a text in which each letter of ASCII is one byte."""
    bad = _undecodable(head)
    if not bad or bad * 10 < _beyond_ascii(head):
        return "utf-8"
    # Words of ASCII only thin out what tells the encodings apart.
    telling = b"\n".join(TELLING.findall(head[: head.rfind(b"\n") + 1] or head))
    # A quarter of what the reader needs to start, for texts that few hand in.
    found = import_module("charset_normalizer").from_bytes(telling)
    best = found.best()
    if best and best.encoding == "cp1250" and not _may_be_western(found):
        return "cp1250"
    return OTHER_SCRIPTS.get(best.encoding if best else "", "cp1252")


def _may_be_western(found: Iterable[Any]) -> bool:
    return any("cp1252" in one.could_be_from_charset for one in found)


def errors_for(encoding: str) -> str:
    """Return what is done with bytes that do not fit the encoding."""
    return "western" if encoding.startswith("utf-8") else "replace"


def delimiter_of(text: str) -> str:
    """Return the mark that parts most lines into as many cells as the header, else as each other.

    Of two that do so equally well, the one with more cells: commas stand in addresses, too.
    """
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    if lines and re.fullmatch(r"sep=.", lines[0]):
        return lines[0][-1]
    bare = [_outside_quotes(line) for line in lines]

    def evenness(mark: str) -> tuple[bool, int, int]:
        counts = Counter(number for line in bare if (number := line.count(mark)))
        header = bare[0].count(mark) if bare else 0
        if counts[header] * 2 > len(bare):
            return True, counts[header], header
        marks, even = max(counts.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return False, even, marks

    return max(DELIMITERS, key=evenness)


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


def _wide(head: bytes) -> str:
    """Return which UTF-16 it is without a mark: of European text, every other byte is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 < len(head) or min(even, odd) * 20 > len(head):
        raise Unreadable("This is not a spreadsheet or a text file.")
    return "utf-16-be" if even > odd else "utf-16-le"


def _undecodable(head: bytes) -> int:
    """Return how many bytes are no UTF-8; a letter cut in two at the end is none of them."""
    whole = head.rstrip(bytes(range(0x80, 0x100)))
    text = (whole or head).decode("utf-8", "replace")
    return text.count("\ufffd")


def _beyond_ascii(head: bytes) -> int:
    return len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", head))
