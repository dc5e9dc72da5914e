"""The door to WeasyPrint, loaded by the first letter; nothing is fetched."""

import gc
import os
from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from notifications.letters.pdf import NotTypeset

# Fontconfig reads this at its first use: a server's own fonts can then not change a letter.
os.environ["FONTCONFIG_FILE"] = str(Path(settings.BASE_DIR) / "fonts" / "fonts.conf")
ASSETS = {"asset:letter.css": "text/css", "asset:control.css": "text/css"}
SWEEP_EVERY = 20  # a document is a knot of cycles of some 300 KB; plain counting frees none of it
# What WeasyPrint raises where a text leads it astray: it must cost that letter, not its neighbours.
STUMBLES = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError,
            RecursionError)  # fmt: skip


class OnlyAssets(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the files named in ASSETS, and remembers who asked for anything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["asset"], fail_on_errors=True)
        self.denied: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return an asset. Raises ValueError for whatever is none."""
        if url not in ASSETS:
            self.denied.append(url)
            raise ValueError("only assets are served")
        path = Path(settings.BASE_DIR) / "templates" / "letters" / url.removeprefix("asset:")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": ASSETS[url]})


class Press:
    """What one process keeps between letters: loading fonts anew costs more than a letter."""

    def __init__(self) -> None:
        self.fonts = FontConfiguration()
        self.styles: dict[str, CSS] = {}
        self.made = 0

    def style(self, name: str) -> CSS:
        """Return a parsed style sheet."""
        if name not in self.styles:
            self.styles[name] = CSS(
                url=f"asset:{name}", font_config=self.fonts, url_fetcher=OnlyAssets()
            )
        return self.styles[name]


@cache
def the_press() -> Press:
    """Return what this process keeps."""
    return Press()


def parse(html: str) -> HTML:
    """Return a document that can fetch assets alone."""
    return HTML(string=html, base_url="asset:", url_fetcher=OnlyAssets())


def typeset(html: str, style: str) -> tuple[bytes, int]:
    """Return `html` as a PDF, and how many pages it has.

    Raises NotTypeset.
    """
    press = the_press()
    try:
        source = parse(html)
        document = source.render(stylesheets=[press.style(style)], font_config=press.fonts)
        content = write(document)
    except FatalURLFetchingError as fault:  # a BaseException: it would kill the worker
        raise NotTypeset("the letter asks for a file from outside") from fault
    except STUMBLES as fault:
        raise NotTypeset(f"the typesetter stumbled: {type(fault).__name__}") from fault
    if source.url_fetcher.denied:  # drawing an SVG swallows the fault
        raise NotTypeset("the letter asks for a file from outside")
    pages = len(document.pages)
    del document, source
    press.made += 1
    if press.made % SWEEP_EVERY == 0:
        gc.collect()
    return content, pages


def write(document: Document) -> bytes:
    """Return what is laid out as tagged PDF/UA-1."""
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return content
