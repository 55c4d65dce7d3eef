"""What must happen to a store that was put back from a backup, before anybody sees a row (REQ-87).

    stones = replay.of(unit)                   of the store that lived on; keep them beside backups
    data = replay.written(stones)              bytes with hashes, days and matter codes only
    replay.replay(unit, replay.read(data), now)    in the store that was put back

Holds come first, since they beat what follows. Then whatever was withdrawn or disposed of since
the backup leaves the store again, by the same rules; what a legal period runs on is kept apart.
"""

import base64
import json

from msgspec.structs import asdict

from carekraft_desktop.domain import Moment
from carekraft_desktop.services import withdrawal
from carekraft_desktop.store import arrivals, erasures, holds, patients, records, referrals, visits
from carekraft_desktop.store.erasures import Erasure
from carekraft_desktop.store.holds import Hold, Scope
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

FORMAT = "ck-stones-1"
KINDS = ("patient", "booking", "consent", "coverage", "referral")
"""In this order: with a patient the rest goes along."""


class Stones(Value, frozen=True):
    """What a store remembers of what it erased, and what must not be erased."""

    salt: str
    erasures: tuple[Erasure, ...]
    holds: tuple[Hold, ...]


def of(unit: Reading) -> Stones:
    """Everything there is to replay."""
    return Stones(erasures.salt(unit), erasures.every(unit), holds.every(unit))


def written(stones: Stones) -> bytes:
    """As bytes; they hold no value of a patient."""
    return json.dumps(
        {
            "format": FORMAT,
            "salt": stones.salt,
            "erasures": [
                {**asdict(each), "hash": base64.b64encode(each.hash).decode()}
                for each in stones.erasures
            ],
            "holds": [{**asdict(each), "scope": each.scope.value} for each in stones.holds],
        }
    ).encode()


def read(data: bytes) -> Stones:
    """Stones that were written.

    Raises:
        ValueError: they are of another form.
    """
    found = json.loads(data)
    if found.get("format") != FORMAT:
        raise ValueError(FORMAT)
    return Stones(
        found["salt"],
        tuple(
            Erasure(**{**each, "hash": base64.b64decode(each["hash"])})
            for each in found["erasures"]
        ),
        tuple(Hold(**{**each, "scope": Scope(each["scope"])}) for each in found["holds"]),
    )


def replay(unit: Writing, stones: Stones, now: Moment) -> int:
    """Do again what was done since; how many things left the store."""
    for hold in stones.holds:
        holds.keep(unit, hold)
    erasures.take_salt(unit, stones.salt)
    erasures.note(unit, stones.erasures)
    gone = 0
    for kind in KINDS:
        found = erasures.versions_of_all(unit, kind)
        blocked = erasures.blocked(unit, {(kind, id_): v for id_, v in found.items()})
        ids = sorted(id_ for _, id_ in blocked)
        for id_ in ids:
            _leave(unit, kind, id_, now)
        gone += len(ids)
    return gone


def _leave(unit: Writing, kind: str, id_: str, now: Moment) -> None:
    erased = erasures.of(unit, kind, id_)
    # By what was so on that day: a visit to come then may be over by now.
    how = withdrawal.around(unit, erased.at if erased is not None else now)
    if kind == "patient":
        if erased is None or erased.outcome != erasures.DISPOSED:
            withdrawal.withdraw(unit, id_, how)
        mine = [str(body["id"]) for body in records.of(unit, "booking", id_)]
        referrals.forget(unit, [id_])
        visits.remove(unit, mine)
        patients.forget(unit, [id_])
        return
    withdrawal.keep_single(unit, kind, [id_], how)
    if kind == "booking":
        visits.remove(unit, [id_])
    elif kind == "referral":
        referrals.remove(unit, [id_])
    else:
        arrivals.remove(unit, kind, [id_])
