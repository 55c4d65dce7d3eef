"""What the page about partners outside the exchange says, and how a carried referral stands."""

from typing import Final

from carekraft_desktop.presenters.words import Words

TITLE: Final = "Partners outside the exchange"
ADVICE: Final = (
    "An office or hospital with a FHIR server of its own can take referrals there. A booking goes"
    " to it only after the exchange has checked the patient's permission, and the patient gets the"
    " same copy as always. The partner gets numbers and times: no name, no reason, no text."
)
NO_RIGHT: Final = Words(
    "Only the privacy officer sets up partners",
    "A partner is one more place to which data of patients goes. Ask your privacy officer.",
)
EMPTY: Final = Words("No partner yet", "Fill in below what the partner's technical staff gave you.")
HEADS: Final = ("Partner", "Address", "Providers", "Connection")
NEW: Final = "A new partner"
CHANGE: Final = "Change {name}"
NAME: Final = Words("Name", "As your office calls it, such as Lakeside Heart Center")
ADDRESS: Final = Words("Address", "Of its FHIR server, such as https://fhir.example.com/r4")
CLIENT: Final = Words("Client name", "What the partner calls your office when it signs in")
NUMBERS: Final = Words(
    "Provider numbers",
    "Who is booked through this partner: numbers from the directory, with spaces between",
)
SAVE: Final = "Save"
TEST: Final = "Test the connection"
REMOVE: Final = "Remove"
FRESH: Final = "New partner"
COPY_KEY: Final = "Copy our public key"
KEY_ADVICE: Final = (
    "The partner needs this key to know that it is you. It is public; the secret half stays in"
    " your encrypted store and is never shown."
)
COPIED: Final = "Our public key is on the clipboard."
SAVED: Final = "Saved. Give the partner our public key, then test the connection."
SAVED_AGAIN: Final = "Saved. Test the connection."
REMOVED: Final = "Removed, with its key."
TESTING: Final = "Testing the connection ..."
NEVER: Final = "Not tested yet"
WELL: Final = "Works"
FAILS: Final = "Does not work"
WORKS: Final = Words(
    "The connection works", "The partner knows your office and takes appointments."
)
WRONG: Final[dict[str, Words]] = {
    "offline": Words(
        "Nobody answers at this address",
        "Check the address for a slip. If it is right, the partner's server or your network is"
        " down.",
    ),
    "exchange-unavailable": Words(
        "The partner's server is busy or broken", "Try again later, or tell its technical staff."
    ),
    "exchange-garbled": Words(
        "This is not a FHIR server we can speak with",
        "The address must be that of a FHIR R4 server with SMART sign-in; ask the partner for its"
        " base address.",
    ),
    "signed-out": Words(
        "The partner does not let this office in",
        "Give its technical staff our public key, and check the client name with them.",
    ),
    "partner-refused": Words(
        "The partner refuses what was asked",
        "Its server may not take appointments from us; ask its technical staff.",
    ),
}
"""What is wrong with a connection, by the code of the error."""
UNCLEAR: Final[dict[str, str]] = {
    "name": "Give the partner a name of up to 60 letters.",
    "address": "The address has to begin with https:// and name a server, nothing after a “?”.",
    "client": "Fill in the client name that the partner gave you.",
    "number-missing": "Fill in at least one provider's number.",
    "number": "One of the numbers is not a provider's: its last digit does not fit the others.",
    "number-unknown": "One of the numbers is not in the directory. Only providers who can be found"
    " can be booked.",
}
"""What is wrong in the form, by the detail of the error."""
IN_USE: Final = "Referrals are with this partner that have not ended. Cancel them first."

WAITS_EXCHANGE: Final = "Goes to {name} as soon as the exchange has checked the permission."
WAITS: Final = "On its way to {name}."
AWAY: Final = "{name} could not be reached. It is tried again by itself; nothing is lost."
SHUT_OUT: Final = (
    "{name} does not let this office in. It is tried again by itself; ask your privacy officer to"
    " test the connection in the settings."
)
DELIVERED: Final = "{name} has it, and is asked every minute what has become of it."
NOT_TAKEN: Final = "{name} did not take it. Call them, or book with somebody else."
STOPPED: Final = "It did not leave for {name}."
RECALL_CHANGED: Final = (
    "{name} had changed it before your cancellation arrived, so nothing was cancelled. Look at the"
    " time as it is now, and cancel again if it should go."
)
CHECK_ADVICE: Final = (
    "The exchange gets exactly this, checks the permission and gives the patient the same copy."
    " Of it, {name} gets the numbers of patient, provider, place and request, and the times; no"
    " name and nothing else."
)
NOT_HELD: Final = "{name} cannot keep a time ahead. It is checked when the request arrives there."
