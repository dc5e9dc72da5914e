"""A worker killed while it makes letters: one letter a person, and none lost."""

import pytest

from breaches.audit.models import AuditEvent
from breaches.vault import files
from breaches.vault.models import SealedFile
from notifications.letters import tasks
from notifications.letters.models import Letter, Status
from notifications.printing import actions
from notifications.printing.rules import CONTROL_PAGES
from tests.factories import NOON, make_user
from tests.letters.makers import make_letters

PEOPLE = 40


def made():
    return Letter.objects.filter(status=Status.RENDERED).count()


@pytest.mark.parametrize("kills", [2])
def test_killed_again_and_again_it_makes_each_letter_once(worker, kills):
    worker.kill()
    incident = make_letters(*[{"name": f"Ada Doe {number}"} for number in range(PEOPLE)])
    worker.start(LEASE_SECONDS="1")

    def more_than(count):
        tasks.sweep_letters.delay()  # what the beat does every few seconds
        return made() >= count

    for kill in range(kills):
        worker.wait_until(lambda: more_than(10 * (kill + 1)), seconds=120)  # noqa: B023
        worker.kill()
        worker.start(LEASE_SECONDS="1")
    worker.wait_until(lambda: more_than(PEOPLE), seconds=180)

    letters = Letter.objects.filter(incident=incident)
    assert letters.values("notice").distinct().count() == letters.count() == PEOPLE
    assert AuditEvent.objects.filter(event="letter.rendered").count() == PEOPLE
    for letter in letters.select_related("pdf"):
        assert len(files.read(letter.pdf)) == letter.pdf.size
    assert SealedFile.objects.count() == PEOPLE
    run = actions.freeze_run(incident, by=make_user(), at=NOON)
    actions.build_run(run, at=NOON)
    last = run.entries.get(sequence=PEOPLE)
    assert run.entries.get(sequence=1).first_page == CONTROL_PAGES + 1
    assert last.first_page + last.page_count - 1 == run.pages
