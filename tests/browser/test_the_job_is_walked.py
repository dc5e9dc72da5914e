"""The whole job in real pages, by people of one role each, with a real worker."""

from pathlib import Path

import pytest

from breaches.access.rules import ROLES
from notifications.demo.access_log import OWN
from notifications.demo.crowd import SNAPSHOT
from notifications.demo.material import make
from tests.browser.office import Office

ROWS, SEED = 14, 5
WHO = "203.0.113.10"
DOORS = {
    "intake": {"Register", "Files"},
    "analyst": {"Files", "Downloads", "Recipients"},
    "matcher": {"Register", "Files", "People"},
    "caseworker": {
        *("Register", "Wording", "Files", "People", "Downloads", "Recipients"),
        *("Letters", "Print runs"),
    },
    "approver": {"Wording", "People", "Downloads", "Recipients", "Letters", "Print runs"},
    "printer": {"Wording", "Print runs"},
    "auditor": {"System log", "Audit log"},
    "administrator": {"Staff"},
}
ADDRESS = "https://agency.example.org/files/detention-statistics/roster.xlsx"


@pytest.fixture
def office(worker, browser, live_server):
    office = Office(browser, live_server.url)
    office.hire()
    yield office
    office.close()


def test_the_job_is_done_by_people_of_one_role_each(office):
    material = make(ROWS, SEED)

    intake_opens_the_incident(office, material)
    intake_hands_in_the_files(office, material)
    matcher_says_who_is_who(office)
    analyst_reads_the_log(office, material)
    analyst_and_approver_demand_deletion(office)
    caseworker_and_approver_agree_on_the_wording(office)
    caseworker_orders_the_letters(office)
    printer_and_approver_print(office)
    auditor_reads_what_was_done(office)
    administrator_meets_nobody(office, material)
    everybody_finds_only_their_own_doors(office)
    assert not [complaint for one in office.people.values() for complaint in one.complaints]


def intake_opens_the_incident(office, material):
    intake = office.intake
    intake.opens("/")
    intake.follows("Open an incident").looks()
    intake.types(reference="2022-11-A", name="Spreadsheet on the public site")
    intake.types(holder="Example Agency", snapshot_on=str(SNAPSHOT))
    intake.types(contact_name="Notice Help Desk", contact_phone="1-800-555-0142")
    intake.types(contact_address="PO Box 100, Springfield IL 62701").presses("Open the incident")
    intake.follows("Add a place").chooses(kind="web address").types(locator=ADDRESS)
    intake.types(file_size=str(len(material.workbook)), opened_at="2022-11-28T14:45")
    intake.types(closed_at="2022-11-28T19:45").presses("Save")
    intake.follows("Add a statement").types(said_on="2022-11-28", source="press office")
    intake.types(text="It was downloaded six times.").presses("Save").looks()
    intake.follows("Team")
    for role in ROLES:
        if role != "intake":
            intake.chooses(user=office.people[role].email).presses("Add to the team")
    intake.looks()


def intake_hands_in_the_files(office, material):
    intake = office.at("intake", "Files", "Take in a file")
    intake.types(handed_over_by="web team").hands_in("file", "roster.xlsx", material.workbook)
    intake.presses("Take in").waits_for("Name its columns").follows("Name its columns").looks()
    intake.presses("Seal the rows").waits_for("rows that name nobody").looks()
    intake.follows("Register", "Take in a register")
    intake.types(handed_over_by="legal aid").hands_in("file", "register.csv", material.register)
    intake.presses("Take in").waits_for("What its columns hold", without="Look again").looks()
    intake.follows("Register").looks()


def matcher_says_who_is_who(office):
    matcher = office.at("matcher", "People")
    matcher.presses("Match the rows").waits_for("By which rule", without="Look again").looks()
    matcher.follows("Review").looks()
    for key in "jkmznzuz":
        matcher.strikes(key)
    while not matcher.reads("Nothing waits for a reviewer"):
        matcher.strikes("m" if matcher.reads("birth date") else "n")
    matcher.looks().follows("Show the people")
    matcher.page.locator("tbody th a").last.click()
    matcher.page.get_by_role("heading", name="From the rows to this person").wait_for()
    matcher.looks()


def analyst_reads_the_log(office, material):
    analyst = office.at("analyst", "Downloads", "Import a log").looks()
    analyst.types(handed_over_by="web team", own=OWN).hands_in("log", "access.log.gz", material.log)
    analyst.presses("Import the log").waits_for("How often", without="Look again").looks()
    analyst.page.locator(".figures a").first.click()
    analyst.page.wait_for_url("**/lines/**")
    analyst.looks()


def analyst_and_approver_demand_deletion(office):
    office.ring("breaches.recipients.tasks.sweep_recipients")
    analyst = office.at("analyst", "Recipients").waits_for(WHO).looks().follows(WHO)
    office.ring("breaches.clawback.tasks.sweep_cases")
    analyst.waits_for("What comes next", without="is being opened").follows("say whether writing")
    analyst.page.locator("[name=risk][value=none]").check()
    analyst.types(why="A commercial carrier.").presses("Save the answer").follows("Write down more")
    analyst.types(addressee="Legal Department", lines="Example Carrier\n1 Main Street\nSalem OR")
    analyst.presses("Add the contact").presses("I have checked that it is theirs").looks()
    analyst.follows("Write a letter").page.locator("[name=contact]").select_option(index=1)
    analyst.presses("Draft it").looks()
    assert "Approve" not in analyst.buttons
    office.at("approver", "Recipients", WHO, "preserve and forward").presses("Approve")
    analyst.page.reload()
    analyst.types(sent_on="2023-01-02", due_on="2023-01-16").presses("Record as sent")
    analyst.types(received_on="2023-01-10").hands_in("document", "answer.txt", b"We deleted it.")
    analyst.presses("Record the answer").waits_for("kept as evidence").looks()


def caseworker_and_approver_agree_on_the_wording(office):
    caseworker, approver = office.caseworker, office.approver
    caseworker.opens("/wording/")
    caseworker.presses("Bring the starter texts in").follows("English", "Write a new version")
    caseworker.types(subject="Your data was in a file that was posted")
    caseworker.presses("Look at it first").looks().presses("Hand it in for approval").looks()
    assert "Approve this text" not in caseworker.buttons
    approver.opens("/wording/")
    while approver.reads("waits for approval"):
        row = approver.page.locator("tr", has=approver.page.locator(".status.in_review"))
        row.locator("a").first.click()
        approver.presses("Approve this text").follows("Wording")
    approver.looks()


def caseworker_orders_the_letters(office):
    caseworker = office.at("caseworker", "Letters", "See the notices")
    caseworker.presses("Route a notice").waits_for("Routed last").follows("See who is held").looks()
    caseworker.page.locator("tbody th a[href*=notices]").last.click()
    caseworker.page.get_by_role("heading", name="No notice").wait_for()
    caseworker.looks().types(reason="told in person").presses("Exclude").follows("Letters")
    caseworker.presses("Order").waits_for("Each letter", without="Making letters").looks()
    caseworker.page.locator("tbody th a").first.click()
    picture = caseworker.page.locator("img.page")
    picture.wait_for()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    caseworker.looks()


def printer_and_approver_print(office):
    printer = (
        office.at("printer", "Print runs").presses("Freeze").waits_for("waits for release").looks()
    )
    assert "Release for printing" not in printer.buttons
    approver = office.at("approver", "Print runs", "Run 1").presses("Release for printing").looks()
    assert "It is printed" not in approver.buttons
    printer.page.reload()
    with printer.page.expect_download() as started:
        printer.page.get_by_text("File for the printer").click()
    assert Path(started.value.path()).read_bytes().startswith(b"%PDF-")
    printer.presses("It is printed").looks().presses("The run is with the post")
    assert printer.reads("Recorded as mailed")
    caseworker = office.at("caseworker").looks()
    assert caseworker.reads(r"affected = [1-9]\d* sent \+ 1 excluded")


def auditor_reads_what_was_done(office):
    auditor = office.at("auditor", "Audit log").looks()
    auditor.chooses(event="printrun.mailed").presses("Show")
    assert "printer@example.org" in auditor.page.locator("tbody tr").inner_text()
    auditor.follows("Show all", "Check that nothing was changed")
    assert auditor.reads("Whole")
    auditor.opens("/")
    auditor.follows("System log").looks()
    assert auditor.reads("register.received")


def administrator_meets_nobody(office, material):
    administrator = office.at("administrator").looks()
    names = {
        name
        for line in material.register.decode().splitlines()[1:]
        for name in line.split(",")[1:3]
    }
    seen = administrator.page.content()
    administrator.opens("/staff/")
    seen += administrator.looks().page.content()
    assert not [name for name in names if name and name in seen]


def everybody_finds_only_their_own_doors(office):
    for role, doors in DOORS.items():
        assert office.at(role).doors == doors | {"Incidents", "Incident"}, role
