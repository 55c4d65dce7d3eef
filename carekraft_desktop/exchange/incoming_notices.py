"""From the wire to the office's values: workstations with their word, and notices."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from carekraft_desktop.contract import notices, workstations
from carekraft_desktop.contract.codec import Malformed
from carekraft_desktop.domain.machines import Machine, MachineState, Wrap
from carekraft_desktop.domain.notices import Notice, NoticeKind

SHAPE: dict[str, Any] = {
    "workstation": workstations.Workstation,
    "bulletin": notices.Notice,
}
"""What each of these kinds carries."""


def _workstation(item: workstations.Workstation, version: int) -> Machine:
    word = proven(item)
    return Machine(
        device=item.id,
        version=version,
        name=item.name,
        at=word.iat if word is not None else _moment(item.at),
        state=MachineState(word.state.value) if word is not None else MachineState.OPEN,
        idle_minutes=word.idle_minutes if word is not None else 0,
        cipher=word.cipher if word is not None else "",
        derivation=word.derivation if word is not None else "",
        wrap=Wrap(word.wrap.value) if word is not None else Wrap.KEYRING,
        backup_at=word.backup_at if word is not None else None,
        signed=word is not None,
        lost_at=_moment(item.lost_at) if item.lost_at is not None else None,
        statement=item.statement,
        retired_at=_moment(item.retired_at) if item.retired_at is not None else None,
    )


def proven(item: workstations.Workstation) -> workstations.Word | None:
    """What the workstation said, where its own key signed it; None where nothing is proved."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey

    key = ECKey.import_key({"kty": "EC", "crv": "P-384", "x": item.key.x, "y": item.key.y})
    try:
        claims = jwt.decode(item.statement, key, algorithms=["ES384"]).claims
        word = msgspec.convert(claims, workstations.Word)
    except (JoseError, ValueError, UnicodeError, RecursionError, msgspec.MsgspecError):
        return None
    return word if word.iss == item.id else None


def _notice(item: notices.Notice, version: int) -> Notice:
    body = {
        "what": item.what or "",
        "day": item.day.isoformat() if item.day is not None else "",
        "band": item.band.value if item.band is not None else "",
        "classes": list(item.classes),
        "version": item.version or "",
        "title": item.title or "",
        "lines": list(item.lines),
        "taken": [[each.how.value, each.count, each.last.isoformat()] for each in item.taken],
    }
    return Notice(
        id=item.id,
        version=version,
        kind=NoticeKind(item.kind.value),
        at=_moment(item.at),
        device=item.device or "",
        person=item.person or "",
        body=msgspec.json.encode(body).decode(),
    )


def _moment(at: datetime) -> int:
    if at.tzinfo is None:
        raise Malformed("no-zone")
    return int(at.timestamp())


READERS: dict[str, Callable[..., Any]] = {"workstation": _workstation, "bulletin": _notice}
