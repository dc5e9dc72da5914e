"""The leaked rows find the people they speak of; reviewers decide the rest, and it stays."""

import pytest

from breaches.leaks import actions as leaks
from breaches.leaks.models import SourceRow
from breaches.matching import actions, matching_run, queries
from breaches.matching.actions import running
from breaches.matching.models import AffectedPerson, Candidate, CandidateStatus, MatchRun
from breaches.people import actions as people
from breaches.people.models import Person
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db

LEAK = "Last Name,First Name,DOB,A-Number,Nationality,Fear Result\n"
REGISTER = "client_id,given_names,family_names,a_number,birth_date,language\n"


def leaked(text, incident=None, **facts):
    incident = incident or make_incident(**facts)
    file = leaks.receive_file(
        incident, make_upload((LEAK + text).encode()), handed_over_by="IT", by=make_user(), at=NOON
    )
    leaks.inspect_file(file, at=NOON)
    columns = {column.key: column.element for column in file.columns.all()}
    orders = {column.key: "month_first" for column in file.columns.all() if column.is_undecided}
    leaks.confirm_mapping(file, columns, by=make_user(), at=NOON, orders=orders)
    leaks.store_rows(file, at=NOON)
    return incident


def registered(text):
    order = people.receive_register(
        make_upload((REGISTER + text).encode()), handed_over_by="A", by=make_user(), at=NOON
    )
    people.import_register(order, at=NOON)
    if order.may_become("ACCEPTED"):  # not the first file of the register
        people.accept_import(order, by=make_user(), at=NOON)
        people.apply_import(order, at=NOON)


def matched(incident):
    run = actions.start_match(incident, by=make_user(), at=NOON)
    actions.match(run, at=NOON)
    return incident


def test_an_identifier_with_a_fitting_name_confirms_by_itself():
    registered("C1,Ada,Doe,A012345678,1990-01-02,es\n")
    incident = matched(leaked("Doe,Ada,01/03/1990,012-345-678,Cuba,positive\n"))

    one = queries.affected(incident).get()
    assert one.document["name"] == "Ada Doe"
    assert "fear_result" in one.elements
    assert "nationality" in one.elements
    assert Candidate.objects.get().rule == "identifier"


def test_only_what_leaked_about_this_person_is_listed():
    registered("C1,Ada,Doe,A012345678,1990-01-02,es\n")
    incident = matched(leaked("Doe,Ada,,A012345678,,\nRoe,Bo,1991-01-01,A000000009,Peru,x\n"))

    one = queries.affected(incident).get()
    assert one.elements == ["a_number", "family_name", "given_name"]


def test_a_conflict_goes_to_review():
    registered("C1,Ada,Doe,A012345678,1990-01-02,es\n")
    incident = matched(leaked("Smith,Peter,1971-12-12,A012345678,,\n"))

    assert queries.review_queue(incident).get().rule == "identifier_conflict"
    assert not queries.affected(incident).exists()


def test_two_people_with_one_number_go_to_review():
    registered("C1,Ada,Doe,A012345678,1990-01-02,\nC2,Ada,Doe,A012345678,1990-01-02,\n")
    incident = matched(leaked("Doe,Ada,1990-01-02,A012345678,,\n"))

    assert queries.review_queue(incident).count() == 2


def test_a_name_and_a_date_wait_for_a_reviewer_whose_word_stays():
    registered("C1,Ada,Doe,,1990-01-02,es\n")
    incident = matched(leaked("Doe,Ada,1990-01-02,,,\n"))
    candidate = queries.review_queue(incident).get()

    actions.judge(candidate, CandidateStatus.CONFIRMED, "called her", by=make_user(), at=NOON)
    matched(incident)

    assert queries.affected(incident).count() == 1
    assert Candidate.objects.get().is_judged


def test_undo_withdraws_whoever_no_row_speaks_of():
    registered("C1,Ada,Doe,A012345678,1990-01-02,es\n")
    incident = matched(leaked("Doe,Ada,1990-01-02,A012345678,,\n"))

    actions.undo(Candidate.objects.get(), by=make_user(), at=NOON)

    assert not queries.affected(incident).exists()
    assert AffectedPerson.objects.get().withdrawn_at == NOON


def test_whoever_was_unsure_is_not_the_second_reviewer():
    registered("C1,Ada,Doe,,1990-01-02,es\n")
    candidate = queries.review_queue(matched(leaked("Doe,Ada,1990-01-02,,,\n"))).get()
    first, second = make_user(), make_user()
    actions.judge(candidate, CandidateStatus.UNSURE, "", by=first, at=NOON)

    with pytest.raises(actions.NeedsSecondReviewer):
        actions.judge(candidate, CandidateStatus.CONFIRMED, "", by=first, at=NOON)
    actions.judge(candidate, CandidateStatus.CONFIRMED, "", by=second, at=NOON)

    assert candidate.status == CandidateStatus.CONFIRMED


def test_whom_a_mistake_would_hurt_most_comes_first_and_needs_two_reviewers():
    registered("C1,Ada,Doe,,1990-01-02,\nC2,Bo,Roe,,1985-05-06,\n")
    rows = "Doe,Ada,1990-01-02,,,\nRoe,Bo,1985-05-07,,,afraid\n"
    first, second = queries.review_queue(matched(leaked(rows)))

    assert (first.rule, first.reviewers_needed) == ("name_near_birth_date", 2)
    assert (second.rule, second.reviewers_needed) == ("name_and_birth_date", 1)
    assert first.strength < second.strength


def test_one_row_is_never_two_people():
    registered("C1,Ada,Doe,,1990-01-02,\nC2,Ada,Doe,,1990-01-02,\n")
    incident = matched(leaked("Doe,Ada,1990-01-02,,,\n"))
    one, other = queries.review_queue(incident)
    actions.judge(one, CandidateStatus.CONFIRMED, "", by=make_user(), at=NOON)

    with pytest.raises(actions.RowTaken):
        actions.judge(other, CandidateStatus.CONFIRMED, "", by=make_user(), at=NOON)


def test_without_a_register_the_rows_themselves_become_people_once_each():
    rows = "Doe,Ada,1990-01-02,A012345678,,\nDoe,Adah,1990-01-02,A-012-345-678,,x\n"
    incident = matched(leaked(rows + "Roe,Bo,1991-02-03,A000000009,,\n"))

    assert queries.affected(incident).count() == 2
    matched(incident)
    assert AffectedPerson.objects.count() == 2
    assert not Person.objects.exists()


def test_a_killed_run_goes_on_where_it_was(monkeypatch, settings):
    monkeypatch.setattr(matching_run, "PIECE", 10)
    crowd = [(n, f"{chr(96 + n)}ar{chr(96 + n)}") for n in range(1, 26)]
    registered("".join(f"C{n},Ada,D{name},A{n:09},1990-01-02,\n" for n, name in crowd))
    incident = leaked("".join(f"D{name},Ada,1990-01-02,A{n:09},,\n" for n, name in crowd))
    run = actions.start_match(incident, by=make_user(), at=NOON)
    monkeypatch.setattr(running, "match_to_register", half(running.match_to_register))
    with pytest.raises(KeyboardInterrupt):
        actions.match(run, at=NOON)
    monkeypatch.setattr(running, "match_to_register", matching_run.match_to_register)
    settings.LEASE_SECONDS = -60

    actions.match(MatchRun.objects.get(), at=NOON)

    assert SourceRow.objects.count() == queries.affected(incident).count() == 25
    assert Candidate.objects.filter(status=CandidateStatus.CONFIRMED).count() == 25


def half(work):
    """Return `work`, killed after its first piece."""

    def killed(lease, *args):
        keep = lease.keep

        def keep_once(**progress):
            if progress.get("done", 0) > 10:
                raise KeyboardInterrupt
            keep(**progress)

        lease.keep = keep_once
        work(lease, *args)

    return killed
