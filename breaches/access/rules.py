"""Who may do what. Pure: a role is a name, a permission is `noun.verb`."""

from collections.abc import Iterable

INTAKE, ANALYST, MATCHER = "intake", "analyst", "matcher"
CASEWORKER, APPROVER, PRINTER = "caseworker", "approver", "printer"
AUDITOR, ADMINISTRATOR, PROTECTOR = "auditor", "administrator", "protector"

ROLES = {
    INTAKE: "takes in incidents, files and the register",
    ANALYST: "reads logs and follows recipients",
    MATCHER: "decides who is who",
    CASEWORKER: "looks after the people and their notices",
    APPROVER: "approves wording, demands and print runs",
    PRINTER: "prints and posts",
    AUDITOR: "reads the audit log",
    ADMINISTRATOR: "manages staff and teams; sees no personal data",
    PROTECTOR: "may see impounded addresses, beside what another role shows them",
}

_WORKING = {INTAKE, ANALYST, MATCHER, CASEWORKER, APPROVER, PRINTER}

PERMISSIONS: dict[str, frozenset[str]] = {
    name: frozenset(roles)
    for name, roles in {
        "incident.view": _WORKING | {AUDITOR, ADMINISTRATOR, PROTECTOR},
        "incident.open": {INTAKE},
        "incident.edit": {INTAKE},
        "incident.close": {INTAKE, APPROVER},
        "incident.end": {APPROVER},
        "team.manage": {INTAKE, ADMINISTRATOR},
        "staff.manage": {ADMINISTRATOR},
        "file.view": {INTAKE, ANALYST, MATCHER, CASEWORKER},
        "file.import": {INTAKE},
        "file.map": {INTAKE},
        "file.keep": {INTAKE},
        "register.view": {INTAKE, MATCHER, CASEWORKER},
        "register.import": {INTAKE},
        "register.edit": {CASEWORKER},
        "address.view_impounded": {PROTECTOR},
        "facility.edit": {CASEWORKER, INTAKE},
        "match.view": {MATCHER, CASEWORKER, APPROVER},
        "match.review": {MATCHER},
        "match.release": {APPROVER},
        "person.view": {MATCHER, CASEWORKER, APPROVER},
        "log.view": {ANALYST, CASEWORKER, APPROVER},
        "log.import": {ANALYST},
        "recipient.view": {ANALYST, CASEWORKER, APPROVER},
        "recipient.edit": {ANALYST},
        "demand.approve": {APPROVER},
        "wording.view": {CASEWORKER, APPROVER, PRINTER},
        "wording.edit": {CASEWORKER},
        "wording.approve": {APPROVER},
        "letter.view": {CASEWORKER, APPROVER},
        "letter.order": {CASEWORKER},
        "letter.resolve": {CASEWORKER},
        "run.view": {CASEWORKER, APPROVER, PRINTER},
        "run.build": {PRINTER},
        "run.release": {APPROVER, PRINTER},
        "run.print": {PRINTER},
        "audit.view": {AUDITOR},
    }.items()
}


def grants(roles: Iterable[str], permission: str) -> bool:
    """Say whether any of `roles` carries `permission`. Raises KeyError for an unknown one."""
    return not PERMISSIONS[permission].isdisjoint(roles)
