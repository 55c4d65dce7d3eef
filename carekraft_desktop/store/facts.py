"""Small named facts about this store: ids, addresses, the cursor, the device's key."""

from enum import StrEnum

from carekraft_desktop.store.unit import Reading, Writing


class Fact(StrEnum):
    """Every name that is kept."""

    STORE_ID = "store_id"
    EXCHANGE = "exchange"
    CLIENT_ID = "client_id"
    OFFICE_ID = "office_id"
    DEVICE_KEY = "device_key"
    NEXT_KEY = "next_key"
    """The key that takes the device's key's place, until the exchange has let us in with it."""
    KEY_SINCE = "key_since"
    """Since when the device's key is in use, as far as is known."""
    CURSOR = "cursor"
    EPOCH = "epoch"
    LAST_CONTACT = "last_contact"
    TEMPLATE = "template"
    """Key of the template for the practice system."""
    ALERTED = "alerted"
    """Up to which change of the exchange somebody has been alerted."""
    HEARD = "heard"
    """When the exchange last told everything it knew; at most a minute behind."""
    AGREEMENT = "agreement"
    """Staff id and moment of who recorded the agreement with CareKraft (REQ-36)."""
    PART_2 = "part-2"
    """Not empty for a program under 42 CFR 2, which makes no referrals here (REQ-75)."""
    DIRECTORY_PLACE = "directory-place"
    DIRECTORY_AT = "directory-at"
    """How far the copy of the directory is, and of when."""
    JOURNAL_KEY = "journal-key"
    """The key of the journal's chain, from the first rotation on; before, the data key gives it."""
    COPYING = "copying"
    """Not empty where the privacy officer lets bookings be copied for another program (REQ-92)."""
    DRILLED = "drilled"
    """Staff id and moment of the last proof that the recovery key from paper opens the store."""
    LEFT_OUT = "left-out"
    """The version of the program that let go of what it could not read; the next asks again."""
    NIGHTLY = "nightly"
    """The office's day on which each nightly job was last done, as JSON by the job's name."""
    TERMS_BASE = "terms-base"
    """The version of the terms that the office came with; each later one is confirmed."""
    TRAIL_TOLD = "trail-told"
    """What the exchange remembers of the journal that is not here, once somebody was told."""
    RESYNC = "resync"
    """Not empty while a resync from zero is under way."""


def get(unit: Reading, fact: Fact) -> str:
    """The fact, empty when it is not known."""
    return str(unit.value("SELECT value FROM meta WHERE name = ?", fact.value) or "")


def put(unit: Writing, fact: Fact, value: str) -> None:
    """Note the fact."""
    unit.run(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        fact.value,
        value,
    )
