"""Partners outside the exchange: how they are reached, and what was brought to them."""

import json

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.partners import Carried, Partner
from carekraft_desktop.store.unit import Reading, Row, Writing

_PARTNER = "id, name, address, client_id, key, tested_at, problem"
_CARRIED = "referral_id, partner_id, id, version, status, start, next_at, dropped"


def every(unit: Reading) -> tuple[Partner, ...]:
    """All partners, by name."""
    rows = unit.rows(f"SELECT {_PARTNER} FROM partner ORDER BY name, id")
    return tuple(_partner(unit, row) for row in rows)


def get(unit: Reading, partner_id: str) -> Partner | None:
    """The partner with this id."""
    row = unit.row(f"SELECT {_PARTNER} FROM partner WHERE id = ?", partner_id)
    return None if row is None else _partner(unit, row)


def of_number(unit: Reading, npi: str) -> Partner | None:
    """Through whom a provider is reached; None for the exchange."""
    partner_id = unit.value("SELECT partner_id FROM partner_number WHERE npi = ?", npi)
    return get(unit, str(partner_id)) if partner_id else None


def put(unit: Writing, partner: Partner) -> None:
    """Keep a partner; a provider who was reached through another one is now reached here."""
    p = partner
    unit.run(
        f"INSERT OR REPLACE INTO partner ({_PARTNER}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        p.id,
        p.name,
        p.address,
        p.client_id,
        json.dumps(p.key),
        p.tested_at,
        p.problem,
    )
    unit.run("DELETE FROM partner_number WHERE partner_id = ?", p.id)
    unit.run_many(
        "INSERT OR REPLACE INTO partner_number VALUES (?, ?)", [(npi, p.id) for npi in p.numbers]
    )


def remove(unit: Writing, partner_id: str) -> None:
    """Forget a partner with its key."""
    unit.run("DELETE FROM partner WHERE id = ?", partner_id)
    unit.run("DELETE FROM partner_number WHERE partner_id = ?", partner_id)


def carried(unit: Reading, referral_id: str) -> Carried | None:
    """What was brought to a partner; None for what was not, or not yet."""
    row = unit.row(f"SELECT {_CARRIED} FROM carried WHERE referral_id = ?", referral_id)
    return None if row is None else Carried(*row)


def every_carried(unit: Reading) -> dict[str, Carried]:
    """All that was brought to partners, by the referral's id."""
    return {row[0]: Carried(*row) for row in unit.rows(f"SELECT {_CARRIED} FROM carried")}


def carry(unit: Writing, what: Carried) -> None:
    """Keep how it stands at the partner."""
    unit.run(
        f"INSERT OR REPLACE INTO carried ({_CARRIED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        what.referral_id,
        what.partner_id,
        what.id,
        what.version,
        what.status,
        what.start,
        what.next_at,
        what.dropped,
    )


def open_at(unit: Reading, partner_id: str) -> int:
    """How many referrals are at a partner, or on their way there, and have not ended."""
    return int(
        unit.value(
            """SELECT count(*) FROM carried c JOIN referral r ON r.id = c.referral_id
            WHERE c.partner_id = ? AND r.stage IN ('proposed', 'booked', 'rescheduled')""",
            partner_id,
        )
    )


def to_ask(unit: Reading, now: Moment) -> tuple[Carried, ...]:
    """What a partner should be asked about now: not ended, and nothing of ours on the way."""
    rows = unit.rows(
        f"""SELECT {_CARRIED} FROM carried WHERE next_at <= ? AND referral_id IN
        (SELECT id FROM referral WHERE stage IN ('proposed', 'booked', 'rescheduled'))
        AND referral_id NOT IN (SELECT about FROM outbox
        WHERE delivery IN ('waiting', 'unknown', 'deferred'))
        ORDER BY next_at, referral_id LIMIT 50""",
        now,
    )
    return tuple(Carried(*row) for row in rows)


def to_recall(unit: Reading) -> tuple[Carried, ...]:
    """What has ended at the exchange by itself, as by a withdrawn permission, and not there."""
    rows = unit.rows(
        f"""SELECT {_CARRIED} FROM carried WHERE status NOT IN ('CANCELLED', 'DECLINED')
        AND referral_id IN (SELECT id FROM referral WHERE stage = 'cancelled')
        AND referral_id NOT IN (SELECT about FROM outbox
        WHERE delivery IN ('waiting', 'unknown', 'deferred'))"""
    )
    return tuple(Carried(*row) for row in rows)


def _partner(unit: Reading, row: Row) -> Partner:
    id_, name, address, client_id, key, tested_at, problem = row
    numbers = unit.rows("SELECT npi FROM partner_number WHERE partner_id = ? ORDER BY npi", id_)
    return Partner(
        id_,
        name,
        address,
        client_id,
        tuple(npi for (npi,) in numbers),
        json.loads(key),
        tested_at,
        problem,
    )
