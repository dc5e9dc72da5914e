"""A register laid away as bytes, models as documents, and why a pair weighs what it does."""

import json

import numpy as np
import pytest

from breaches.matching.linkage import decoys, explaining, index, linking, model_document, storing
from breaches.matching.linkage.mapping import Mapping
from tests.matching.columns import leak_of, register

MAP = Mapping(
    id="id",
    given="given",
    family="family",
    birth_date=("born",),
    ids=("number",),
    attributes={"town": "fuzzy"},
    strata="country",
)


@pytest.fixture(scope="module")
def people():
    return register(1_500, seed=5)


@pytest.fixture(scope="module")
def leak(people):
    return leak_of(people, 500, seed=6)


@pytest.fixture(scope="module")
def found(people, leak):
    return linking.match(index.build([people], MAP), leak, MAP)


def test_a_stored_index_finds_what_a_fresh_one_finds(people, leak, found):
    stored = storing.loaded(storing.dumped(index.build([people], MAP)))
    again = linking.match(stored, leak, MAP)

    assert again.weight.tolist() == found.weight.tolist()
    assert stored.row_ids(again.others) == [people["id"][row] for row in found.others]


def test_an_index_built_in_pieces_is_the_same(people, leak, found):
    pieces = [{name: values[at : at + 400] for name, values in people.items()}
              for at in range(0, 1_500, 400)]  # fmt: skip
    again = linking.match(index.build(pieces, MAP), leak, MAP)

    assert np.allclose(again.weight, found.weight)


def test_an_index_runs_nothing_and_refuses_strange_bytes(people):
    blob = storing.dumped(index.build([people], MAP))

    assert b"pickle" not in blob
    with pytest.raises(storing.BadIndex, match="not an index"):
        storing.loaded(b"something else" * 10)
    with pytest.raises(storing.BadIndex, match="build it again"):
        storing.loaded(blob.replace(b'"preparation": "3', b'"preparation": "2', 1))


def test_a_model_comes_back_from_its_document_and_weighs_the_same(people, leak, found):
    text = model_document.to_json(found.model)
    model = model_document.from_json(text)
    again = linking.match(index.build([people], MAP), leak, MAP, model)

    assert model_document.to_json(model) == text
    assert json.loads(text)["levels"][3][6] == "day and month swapped"
    assert {*again.weight.tolist()} >= {*found.weight[found.posterior > 0.5].tolist()}
    with pytest.raises(model_document.BadModel):
        model_document.from_json(text.replace('"version":1', '"version":0'))


def test_one_row_is_looked_up_by_a_stored_model(people, leak, found):
    best = int(found.posterior.argmax())
    row = int(found.rows[best])
    one = {name: [values[row]] for name, values in leak.items()}
    looked_up = linking.match(index.build([people], MAP), one, MAP, found.model)

    assert found.others[best] in looked_up.others
    assert looked_up.posterior.max() > 0.99


def test_every_bit_of_a_pair_is_explained(found):
    for pair in range(0, len(found.rows), 50):
        said = explaining.explain(found, pair)
        bits = sum(line.bits + line.rarity for line in said.lines)

        assert said.prior + bits == pytest.approx(said.weight, abs=1e-4)
        assert [line.label for line in said.lines] == found.labels
        assert said.sentence.endswith(".")


def test_the_second_best_candidate_is_said_to_be_behind(people, leak):
    row = {name: [values[0]] for name, values in people.items()}
    twice = {name: [*values, values[0]] for name, values in people.items()}
    twice["id"][-1], twice["given"][-1], twice["number"][-1] = "other", "Zimzimzim", ""
    model = linking.match(index.build([people], MAP), leak, MAP).model
    result = linking.match(index.build([twice], MAP), row, MAP, model)

    best = int(result.posterior.argmax())
    said = explaining.explain(result, best)
    assert said.ahead is not None
    assert said.ahead > 10
    assert "next best candidate" in said.sentence


def test_people_who_do_not_exist_are_hardly_ever_linked(people, leak, found):
    stored = index.build([people], MAP)
    for make, most in ((decoys.namesakes, 0.005), (decoys.twins, 0.02)):
        rows = make(leak, MAP, 3)

        assert len(rows[1]) > 300
        assert decoys.falsely_linked(stored, rows, MAP, found.model) <= most
