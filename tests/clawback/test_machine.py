"""The table of steps alone: closed states, dead ends, replay."""

import pytest

from breaches.clawback import clocks, machine
from breaches.clawback.states import CLOSED, State, proof_level


def test_every_step_into_a_closed_state_brings_a_document_or_a_declaration():
    closing = {code for code, step in machine.STEPS.items() if step.targets & CLOSED}

    by_hand = {code for code in closing if code in machine.BY_HAND}
    assert closing - by_hand == {"declared"}
    for code in by_hand - {"accepted"}:  # the statement itself is the document
        assert "evidence" in machine.STEPS[code].asks


def test_no_clock_closes_a_case():
    assert not any(step.targets & CLOSED for step in machine.BY_CLOCK.values())


def test_what_cannot_be_got_back_is_said_by_two_people():
    for code, step in machine.STEPS.items():
        if step.targets & {State.CLOSED_IMPOSSIBLE, State.CLOSED_NO_COPY}:
            assert step.two_people, code


def test_no_state_is_a_dead_end():
    for state, following in machine.moves().items():
        assert following - {state}, state


def test_a_closed_case_can_only_be_proven_further_or_reopened():
    table = machine.moves()
    for state in CLOSED:
        assert table[state] <= {state, State.REOPENED, State.CLOSED_VERIFIED}


@pytest.mark.parametrize("code", clocks.CLOCKS)
def test_what_a_clock_does_is_possible_wherever_it_runs(code):
    clock = clocks.CLOCKS[code]
    sources = machine.STEPS[clock.fires].sources
    assert clock.runs_in - {State.ORDER_STAYED} <= sources


def test_every_clock_that_is_set_is_known_and_runs_where_it_is_set():
    named = {code for codes in [*clocks.AFTER.values(), *clocks.AFTER_ANSWER.values()]
             for code in codes}  # fmt: skip
    assert named <= set(clocks.CLOCKS)
    for event, codes in clocks.AFTER.items():
        for code in codes:
            assert clocks.CLOCKS[code].runs_in & (
                machine.STEPS[event].targets or machine.STEPS[event].sources
            ), (event, code)


def test_a_story_is_replayed():
    story = [
        ("opened", "DRAFT", "DRAFT"),
        ("classified", "DRAFT", "READY"),
        ("demand_sent", "READY", "SENT"),
    ]
    assert machine.replay(story) == State.SENT


@pytest.mark.parametrize(
    "story",
    [
        [("demand_sent", "READY", "SENT")],
        [("opened", "DRAFT", "DRAFT"), ("classified", "DRAFT", "SENT")],
        [("opened", "DRAFT", "DRAFT"), ("accepted", "EVIDENCE_REVIEW", "CLOSED_ATTESTED")],
    ],
)
def test_a_story_that_cannot_be_is_refused(story):
    with pytest.raises(machine.NotReplayable):
        machine.replay(story)


def test_the_levels_of_proof():
    assert proof_level("CLAIMED") == 1
    assert proof_level("CLOSED_ATTESTED") == 2
    assert proof_level("CLOSED_VERIFIED") == 3
    assert proof_level("CLOSED_ORDERED") == 4
    assert proof_level("CLOSED_IMPOSSIBLE") == proof_level("SENT") == 0
