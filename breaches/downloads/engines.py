"""The optional engines of requirements-fast.in: faster, with the same answers. Pure."""

import zlib
from importlib import import_module
from types import ModuleType


def optional(name: str) -> ModuleType | None:
    """Return the module `name`, or None where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


hyperscan = optional("hyperscan")
deflate = optional("isal.isal_zlib") or zlib
