"""Every status table is complete: no dead ends by accident, no unknown names."""

from itertools import product

import pytest
from django.apps import apps

from breaches.audit.lifecycle import IllegalMove, Lifecycle

MODELS = [model for model in apps.get_models() if issubclass(model, Lifecycle)]
every_table = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@every_table
def test_the_table_is_closed_and_every_status_can_be_reached(model):
    start, *_ = model.MOVES
    reached, todo = set(), [start]
    while todo:
        status = todo.pop()
        reached.add(status)
        todo += set(model.MOVES[status]) - reached
    assert reached == set(model.MOVES)


@every_table
def test_the_table_speaks_of_every_status_there_is(model):
    assert set(model.MOVES) == set(dict(model._meta.get_field("status").choices))


@every_table
def test_every_move_outside_the_table_is_refused(model):
    for was, to in product(model.MOVES, repeat=2):
        row = model(status=was)
        if to not in model.MOVES[was]:
            with pytest.raises(IllegalMove):
                row.check_move(to)
