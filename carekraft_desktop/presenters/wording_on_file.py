"""What is on file about a patient: representatives, authorizations, disclosures; with their forms."""

from typing import Final

from carekraft_desktop.domain.authorizing import Authorization
from carekraft_desktop.domain.representing import Authority, Minor, Scope
from carekraft_desktop.services.accounting import Basis

TITLE: Final = "On file about the patient"
ADD: Final = "Put on file"
KIND: Final[dict[str, str]] = {
    "representative": "Somebody who acts for the patient",
    "authorization": "An authorization the patient signed",
    "disclosure": "Something that was told outside",
    "link": "An incident was about this patient",
    "suspension": "An authority forbids to tell the patient",
}
FIELD: Final[dict[str, str]] = {
    "name": "Name",
    "authority": "Acts as",
    "scope": "For",
    "document": "What was shown",
    "starts_on": "From (e.g. 2026-03-31)",
    "ends_on": "Until; empty for open",
    "exception": "The patient acts alone because",
    "description": "What may be disclosed",
    "discloser": "Who discloses",
    "recipient": "To whom",
    "purpose": "For what",
    "signed_on": "Signed on (e.g. 2026-03-31)",
    "expires_on": "Ends on; empty where an event ends it",
    "expires_event": "Or ends with",
    "statements": "It says that it can be revoked, and that what is disclosed may be passed on",
    "what": "What was told",
    "address": "Address, if known",
    "basis": "Why",
    "on": "On (e.g. 2026-03-31)",
    "authorization_id": "Under the authorization",
    "disclosure_id": "Which",
    "last_day": "Until (e.g. 2026-03-31)",
    "written": "Asked for",
}
AUTHORITY: Final[dict[Authority, str]] = {
    Authority.PARENT: "Parent",
    Authority.GUARDIAN: "Guardian",
    Authority.COURT: "Appointed by a court",
    Authority.POWER_OF_ATTORNEY: "Power of attorney",
    Authority.EXECUTOR: "Executor",
}
SCOPE: Final[dict[Scope, str]] = {
    Scope.ALL: "Everything",
    Scope.RECORDS: "Records",
    Scope.BOOKINGS: "Bookings",
}
EXCEPTION: Final[dict[str, str]] = {
    "": "It does not",
    Minor.CONSENTED_ALONE.value: "A minor who lawfully consents alone",
    Minor.OTHER_CONSENTED.value: "A court or law lets another consent",
    Minor.CONFIDENTIAL.value: "The parent agreed to confidentiality",
}
BASIS: Final[dict[Basis, str]] = {
    Basis.LAW: "Required by law",
    Basis.PUBLIC_HEALTH: "Public health",
    Basis.COURT: "A court's order",
    Basis.POLICE: "The police",
    Basis.OVERSIGHT: "An oversight agency",
    Basis.IMPERMISSIBLE: "It should not have happened",
    Basis.AUTHORIZED: "The patient authorized it",
    Basis.PATIENT: "To the patient",
    Basis.TREATMENT: "For treatment",
}
YES_NO: Final[dict[str, str]] = {"": "No", "yes": "Yes"}
HOW_ASKED: Final[dict[str, str]] = {"yes": "In writing", "": "Spoken, for 30 days at most"}
NO_AUTHORIZATION: Final = "None"

ACTS: Final = "{name}, {authority}, for: {scope}{until}"
UNTIL: Final = ", until {day}"
ENDANGERS: Final = "{name} may endanger the patient: hidden from them, and not called"
WARN: Final = "May endanger"
UNWARN: Final = "Take the warning back"
END: Final = "End it"
REVOKE: Final = "Taken back"
SIGNED: Final = "Authorization for {recipient}: {description}"
REVOKED: Final = "Authorization for {recipient}, taken back"
NOTHING: Final = "Nothing is on file."
DID: Final = "On file."


def authorization(one: Authorization) -> str:
    """An authorization in a line."""
    words = REVOKED if one.revoked_at else SIGNED
    return words.format(recipient=one.recipient, description=one.description)
