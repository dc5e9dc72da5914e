"""A run is frozen, built into one file that its manifest tiles, released by a second person."""

import csv
import errno
from datetime import date, timedelta
from io import BytesIO, StringIO

import pikepdf
import pypdfium2
import pytest
from django.db import IntegrityError, transaction

from breaches.audit.lifecycle import IllegalMove, MovedMeanwhile
from breaches.audit.models import AuditEvent
from breaches.vault import files, stream
from breaches.vault.models import SealedFile
from notifications.letters.actions import order_letters
from notifications.letters.models import Letter
from notifications.letters.models import Status as LetterStatus
from notifications.notices.actions import exclude, hold, resolve
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.routing import Choice
from notifications.printing import actions, building, queries, rules
from notifications.printing.forms import MailedForm
from notifications.printing.models import PrintRun, RunEntry, Status
from tests.factories import NOON, make_user
from tests.letters.makers import make_rendered, render_all

pytestmark = pytest.mark.django_db

PEOPLE = [
    {"name": "Ada Doe"},
    {"name": "=HYPERLINK(1)", "language": "es"},
    {"name": "Bo Roe", "lines": ["+1 Main Street", "Apt 2", "Springfield IL 62701"]},
]


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.SEALED_DIR = tmp_path / "sealed"


def make_frozen(*people, by=None):
    return actions.freeze_run(make_rendered(*people), by=by or make_user(), at=NOON)


def make_built(*people, by=None):
    run = make_frozen(*people, by=by)
    actions.build_run(run, at=NOON)
    return PrintRun.objects.get(pk=run.pk)


def make_released(*people):
    run = make_built(*people)
    actions.release_run(run, by=make_user(), at=NOON)
    return run


def manifest_of(run):
    return list(csv.DictReader(StringIO(files.read(run.manifest).decode())))


def page_text(content, number):
    with pypdfium2.PdfDocument(content) as document:
        return document[number - 1].get_textpage().get_text_bounded()


def test_every_made_letter_lies_in_one_run():
    incident = make_rendered(*PEOPLE)
    run = actions.freeze_run(incident, by=make_user(), at=NOON)

    with pytest.raises(actions.NothingToPrint):
        actions.freeze_run(incident, by=make_user(), at=NOON)

    assert run.letters == RunEntry.objects.count() == 3
    assert [entry.sequence for entry in run.entries.order_by("pk")] == [1, 2, 3]


def test_two_who_freeze_at_once_make_one_run(monkeypatch):
    incident = make_rendered()
    seen = list(queries.printable(incident))
    actions.freeze_run(incident, by=make_user(), at=NOON)
    monkeypatch.setattr(queries.printable(incident).__class__, "defer", lambda *_: seen)

    with pytest.raises(actions.NothingToPrint, match="just changed"):
        actions.freeze_run(incident, by=make_user(), at=NOON)

    assert PrintRun.objects.count() == 1


def test_the_manifest_tiles_the_file():
    run = make_built(*PEOPLE)

    content, rows = files.read(run.pdf), manifest_of(run)
    with pikepdf.open(BytesIO(content)) as document:
        pages = len(document.pages)
    assert pages == run.pages
    next_page = 3
    for number, row in enumerate(rows, start=1):
        assert (int(row["sequence"]), int(row["first_page"])) == (number, next_page)
        assert int(row["page_count"]) % 2 == 0
        next_page += int(row["page_count"])
        assert row["reference"] in page_text(content, int(row["first_page"]))
        letter = Letter.objects.get(reference=row["reference"])
        assert row["pdf_sha256"] == letter.pdf_sha256
        assert row["language"] == letter.language
    assert next_page == pages + 1


def test_the_control_sheet_comes_first_and_counts():
    run = make_built(*PEOPLE)

    content = files.read(run.pdf)
    text = page_text(content, 1)
    assert "Control sheet" in text
    assert run.incident.reference in text
    assert f"Pages in the file {run.pages}" in " ".join(text.split())
    assert page_text(content, 2) == ""


def test_a_letter_looks_the_same_in_the_run_as_alone():
    run = make_built(*PEOPLE)
    content = files.read(run.pdf)

    for entry in run.entries.select_related("letter__pdf"):
        alone = files.read(entry.letter.pdf)
        with pypdfium2.PdfDocument(alone) as one, pypdfium2.PdfDocument(content) as many:
            for page in range(entry.letter.pages):
                picture = one[page].render().to_pil()
                assert picture == many[entry.first_page - 1 + page].render().to_pil()


def test_letters_do_not_share_the_name_of_a_font():
    run = make_built(*PEOPLE)

    with pikepdf.open(BytesIO(files.read(run.pdf))) as document:
        files_of = {}
        for page in document.pages:
            for font in page.obj.get("/Resources", {}).get("/Font", {}).values():
                down = font.DescendantFonts[0]
                data = bytes(down.FontDescriptor.FontFile2.read_raw_bytes())
                files_of.setdefault(str(font.BaseFont), set()).add(data)
    assert len(files_of) > 3
    assert all(len(found) == 1 for found in files_of.values())


def test_no_cell_of_the_manifest_is_a_formula():
    rows = manifest_of(make_built(*PEOPLE))

    cells = [cell for row in rows for cell in row.values()]
    assert "'=HYPERLINK(1)" in cells
    assert "'+1 Main Street" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_same_run_is_the_same_file(monkeypatch):
    run = make_built(*PEOPLE)
    before = run.pdf.sha256
    PrintRun.objects.update(status=Status.DRAFT, claim=None, pdf=None, manifest=None)

    actions.build_run(PrintRun.objects.get(), at=NOON)

    assert PrintRun.objects.get().pdf.sha256 == before


def test_whoever_froze_a_run_cannot_release_it():
    first, second = make_user(), make_user()
    run = make_built(by=first)

    with pytest.raises(actions.NotYourOwn):
        actions.release_run(run, by=first, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintRun.objects.update(released_by=first, released_at=NOON)

    actions.release_run(run, by=second, at=NOON)
    assert PrintRun.objects.get().released_by == second


def test_of_two_who_release_at_once_one_wins():
    run = make_built()
    same = PrintRun.objects.get()
    actions.release_run(run, by=make_user(), at=NOON)

    with pytest.raises(MovedMeanwhile):
        actions.release_run(same, by=make_user(), at=NOON)

    assert AuditEvent.objects.filter(event="printrun.released").count() == 1


def test_a_run_with_somebody_taken_out_since_is_not_released():
    run = make_built(*PEOPLE)
    hold(Notice.objects.first(), "unsafe", "", at=NOON)

    with pytest.raises(actions.Overtaken, match="1 of its people"):
        actions.release_run(run, by=make_user(), at=NOON)

    actions.cancel_run(run, by=make_user(), at=NOON)
    assert actions.freeze_run(run.incident, by=make_user(), at=NOON).letters == 2


def test_a_mailed_run_tells_its_people():
    run = make_released(*PEOPLE)
    actions.mark_printed(run, by=make_user(), at=NOON)

    actions.mark_mailed(run, on=date(2026, 3, 2), by=make_user(), at=NOON)

    assert set(Letter.objects.values_list("status", flat=True)) == {LetterStatus.MAILED}
    assert set(Notice.objects.values_list("status", flat=True)) == {NoticeStatus.SENT}
    with pytest.raises(IllegalMove):
        actions.mark_mailed(run, on=date(2026, 3, 2), by=make_user(), at=NOON)


def printed(*people):
    run = make_released(*people)
    actions.mark_printed(run, by=make_user(), at=NOON)
    return run


def posted(run, **more):
    actions.mark_mailed(run, on=date(2026, 3, 2), by=make_user(), at=NOON, **more)


def test_who_was_stopped_after_the_printing_and_is_in_the_post_counts_as_told():
    run = printed(*PEOPLE)
    first, second, _ = Notice.objects.order_by("pk")
    hold(first, "unsafe", "", at=NOON)
    exclude(second, "a double", by=make_user(), at=NOON)
    assert queries.stopped_since(run).count() == 2

    posted(run)

    assert set(Notice.objects.values_list("status", flat=True)) == {NoticeStatus.SENT}


def test_what_is_taken_out_of_the_stack_is_not_told_and_free_again():
    run = printed(*PEOPLE)
    entry = run.entries.get(sequence=2)
    hold(entry.letter.notice, "unsafe", "", at=NOON)

    posted(run, left_out=[2, 3])

    entry.letter.refresh_from_db()
    entry.letter.notice.refresh_from_db()
    assert entry.letter.status == LetterStatus.RENDERED
    assert entry.letter.notice.status == NoticeStatus.HELD
    assert Notice.objects.filter(status=NoticeStatus.SENT).count() == 1
    again = actions.freeze_run(run.incident, by=make_user(), at=NOON)
    assert [one.letter_id for one in again.entries.all()] == [run.entries.get(sequence=3).letter_id]


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2026, 3, 3)])
def test_a_run_is_not_posted_before_it_was_frozen_nor_in_days_to_come(on):
    run = printed()

    with pytest.raises(actions.WrongDay, match="from 02 March 2026"):
        actions.mark_mailed(run, on=on, by=make_user(), at=NOON)

    assert PrintRun.objects.get().status == Status.PRINTED


def test_a_number_that_is_not_in_the_run_cannot_be_taken_out():
    run = printed(*PEOPLE)

    with pytest.raises(actions.NotInRun, match="no letter 4 in this run; it has 3"):
        posted(run, left_out=[2, 4])

    assert PrintRun.objects.get().status == Status.PRINTED


def test_the_file_of_a_released_run_with_somebody_stopped_since_is_not_handed_out():
    run = make_released(*PEOPLE)
    hold(Notice.objects.first(), "unsafe", "", at=NOON)

    with pytest.raises(actions.Overtaken, match="1 of its people"):
        actions.open_file(run, by=make_user(), at=NOON)

    actions.mark_printed(run, by=make_user(), at=NOON)  # as it was taken before
    assert actions.open_file(run, by=make_user(), at=NOON)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("", []), ("3", [3]), ("3, 17-19", [3, 17, 18, 19]), ("4 - 5;", None), ("5-4", None),
     ("7 7,6", [6, 7]), ("x", None), ("0", None), ("1\u20132", [1, 2]), ("1-999999", None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, numbers):
    if numbers is None:
        with pytest.raises(rules.NoNumbers, match="no number of a letter"):
            rules.numbers_in(text)
    else:
        assert rules.numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([3], "3"), ([3, 4], "3-4"), ([1, 3, 17, 18, 19, 21], "1, 3, 17-19, 21")],
)
def test_numbers_are_written_as_they_are_read(numbers, text):
    assert rules.as_text(numbers) == text
    assert rules.numbers_in(text) == numbers


def test_as_many_numbers_as_a_run_can_lose_are_taken():
    every_second = range(1, 16_000, 2)
    form = MailedForm({"on": "2026-03-02", "left_out": rules.as_text(every_second)})

    assert form.is_valid()
    assert form.cleaned_data["left_out"] == list(every_second)


def test_a_run_is_cancelled_only_before_it_is_printed():
    run = make_released()
    actions.cancel_run(run, by=make_user(), at=NOON)
    again = actions.freeze_run(run.incident, by=make_user(), at=NOON)
    assert (again.number, again.letters) == (2, 1)

    actions.build_run(again, at=NOON)
    actions.release_run(again, by=make_user(), at=NOON)
    actions.mark_printed(again, by=make_user(), at=NOON)
    with pytest.raises(IllegalMove):
        actions.cancel_run(again, by=make_user(), at=NOON)


def test_another_worker_begins_anew_where_one_fell_silent(settings):
    run = make_frozen(*PEOPLE)
    PrintRun.objects.update(status=Status.BUILDING, claimed_at=NOON, done=2)
    later = NOON + timedelta(seconds=settings.LEASE_SECONDS + 1)
    assert not queries.to_build(at=NOON).exists()

    actions.build_run(queries.to_build(at=later).get(), at=later)

    assert PrintRun.objects.get(pk=run.pk).status == Status.BUILT


def test_a_letter_that_is_not_the_frozen_one_stops_the_run():
    run = make_frozen()
    RunEntry.objects.update(pdf_sha256="0" * 64)

    with pytest.raises(building.WrongLetter):
        actions.build_run(run, at=NOON)

    run.refresh_from_db()
    assert (run.status, run.trouble, run.pdf) == (Status.BUILDING, "wrong_letter", None)
    assert not queries.to_build(at=NOON + timedelta(days=1)).exists()
    actions.cancel_run(run, by=make_user(), at=NOON)


def test_a_full_disk_leaves_nothing_half_written(monkeypatch, settings):
    run = make_frozen()
    before = SealedFile.objects.count()
    sealed, calls = stream.sealed_chunks, []

    def full(*args):
        calls.append(args)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return sealed(*args)

    monkeypatch.setattr(stream, "sealed_chunks", full)
    with pytest.raises(OSError, match="No space"):
        actions.build_run(run, at=NOON)

    assert PrintRun.objects.get().trouble == "disk_full"
    assert SealedFile.objects.count() == before
    later = NOON + timedelta(seconds=settings.LEASE_SECONDS + 1)
    actions.build_run(queries.to_build(at=later).get(), at=later)
    assert (PrintRun.objects.get().status, PrintRun.objects.get().trouble) == (Status.BUILT, "")


def test_somebody_who_moved_after_their_letter_was_made_gets_another(settings):
    incident = make_rendered({"name": "Ada Doe"}, {"name": "Bo Roe"})
    run = actions.freeze_run(incident, by=make_user(), at=NOON)
    actions.build_run(run, at=NOON)
    moved, later = Notice.objects.first(), NOON + timedelta(hours=1)
    hold(moved, "no_address", "", at=later)
    choice = Choice(lines=("9 New Street", "Salem OR 97301"))
    resolve(moved, choice, by=make_user(), at=later)

    with pytest.raises(actions.Overtaken):
        actions.release_run(run, by=make_user(), at=later)
    actions.cancel_run(run, by=make_user(), at=later)
    assert actions.freeze_run(incident, by=make_user(), at=later).letters == 1
    assert order_letters(incident, by=make_user(), at=later) == 1
    render_all(at=later)

    last = actions.freeze_run(incident, by=make_user(), at=later)
    assert "9 New Street" in last.entries.get().letter.document["lines"]
