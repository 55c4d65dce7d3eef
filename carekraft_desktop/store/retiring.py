"""What of a store nobody else has: counted before it is destroyed (REQ-98)."""

from carekraft_desktop.domain.intentions import OPEN, REFERRAL
from carekraft_desktop.store import holds, outbox, rights
from carekraft_desktop.store.unit import Reading


def unsent(unit: Reading) -> tuple[int, int]:
    """How many acts are on their way, and how many of them are about referrals."""
    waiting = [each for each in outbox.lines(unit) if each.delivery in OPEN]
    return len(waiting), sum(each.kind == REFERRAL for each in waiting)


def unread(unit: Reading) -> int:
    """How many ended otherwise than meant, and nobody has looked at them."""
    return outbox.count(unit)[1]


def receipts(unit: Reading) -> int:
    """How many withdrawn shares CareKraft has not heard the end of."""
    return int(unit.value("SELECT count(*) FROM receipt"))


def live_holds(unit: Reading) -> int:
    """How many legal holds count."""
    return sum(each.passed_at == 0 for each in holds.every(unit))


def open_requests(unit: Reading) -> int:
    """How many of patients' requests are not answered."""
    return sum(each.open for each in rights.requests(unit))


def was_tried(unit: Reading, id_: str, sha256: str) -> bool:
    """Whether this store noted that a backup was made and tried out, as it is (REQ-95)."""
    return bool(
        unit.value("SELECT EXISTS (SELECT 1 FROM backup WHERE id = ? AND sha256 = ?)", id_, sha256)
    )


def name_of(unit: Reading, device: str) -> str:
    """What the office calls this workstation; its id where the exchange has not said."""
    return str(unit.value("SELECT name FROM machine WHERE id = ?", device) or device)
