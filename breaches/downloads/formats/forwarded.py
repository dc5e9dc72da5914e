"""The client behind proxies, by the chain of addresses in X-Forwarded-For. Pure.

Each proxy adds whom it saw at the right; what stands left of that a client may have written
itself. No proxies are listed, so private and loopback addresses are taken as ours.
"""

from collections.abc import Sequence
from functools import lru_cache

from breaches.downloads.addresses import kind, plain

OURS = {"private", "loopback"}


def hops(text: str) -> list[str]:
    """Return the hops of a header as written; IIS writes "+" for the spaces between."""
    found = (hop.strip(" +") for hop in text.split(","))
    return [hop for hop in found if hop not in ("", "-")]


def rightmost(chain: Sequence[str]) -> str:
    """Return the last hop that is not a proxy of ours, or "" if all are."""
    return next((hop for hop in reversed(chain) if _is_public(hop)), "")


def client_of(header: str, peer: str) -> str:
    """Return whom a server served that logs the header and its peer ("" if it does not)."""
    if peer and plain(peer) is None and not peer.startswith("unix:"):
        return peer  # a name: nothing says that it is ours
    chain = [*hops(header), peer]
    return rightmost(chain) or next((hop for hop in chain if plain(hop)), peer)


@lru_cache(maxsize=4096)
def _is_public(hop: str) -> bool:
    address = plain(hop)
    return address is not None and kind(address) not in OURS
