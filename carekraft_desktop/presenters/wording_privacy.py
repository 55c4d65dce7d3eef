"""What the patient's card says about privacy: how to reach the patient, requests, a hold."""

from typing import Final

from carekraft_desktop.domain.wishes import WishKind
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Privacy"
TIP: Final = "Privacy: how to reach the patient, requests, holds (P)"
REACH: Final = "How the patient wants to be reached"
REACH_ADVICE: Final = (
    "What is agreed here wins everywhere: on cards, lists of calls, copies, sheets and referrals."
)
WISH: Final[dict[WishKind, str]] = {
    WishKind.PHONE: "Call this number only",
    WishKind.ADDRESS: "Write to this address only",
    WishKind.NO_PLAN: "Paid in full: do not tell the health plan",
    WishKind.NO_FAMILY: "Tell nothing to family or others",
}
VALUE: Final = "Number or address"
AGREE: Final = "Agree"
END: Final = "End it"
NO_WISH: Final = "Nothing is agreed."
ENDED: Final = "It counts no more."
AGREED: Final = "Agreed; it counts from now on."

REQUEST: Final = "The patient asks for something"
TAKE: Final = "Put it on the register"
TOOK: Final = "On the register. Answer by {day}: Settings, What patients ask for."
WORDS: Final = "What should be changed, in the patient's words"
OPEN: Final = "Open: {kind}, answer by {day}"

HOLD: Final = "Legal hold on this patient"
MATTER: Final = "Code of the matter"
SET: Final = "Set the hold"
HAS_HOLD: Final = Words(
    "A hold lies on this patient", "Nothing of the record is destroyed until it is released."
)
NO_HOLD: Final = "No hold."
DID_HOLD: Final = "The hold is set."
DUE: Final = "Kept until {day}: {kept}."
ATTACHED: Final = "Attached to the record"
