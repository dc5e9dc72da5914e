"""Who is behind a request: one of ours, a robot, a monitor, or nobody we know. Pure.

Classes say what is subtracted from a count, and why; nothing is ever deleted for its class.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from breaches.downloads.addresses import Network, inside

CLASSES = {
    "unknown": "not recognised",
    "own": "our own check",
    "monitor": "a monitoring service",
    "bot": "a robot",
}
# curl, wget and headless browsers are driven by somebody: such a copy is never set aside.
DRIVEN = {"http-library", "browser-automation"}
LONGEST_AGENT = 512
PER_STEP = 25
UNAUTHORIZED = 401
Step = tuple[re.Pattern[str], Sequence[dict[str, Any]]]


class Class(NamedTuple):
    """A key into CLASSES and the reason in words."""

    code: str
    reason: str
    is_named: bool = False  # by a person here, and so not to be doubted


class KnownNetwork(NamedTuple):
    """A network that a person named, and what it is."""

    network: Network
    code: str


def user_of(user: str, status: int | None) -> str:
    """Return who had signed in, "" if nobody; with 401 the name is only what somebody typed."""
    return "" if status == UNAUTHORIZED or not user.strip('- "') else user


def classify(address: str, agent: str, known: Sequence[KnownNetwork]) -> Class:
    """Return the class of a client; what a person said of its network comes first."""
    for row in known:
        if inside(address, row.network):
            reason = "its address is in a network that was named here"
            return Class(row.code, reason, is_named=True)
    return by_agent(agent[:LONGEST_AGENT])


@lru_cache(maxsize=4096)
def by_agent(agent: str) -> Class:
    """Return the class that a User-Agent claims for itself (crawler-user-agents, MIT)."""
    claims = _claims(agent)
    undriven = [tags for tags in claims if not tags or not set(tags) <= DRIVEN]
    if any("monitoring" in tags for tags in undriven):
        return Class("monitor", "its User-Agent says monitoring")
    if undriven:
        return Class("bot", f"its User-Agent says {next(iter(undriven[0]), 'crawler')}")
    if claims:
        return Class("unknown", f"a tool that a person drives ({claims[0][0]})")
    return Class("unknown", "")


def tags_of(agent: str) -> frozenset[str]:
    """Return what kinds of robot a User-Agent claims to be, in the words of the list."""
    return frozenset(tag for tags in _claims(agent[:LONGEST_AGENT]) for tag in tags)


def _claims(agent: str) -> list[tuple[str, ...]]:
    """Return the tags of each pattern that `agent` matches."""
    return [
        tuple(entry.get("tags", ()))
        for pattern, entries in _steps()
        if pattern.search(agent)
        for entry in entries
        if re.search(entry["pattern"], agent)
    ]


@lru_cache(maxsize=1)
def _steps() -> list[Step]:
    """Return the patterns, compiled in steps, so that most agents are passed over quickly."""
    data = CRAWLER_USER_AGENTS_DATA
    parts = [data[start : start + PER_STEP] for start in range(0, len(data), PER_STEP)]
    return [(re.compile("|".join(entry["pattern"] for entry in part)), part) for part in parts]
