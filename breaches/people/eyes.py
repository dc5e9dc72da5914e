"""Gives each request the eyes of its reader: pages upstream show through them and ask nothing."""

from collections.abc import Callable, Sequence
from functools import cached_property

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse

from breaches.access.gate import may
from breaches.people.impounded import Impounded
from breaches.people.models import ContactPoint


class Eyes:
    """What one reader may see; looked up when the first text is shown."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    def shut(self, texts: Sequence[str], /) -> set[int]:
        """Return the numbers of the texts that tell an address the reader may not see."""
        return self._impounded.shut(texts)

    @cached_property
    def _impounded(self) -> Impounded:
        if may(self.user, "address.view_impounded"):
            return Impounded([])
        shut = ContactPoint.objects.filter(is_impounded=True).order_by("pk")  # ended ones too
        return Impounded(row.document for row in shut)


class GiveEyes:
    """Put `sight` on each request, as what its reader may see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.sight = Eyes(request.user)  # type: ignore[attr-defined]  # StaffRequest names it
        return self.get_response(request)
