"""What goes into the file of a run and into its manifest, while the letters stream by."""

from collections.abc import Iterator
from itertools import chain

from django.template.loader import render_to_string

from breaches.audit.leases import Lease
from breaches.errors import Refused
from breaches.vault import files
from notifications.letters import pdf
from notifications.printing import rules
from notifications.printing.models import PrintRun, RunEntry

STEP = 100  # letters between two signs of life


class WrongLetter(Refused):
    """A stored letter is not the one that was frozen."""


def control_sheet(run: PrintRun) -> bytes:
    """Return the page on top of a run: what is in it, and who signs for it."""
    counts = list(run.entries.order_by("sequence").values_list("page_count", flat=True))
    references = list(run.entries.order_by("sequence").values_list("letter__reference", flat=True))
    context = {
        "run": run,
        "incident": run.incident,
        "sheets": sum(counts) // 2,
        "sizes": rules.sheets_by_size(counts),
        "first": references[0],
        "last": references[-1],
        "large": run.entries.filter(letter__is_large_print=True).count(),
        "interpreted": run.entries.filter(letter__needs_interpreter=True).count(),
    }
    html = render_to_string("letters/control.html", context)
    return pdf.make_pdf(html, style="control.css").content


def documents(run: PrintRun, lease: Lease) -> Iterator[bytes]:
    """Yield the control sheet and then each letter, checked against what was frozen.

    Raises WrongLetter, TakenOver.
    """
    yield control_sheet(run)
    for entries in _steps(run):
        for entry in entries:
            yield _checked(entry)
        lease.keep(done=entries[-1].sequence)


def _checked(entry: RunEntry) -> bytes:
    letter = entry.letter
    if letter.pdf is None or letter.pdf.sha256 != entry.pdf_sha256:
        raise WrongLetter(f"{letter} changed after the run was frozen.")
    content = files.read(letter.pdf)
    if rules.even(pdf.count_pages(content)) != entry.page_count:
        raise WrongLetter(f"{letter} has other pages than when the run was frozen.")
    return content


def lines(run: PrintRun) -> Iterator[rules.Line]:
    """Yield the lines of the manifest."""
    for entry in chain.from_iterable(_steps(run)):
        letter = entry.letter
        place = rules.Place(entry.sequence, entry.first_page, entry.page_count)
        address = [str(line) for line in letter.document["lines"]]
        said = (letter.reference, address, letter.language, letter.is_large_print)
        yield rules.Line(place, *said, entry.pdf_sha256)


def _steps(run: PrintRun) -> Iterator[list[RunEntry]]:
    # No cursor stays open between the steps: SQLite would refuse to write beside an old one.
    entries = run.entries.select_related("letter", "letter__pdf").order_by("sequence")
    for start in range(1, run.letters + 1, STEP):
        yield list(entries.filter(sequence__range=(start, start + STEP - 1)))
