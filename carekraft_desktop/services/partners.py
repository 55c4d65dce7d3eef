"""Partners outside the exchange: set up, tried, changed and let go by the privacy officer.

A partner is one more place to which a patient's data goes, so whoever answers for that decides.
The key is made here and stays in the encrypted store; the partner gets its public half.
"""

from urllib.parse import urlsplit

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.referrals import is_npi
from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.partners import Partner
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import ExchangeError, NoLongerThere, PartnerInUse, PartnerUnclear
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.services.carrier import Connect
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import directory, facts
from carekraft_desktop.store import partners as rows
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value, replace

MOST_NAME = 60
MOST_ADDRESS = 200


class Known(Value, frozen=True):
    """A partner with what the directory says of the providers reached through it."""

    partner: Partner
    providers: tuple[Entry, ...]
    open: int
    """Referrals that are there and have not ended."""


class Wish(Value, frozen=True):
    """What was filled in about a partner."""

    id: str
    """Empty for a new one."""
    name: str
    address: str
    client_id: str
    numbers: tuple[str, ...]


def every(desk: Desk) -> tuple[Known, ...]:
    """All partners, by name."""
    desk.require(Right.SET_REFERRAL_RULES, "partner.list")
    with desk.store.read() as unit:
        return tuple(_known(unit, partner) for partner in rows.every(unit))


def keep(desk: Desk, wish: Wish) -> str:
    """Keep a partner; a new one gets a key of its own. Its id.

    Raises:
        PartnerUnclear: a name, an address that may be used, a client id or a provider's number
            is missing or wrong; the detail says which.
        NoLongerThere: it was removed meanwhile.
    """
    desk.require(Right.SET_REFERRAL_RULES, "partner.keep", wish.id)
    _check(wish)
    with desk.store.write() as unit:
        for npi in wish.numbers:
            if not directory.by_npi(unit, npi):
                raise PartnerUnclear("number-unknown")
        if wish.id:
            before = rows.get(unit, wish.id)
            if before is None:
                raise NoLongerThere
            made = replace(
                before,
                name=wish.name,
                address=wish.address.rstrip("/"),
                client_id=wish.client_id,
                numbers=wish.numbers,
                tested_at=0,
                problem="",
            )
        else:
            made = Partner(
                desk.ids.new(),
                wish.name,
                wish.address.rstrip("/"),
                wish.client_id,
                wish.numbers,
                dict(sign_in.new_key()),
            )
        rows.put(unit, made)
        desk.note(unit, "partner.keep", made.id, detail="changed" if wish.id else "new")
    return made.id


def test(desk: Desk, connect: Connect, partner_id: str) -> str:
    """Try the connection; the code of what is wrong, empty when nothing is.

    Slow: for a worker. No transaction is open meanwhile.

    Raises:
        NoLongerThere: it was removed meanwhile.
    """
    desk.require(Right.SET_REFERRAL_RULES, "partner.test", partner_id)
    with desk.store.read() as unit:
        partner = rows.get(unit, partner_id)
    if partner is None:
        raise NoLongerThere
    problem = ""
    try:
        link = connect(partner)
        try:
            link.look()
        finally:
            link.close()
    except ExchangeError as failure:
        problem = failure.code
    with desk.store.write() as unit:
        now = rows.get(unit, partner_id)
        if now is None:
            raise NoLongerThere
        rows.put(unit, replace(now, tested_at=desk.now(), problem=problem))
        desk.note(unit, "partner.test", partner_id, detail=problem or "well")
    return problem


def remove(desk: Desk, partner_id: str) -> None:
    """Forget a partner with its key.

    Raises:
        PartnerInUse: referrals are there that have not ended.
    """
    desk.require(Right.SET_REFERRAL_RULES, "partner.remove", partner_id)
    with desk.store.write() as unit:
        if rows.open_at(unit, partner_id):
            raise PartnerInUse
        rows.remove(unit, partner_id)
        desk.note(unit, "partner.remove", partner_id)


def public_key(partner: Partner) -> str:
    """What the partner needs to know us by: a key set (RFC 7517) as JSON text."""
    return encode({"keys": [sign_in.public_key(partner.key)]}).decode()


def destinations(desk: Desk) -> tuple[str, ...]:
    """Every host that this installation may send to, and no other (REQ-38)."""
    with desk.store.read() as unit:
        addresses = [facts.get(unit, Fact.EXCHANGE)]
        addresses += [partner.address for partner in rows.every(unit)]
    hosts = {urlsplit(address).netloc for address in addresses if address}
    return tuple(sorted(hosts))


def _known(unit: Reading, partner: Partner) -> Known:
    entries = tuple(entry for npi in partner.numbers for entry in directory.by_npi(unit, npi)[:1])
    return Known(partner, entries, rows.open_at(unit, partner.id))


def _check(wish: Wish) -> None:
    if not wish.name or len(wish.name) > MOST_NAME:
        raise PartnerUnclear("name")
    parts = urlsplit(wish.address)
    local = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if len(wish.address) > MOST_ADDRESS or parts.query or parts.fragment or parts.username:
        raise PartnerUnclear("address")
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise PartnerUnclear("address")
    if not wish.client_id or not wish.client_id.isascii() or len(wish.client_id) > MOST_ADDRESS:
        raise PartnerUnclear("client")
    if not wish.numbers:
        raise PartnerUnclear("number-missing")
    if not all(is_npi(npi) for npi in wish.numbers):
        raise PartnerUnclear("number")
