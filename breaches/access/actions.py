"""Giving and taking roles; one-time links. Whoever is no newcomer is let in by two people."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.access import queries
from breaches.access.models import EntryLink, RoleHolder
from breaches.access.rules import ADMINISTRATOR, ROLES
from breaches.access.sessions import end_sessions_of
from breaches.audit import log
from breaches.errors import Refused

LINK_LIFE = timedelta(hours=24)
LATELY = timedelta(hours=24)


class UnknownRole(Refused):
    """There is no such role."""


class AlreadyStaff(Refused):
    """The address has an account."""


class LinkSpent(Refused):
    """The link was used, or its time is over."""


class OwnFactors(Refused):
    """Nobody takes their own second factor away by the back door."""


class OwnRole(Refused):
    """Nobody gives themselves a role."""


class NeedsAnother(Refused):
    """Whoever opened an account to a link is not the one who makes it."""


class LastAdministrator(Refused):
    """Nobody could let anybody in any more."""


@transaction.atomic
def add_staff(email: str, roles: Iterable[str], *, by: User | None, at: datetime) -> User:
    """Make an account without a password, with its roles; hand its owner an entry link.

    Raises AlreadyStaff, UnknownRole.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(username=email.lower(), email=email.lower())
    except IntegrityError as taken:
        raise AlreadyStaff("This address has an account already.") from taken
    given = list(dict.fromkeys(roles))
    _check(given)
    RoleHolder.objects.bulk_create(RoleHolder(user=user, role=role, given_at=at) for role in given)
    log.record(user, "staff.added", by=by, at=at, roles=given)
    return user


@transaction.atomic
def give_role(user: User, role: str, *, by: User | None, at: datetime) -> None:
    """Give `user` a role. Safe to repeat. Raises UnknownRole, OwnRole."""
    _check([role])
    if user == by:
        raise OwnRole("Nobody gives themselves a role: ask another administrator for it.")
    _hold(user)
    _, is_new = RoleHolder.objects.get_or_create(user=user, role=role, defaults={"given_at": at})
    if is_new:
        log.record(user, "role.given", by=by, at=at, role=role)
        if not queries.is_newcomer(user) and not queries.has_factor(user):
            _end_links(user, at)  # else a link made before would carry what is given only now


@transaction.atomic
def take_role(user: User, role: str, *, by: User, at: datetime) -> None:
    """Take a role from `user`; their next request is judged without it.

    With the last one a colleague's sessions end. Raises LastAdministrator.
    """
    others = RoleHolder.objects.filter(role=ADMINISTRATOR, user__is_active=True).exclude(user=user)
    if role == ADMINISTRATOR and not others.exists():
        raise LastAdministrator("Somebody must be able to let people in.")
    if RoleHolder.objects.filter(user=user, role=role).delete()[0]:
        log.record(user, "role.taken", by=by, at=at, role=role)
        # Their own goes on: the request that asks for this could not end in order without it.
        if user != by and not RoleHolder.objects.filter(user=user).exists():
            end_sessions_of(user, at=at)


@transaction.atomic
def make_entry_link(user: User, *, by: User | None, at: datetime) -> str:
    """Return the token (256 bits) of a link that signs `user` in once, within 24 hours.

    Raises NeedsAnother.
    """
    _hold(user)
    if by and str(by.pk) in queries.openers_of(user, since=at - LATELY):
        raise NeedsAnother(
            "Whoever had their second factors forgotten, or has just given them a role, does not "
            f"make their link, too. It is made by: {queries.who_else(user, by)}."
        )
    token = secrets.token_urlsafe(32)
    link = EntryLink.objects.create(user=user, token_sha256=_hash(token), expires_at=at + LINK_LIFE)
    log.record(link, "entry_link.made", by=by, at=at, user=user.pk)
    return token


@transaction.atomic
def forget_second_factors(user: User, *, by: User | None, at: datetime) -> int:
    """Take codes and passkeys from `user`, who must set up new ones; return how many.

    Their password, sessions and unspent links end with them: whoever knows or holds one of these
    could come in before them. Raises OwnFactors.
    """
    if user == by:
        raise OwnFactors("Change your own on your Account page, or ask another administrator.")
    _hold(user)
    count = int(Authenticator.objects.filter(user=user).delete()[0])
    if count:
        log.record(user, "second_factors.forgotten", by=by, at=at, count=count)
        user.set_unusable_password()
        user.save(update_fields=["password"])
        _end_links(user, at)
        end_sessions_of(user, at=at)
    return count


def enter(token: str, *, at: datetime) -> User:
    """Spend a one-time link and return whom it signs in.

    Raises LinkSpent, with one text whatever the reason.
    """
    links = EntryLink.objects.filter(token_sha256=_hash(token))
    with transaction.atomic():
        unspent = links.filter(used_at=None, expires_at__gt=at, user__is_active=True)
        if unspent.update(used_at=at):
            link = links.select_related("user").get()
            log.record(link, "entry_link.used", by=link.user, at=at)
            return link.user
    known = links.first()  # or it was guessed
    log.note("login.failed", by=None, at=at, step="link", entry_link=known.pk if known else None)
    raise LinkSpent("This link was used already or is too old. Ask for a new one.")


def _hold(user: User) -> None:
    # A link that is made while the factors are forgotten would outlive them.
    User.objects.select_for_update().get(pk=user.pk)


def _end_links(user: User, at: datetime) -> None:
    EntryLink.objects.filter(user=user, used_at=None, expires_at__gt=at).update(expires_at=at)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _check(roles: Iterable[str]) -> None:
    for role in roles:
        if role not in ROLES:
            raise UnknownRole(f"There is no role “{role}”.")
