"""What offices ask for, done at most once however often it is delivered.

Each command is its own transaction. Its answer is stored beside its effect under the
workstation's key, so that a repetition finds either both or neither.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct, UnsetType
from msgspec.structs import replace
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.commands import (
    BODY_OF,
    Command,
    CommandType,
    Result,
    ResultStatus,
)
from carekraft_desktop.contract.problems import Problem, Slug, problem
from carekraft_desktop.hub import (
    booking_orders,
    carried,
    marks,
    notices,
    referrals,
    reviews,
    workstations,
)
from carekraft_desktop.hub.database import Busy, Database
from carekraft_desktop.hub.now import Now, seconds
from carekraft_desktop.hub.orders import Handler, Order, Refusal
from carekraft_desktop.hub.tables import outcome

HANDLERS: dict[CommandType, Handler] = {
    **dict.fromkeys(CommandType, booking_orders.carry_out),
    **reviews.HANDLERS,
    **dict.fromkeys(marks.KIND_OF, marks.carry_out),
    CommandType.REFERRAL_CREATE: referrals.carry_out,
    CommandType.REFERRAL_CANCEL: referrals.carry_out,
    CommandType.REFERRAL_ACCEPT: referrals.carry_out,
    CommandType.REFERRAL_DECLINE: referrals.carry_out,
    **carried.HANDLERS,
    **notices.HANDLERS,
    CommandType.WORKSTATION_LOST: workstations.report_lost,
    CommandType.WORKSTATION_RETIRED: workstations.retire,
}
"""Who carries out each type of command."""

KEPT = timedelta(days=30)
"""How long the answer to a command is kept for its repetition."""


def apply_all(
    database: Database, now: Now, *, office_id: str, client_id: str, commands: Iterable[Command]
) -> list[Result]:
    """Apply commands in their order; one result for each."""
    results: list[Result] = []
    deferred: set[str] = set()
    for command in commands:
        result = _deliver(database, now(), office_id, client_id, command, deferred)
        if result.status is ResultStatus.DEFERRED:
            deferred.add(command.key)
        results.append(result)
    return results


def forget_old(connection: Connection, client_id: str, at: datetime) -> None:
    """Remove answers that no repetition will ask for any more."""
    connection.execute(
        delete(outcome).where(outcome.c.client_id == client_id, outcome.c.at < seconds(at - KEPT))
    )


def fingerprint(command: Command) -> str:
    """A hash of what the command says, to tell a repetition from another use of its key."""
    return hashlib.sha256(encode(command)).hexdigest()


def _deliver(
    database: Database,
    at: datetime,
    office_id: str,
    client_id: str,
    command: Command,
    deferred: set[str],
) -> Result:
    def work(connection: Connection) -> Result:
        return _once(connection, at, office_id, client_id, command)

    if command.after in deferred:
        return _deferred(command, Slug.UNAVAILABLE)
    try:
        try:
            return database.write(work)
        except _Refused as refusal:
            # Its half-made changes are rolled back; its answer is kept by itself.
            answer = refusal.result
            return database.write(
                lambda connection: _keep(connection, at, office_id, client_id, command, answer)
            )
    except Busy:
        return _deferred(command, Slug.UNAVAILABLE)
    except IntegrityError:
        # On PostgreSQL the same key may be under way in another process.
        return _deferred(command, Slug.KEY_IN_PROGRESS)


def _keep(
    connection: Connection,
    at: datetime,
    office_id: str,
    client_id: str,
    command: Command,
    answer: Result,
) -> Result:
    earlier = _earlier(connection, client_id, command)
    if earlier is None:
        _store(connection, at, office_id, client_id, command, answer)
    return earlier or answer


def _once(
    connection: Connection, at: datetime, office_id: str, client_id: str, command: Command
) -> Result:
    earlier = _earlier(connection, client_id, command)
    if earlier is not None:
        return earlier
    if command.after is not None and not _was_applied(connection, client_id, command.after):
        raise _Refused(command, problem(Slug.SKIPPED, "What it follows was not applied"))
    result = _act(connection, at, office_id, client_id, command)
    _store(connection, at, office_id, client_id, command, result)
    return result


def _act(
    connection: Connection, at: datetime, office_id: str, client_id: str, command: Command
) -> Result:
    try:
        body = _body(command)
    except Malformed as error:
        path = error.reason.rpartition("`$")[2].rstrip("`")
        why = problem(Slug.INVALID_REQUEST, "The command cannot be read", errors=[f"$.body{path}"])
        raise _Refused(command, why) from None
    order = Order(connection, at, office_id, client_id, command, body)
    try:
        place = HANDLERS[command.type](order)
    except Refusal as refusal:
        raise _Refused(command, refusal.why, refusal.status) from None
    return Result(key=command.key, status=ResultStatus.APPLIED, v=place.v, seq=place.seq)


def _body(command: Command) -> Struct:
    raw = b"{}" if isinstance(command.body, UnsetType) else command.body
    return decode(raw, BODY_OF[command.type])


def _earlier(connection: Connection, client_id: str, command: Command) -> Result | None:
    """The answer to an earlier delivery of the same key."""
    row = connection.execute(
        select(outcome.c.fingerprint, outcome.c.result).where(
            outcome.c.client_id == client_id, outcome.c.key == command.key
        )
    ).one_or_none()
    if row is None:
        return None
    if row.fingerprint != fingerprint(command):
        return _rejected(command, problem(Slug.KEY_REUSED, "The key was used for something else"))
    stored = decode(row.result.encode(), Result)
    return replace(stored, status=ResultStatus.DUPLICATE, was=stored.status)


def _was_applied(connection: Connection, client_id: str, key: str) -> bool:
    stored = connection.scalar(
        select(outcome.c.result).where(outcome.c.client_id == client_id, outcome.c.key == key)
    )
    return stored is not None and decode(stored.encode(), Result).status is ResultStatus.APPLIED


def _store(
    connection: Connection,
    at: datetime,
    office_id: str,
    client_id: str,
    command: Command,
    result: Result,
) -> None:
    connection.execute(
        insert(outcome).values(
            client_id=client_id,
            key=command.key,
            office_id=office_id,
            fingerprint=fingerprint(command),
            result=encode(result).decode(),
            at=seconds(at),
        )
    )


def _rejected(command: Command, why: Problem) -> Result:
    return Result(key=command.key, status=ResultStatus.REJECTED, problem=why)


def _deferred(command: Command, slug: Slug) -> Result:
    return Result(
        key=command.key,
        status=ResultStatus.DEFERRED,
        problem=problem(slug, "Please send it again with the same key"),
    )


class _Refused(Exception):
    """Rolls the command's transaction back and carries its answer out."""

    def __init__(
        self, command: Command, why: Problem, status: ResultStatus = ResultStatus.REJECTED
    ) -> None:
        super().__init__()
        self.result = Result(key=command.key, status=status, problem=why)
