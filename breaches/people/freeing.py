"""Whether undoing a change would set an impounded address free."""

from django.core import serializers

from breaches.people.models import ContactPoint, PersonChange


def frees(change: PersonChange) -> bool:
    """Say whether an address that is impounded after a change was not so before it."""
    document = change.document
    return not _impounded(document["now"]) <= _impounded(document["rows"])


def _impounded(image: str) -> set[tuple[str, str, tuple[str, ...]]]:
    """Return what in an image is impounded, and where it leads: another address is not it."""
    rows = (one.object for one in serializers.deserialize("json", image))
    shut = (row for row in rows if isinstance(row, ContactPoint) and row.is_impounded)
    return {(str(row.pk), row.index, tuple(row.document["lines"])) for row in shut}
