"""The leaked workbook of the demonstration: 20 columns, byte for byte the same for a seed."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

import openpyxl

from notifications.demo.crowd import SNAPSHOT, Somebody
from notifications.demo.slips import as_leaked

HEADERS = (
    *("A-Number", "Last Name", "First Name", "Middle Name", "DOB", "Country of Birth"),
    *("Nationality", "Sex", "Detention Facility", "Book-In Date", "Case Status"),
    *("Fear Screening", "Fear Result", "Final Order", "Hearing Date", "Attorney"),
    *("Language", "Docket Office", "Event Number", "Family Unit"),
)
EPOCH = datetime(2022, 11, 28)  # noqa: DTZ001  (a workbook's properties have no zone)


def workbook(people: Iterable[Somebody], seed: int) -> bytes:
    """Return the XLSX with one row for each of `people`."""
    dice = Random(seed)  # noqa: S311  (invented data, not a secret)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Detained")
    sheet.append(HEADERS)
    for one in people:
        sheet.append(_row(one, dice))
    book.properties.created = book.properties.modified = EPOCH
    out = io.BytesIO()
    book.save(out)
    return _dated(out.getvalue())


def _row(one: Somebody, dice: Random) -> list[str]:
    said = as_leaked(one, dice)
    booked = SNAPSHOT - timedelta(days=dice.randrange(1, 300))
    hearing = SNAPSHOT + timedelta(days=dice.randrange(10, 400))
    return [
        *(said["number"], said["family"], said["given"], said["middle"], said["born"]),
        *(one.nationality, one.nationality, one.sex, one.facility, f"{booked:%m/%d/%Y}"),
        *("Detained", "Claimed fear", one.fear_result),
        *("Y" if one.fear_result == "negative" else "N", f"{hearing:%m/%d/%Y}", one.counsel),
        *(one.language, dice.choice(("ATL", "DAL", "ELP", "MIA", "NOL", "SNA"))),
        f"{dice.randrange(10**9, 10**10)}",
        f"F{dice.randrange(1000, 9999)}" if dice.random() < 0.2 else "",
    ]


def _dated(content: bytes) -> bytes:
    """Return the same archive with every member at one fixed time, so that bytes repeat."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist()):
            text = old.read(name)
            if name == "docProps/core.xml":
                text = _undated(text)
            new.writestr(zipfile.ZipInfo(name, (2022, 11, 28, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _undated(text: bytes) -> bytes:
    """Return the document properties without the moment of saving."""
    head, _, rest = text.partition(b"<dcterms:modified")
    _, _, tail = rest.partition(b"</dcterms:modified>")
    return head + tail if rest else text
