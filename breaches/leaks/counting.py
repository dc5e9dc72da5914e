"""How many people the rows of a file are about."""

from itertools import islice

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from breaches.leaks.identities import NUMBERS, RULES
from breaches.leaks.models import SourceFile, SourceRow

PIECE = 5000


def unite(file: SourceFile) -> None:
    """Give rows with a name and birth date, but no number, the identity of their number elsewhere.

    Safe to repeat. Where a name and birth date stand beside two numbers, the first is taken:
    the row is counted once, and who is meant is settled by matching.
    """
    rows = SourceRow.objects.filter(source_file=file).exclude(name_key="")
    bare, numbered = rows.filter(identity__startswith="d"), rows.filter(_numbered())
    if not (bare.exists() and numbered.exists()):  # in most lists every row has a number
        return
    known = _numbers_beside(bare, numbered)
    found = bare.only("pk", "name_key", "identity").iterator(chunk_size=PIECE)
    while piece := list(islice(found, PIECE)):
        shared = [row for row in piece if row.name_key in known]
        for row in shared:
            row.identity = known[row.name_key]
        SourceRow.objects.bulk_update(shared, ["identity"], batch_size=500)


def _numbers_beside(bare: QuerySet[SourceRow], numbered: QuerySet[SourceRow]) -> dict[str, str]:
    # Two passes, not a join in the database: PostgreSQL knows nothing yet of rows this new, and
    # joined them pair by pair (minutes for 33,345 rows).
    wanted = set(bare.values_list("name_key", flat=True).iterator())
    known: dict[str, str] = {}
    for name, identity in numbered.values_list("name_key", "identity").iterator():
        if name in wanted:
            known[name] = min(identity, known.get(name, identity))
    return known


def people_by_rule(file: SourceFile) -> dict[str, int]:
    """Return how many distinct people each rule finds in a file, the surest rule first."""
    return distinct(SourceRow.objects.filter(source_file=file))


def distinct(rows: QuerySet[SourceRow]) -> dict[str, int]:
    """Return how many distinct people each rule finds among some rows."""
    named = rows.exclude(identity="").order_by().values_list(Substr("identity", 1, 1))
    counted = dict(named.annotate(people=Count("identity", distinct=True)))
    return {rule: counted[rule] for rule in RULES if rule in counted}


def _numbered() -> Q:
    found = Q()
    for rule in NUMBERS:
        found |= Q(identity__startswith=rule)
    return found
