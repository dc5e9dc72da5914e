"""Whom a wrong match would hurt most, so that they come first and are looked at twice. Pure."""

from datetime import date

from breaches.people import dates

PROTECTION = ("fear_screening", "fear_result")


def harm(values: dict[str, str], on: date) -> int:
    """Return how many of these a leaked row says: detained, under 18, claims protection."""
    born = dates.parse(values.get("birth_date", ""))
    is_minor = bool(values.get("guardian_name")) or dates.is_minor(born, on)
    claims = any(values.get(element) for element in PROTECTION)
    return bool(values.get("detention_facility")) + is_minor + claims
