"""ZIP Codes that lost the zeros at their front: found in the register, and put right on a word."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from breaches.people.addresses import mended
from breaches.people.models import ContactKind, ContactPoint
from breaches.people.names import display_name
from breaches.people.sight import Sight

LISTED = 50
LOOKED_AT = 20_000  # contact points opened for one page: about a second
STEP = 1000


class Offer(NamedTuple):
    """An address whose ZIP Code lacks zeros, and the whole one."""

    row: ContactPoint
    name: str
    lines: Sequence[str]
    zip_code: str


class Found(NamedTuple):
    """Some offers; where to go on looking, if there is more to look at."""

    offers: list[Offer]
    after: UUID | None


def offers(sight: Sight, after: UUID | None = None) -> Found:
    """Return addresses whose ZIP Code lacks zeros, looking on from the contact point `after`."""
    rows = ContactPoint.objects.filter(kind=ContactKind.POST, valid_to=None).order_by("pk")
    rows = rows.filter(person__merged_into=None).select_related("person")
    found: list[Offer] = []
    for _ in range(LOOKED_AT // STEP):
        some = list((rows.filter(pk__gt=after) if after else rows)[:STEP])
        for row in some:
            after = row.pk
            if offer := offer_of(row, sight):
                found.append(offer)
                if len(found) == LISTED:
                    return Found(found, after)
        if len(some) < STEP:
            return Found(found, None)
    return Found(found, after)


def offer_of(row: ContactPoint, sight: Sight) -> Offer | None:
    """Return what is offered for one contact point, unless its reader may not see it."""
    said = row.document
    zip_code = said.get("offer", "")
    if not zip_code or not mended(said["lines"], zip_code):
        return None
    if row.is_impounded or sight.withholds(said["lines"], row.index):
        return None
    return Offer(row, display_name(row.person.document), said["lines"], zip_code)
