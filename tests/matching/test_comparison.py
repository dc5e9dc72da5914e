"""What a reviewer sees side by side."""

from breaches.matching.comparison import marked, side_by_side

FACTS = {"native": "", "birth_date": "1990-01-02", "nationality": "CU", "sex": "F", "language": ""}


def lines(values, **facts):
    found = side_by_side(values, "Ada Doe", {**FACTS, **facts}, {"a_number": "A012345678"})
    return {line.label: line for line in found}


def test_only_what_differs_is_marked():
    left, right = marked("Adah Doe", "Ada Doe")

    assert [piece for piece in left if piece.differs] == [("h", True)]
    assert "".join(piece.text for piece in right) == "Ada Doe"
    assert not any(piece.differs for piece in right)


def test_a_number_with_one_slip_is_said_to_be_one():
    assert lines({"a_number": "A012345687"})["A-number"].verdict == "near"
    assert lines({"a_number": "012-345-678"})["A-number"].verdict == "same"
    assert lines({"a_number": "A000000001"})["A-number"].verdict == "different"


def test_a_date_keeps_the_way_it_was_written():
    line = lines({"birth_date": "01/02/1990"})["Birth date"]

    assert line.verdict == "same"
    assert line.note == "written 01/02/1990"


def test_a_field_on_one_side_is_no_contradiction_and_one_on_neither_is_not_shown():
    found = lines({"family_name": "Doe"})

    assert found["Sex"].verdict == "missing"
    assert "Language" not in found
