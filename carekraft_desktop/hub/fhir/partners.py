"""Partners' systems: how they are registered, and what they call an office's things."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.enrolment import PublicKey
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.scopes import rights, written
from carekraft_desktop.hub.sign_in import Device
from carekraft_desktop.hub.tables import alias, device

Json = dict[str, object]
Names = dict[str, list[Json]]
"""FHIR identifiers by the id of the thing."""
OWN = "urn:carekraft:partner"
"""System of the number under which we note that a thing is a partner's, when it gave none."""


class NoRights(ValueError):
    """No scope of those given is one of the facade's."""


def register(
    connection: Connection, office_id: str, *, name: str, key: PublicKey, scopes: str, at: datetime
) -> str:
    """Let a partner's system in for an office; its client id.

    Raises:
        NoRights: `scopes` gives nothing.
    """
    given = written(rights(scopes))
    if not given:
        raise NoRights(scopes)
    client_id = f"fp-{secrets.token_hex(8)}"
    connection.execute(
        insert(device).values(
            client_id=client_id,
            office_id=office_id,
            name=name,
            jwk=encode(key).decode(),
            enrolled_at=seconds(at),
            scopes=given,
        )
    )
    return client_id


def call(
    connection: Connection, partner: Device, kind: str, id_: str, numbers: Iterable[tuple[str, str]]
) -> None:
    """Note what a partner calls a thing; a thing with a name is one that it may see."""
    for system, value in list(numbers) or [(OWN, id_)]:
        mine = _of(partner, kind) & (alias.c.system == system) & (alias.c.value == value)
        connection.execute(delete(alias).where(mine))
        connection.execute(
            insert(alias).values(
                office_id=partner.office_id,
                client_id=partner.client_id,
                kind=kind,
                system=system,
                value=value,
                id=id_,
            )
        )


def called(
    connection: Connection, partner: Device, kind: str, system: str, value: str
) -> list[str]:
    """Ids of what a partner calls so; without a system (`None` in FHIR: any) by the value alone."""
    wanted = _of(partner, kind) & (alias.c.value == value)
    if system:
        wanted &= alias.c.system == system
    return list(connection.scalars(select(alias.c.id).where(wanted).distinct()))


def names(connection: Connection, partner: Device, kind: str, ids: Iterable[str]) -> Names:
    """What a partner calls some things."""
    rows = connection.execute(
        select(alias.c.id, alias.c.system, alias.c.value)
        .where(_of(partner, kind), alias.c.id.in_(list(ids)), alias.c.system != OWN)
        .order_by(alias.c.system, alias.c.value)
    )
    found: Names = {}
    for id_, system, value in rows:
        found.setdefault(id_, []).append({"system": system, "value": value})
    return found


def is_own(connection: Connection, partner: Device, kind: str, id_: str) -> bool:
    """Whether a thing is one that the partner brought or was given a name for."""
    wanted = _of(partner, kind) & (alias.c.id == id_)
    return connection.scalar(select(alias.c.id).where(wanted).limit(1)) is not None


def _of(partner: Device, kind: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return (
        (alias.c.office_id == partner.office_id)
        & (alias.c.client_id == partner.client_id)
        & (alias.c.kind == kind)
    )
