"""How services say that the client left before the end of the answer. Pure.

Sources: CloudFront "Standard log file fields"; Azure Front Door "Access logs", errorInfo; Akamai
DataStream 2 "Data set parameters", lastByte; Google Cloud load balancers, statusDetails.
"""

from collections.abc import Mapping
from typing import Any

LEFT = ("client_disconnected", "ClientCommError")
CONTENT = {"200", "206"}


def left_early(service: str, row: Mapping[str, Any], values: Mapping[str, str]) -> bool:
    """Say whether a JSON row of a service says so; `values` are its texts under our names."""
    said = values.get("aborted", "")
    if service.startswith("CloudFront"):
        return left_cloudfront({key: str(value) for key, value in row.items()})
    if service == "Azure Front Door":
        return said not in ("", "-", "NoError")
    if service == "Akamai DataStream":
        return said == "0" and values.get("status") != "206"  # a part lacks the last byte anyway
    return said.startswith(LEFT)


def left_cloudfront(row: Mapping[str, str]) -> bool:
    """Say whether a row of CloudFront says so, be it in columns or in JSON."""
    if row.get("x-edge-detailed-result-type") == "ClientCommError":
        return True
    if row.get("x-edge-result-type") != "Error":
        return False
    return (
        row.get("sc-status") in CONTENT
        or row.get("x-edge-response-result-type", "Error") != "Error"
    )
