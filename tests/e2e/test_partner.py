"""A partner's own FHIR server, written by others, takes referrals from a real desk's outbox."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from carekraft_desktop.domain import payload
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.partners import Partner
from carekraft_desktop.domain.referrals import Stage
from carekraft_desktop.exchange import partner as forms
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.hub.now import steady, utc_now
from carekraft_desktop.services import partners, referrals
from carekraft_desktop.store import outbox
from carekraft_desktop.store import partners as rows
from carekraft_desktop.store.facts import Fact
from tests.proxy import Relay
from tests.referring import Referring, Seat, referring, template
from tests.sekmet import CLIENT, Sekmet
from tests.taint import MARK, canary

__all__ = ["referring", "template"]
US_NPI = "http://hl7.org/fhir/sid/us-npi"


class There:
    """The partner's own desk, at its own server."""

    def __init__(self, server: Sekmet, key: sign_in.PrivateKey) -> None:
        self.server, self.key = server, key
        self._headers: dict[str, str] = {}

    @property
    def headers(self) -> dict[str, str]:
        if not self._headers:
            base = self.server.base
            found = requests.get(f"{base}/.well-known/smart-configuration", timeout=20).json()
            url = found["token_endpoint"]
            form = {
                "grant_type": "client_credentials",
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion": sign_in.assertion(
                    self.key, client_id=CLIENT, token_url=url, now=utc_now(), jti=str(steady())
                ),
                "scope": "system/*.*",
            }
            token = requests.post(url, data=form, timeout=20).json()["access_token"]
            self._headers = {
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/fhir+json",
            }
        return self._headers

    def make(self, resource: dict[str, Any]) -> dict[str, Any]:
        kind = resource["resourceType"]
        made = requests.post(
            f"{self.server.base}/{kind}", json=resource, headers=self.headers, timeout=20
        )
        assert made.status_code == 201, made.text
        found: dict[str, Any] = made.json()
        return found

    def appointments(self) -> list[dict[str, Any]]:
        found = requests.get(
            f"{self.server.base}/Appointment", headers=self.headers, timeout=20
        ).json()
        return [entry["resource"] for entry in found.get("entry", [])]

    def change(self, **news: Any) -> None:
        (theirs,) = self.appointments()
        put = requests.put(
            f"{self.server.base}/Appointment/{theirs['id']}",
            json=theirs | news,
            headers=self.headers,
            timeout=20,
        )
        assert put.status_code == 200, put.text


@pytest.fixture
def desk(referring: Referring) -> Seat:
    return referring.ours


@pytest.fixture
def server(tmp_path: Any) -> Iterator[Sekmet]:
    made = Sekmet(tmp_path / "partner")
    yield made
    made.stop()


def with_partner(desk: Seat, server: Sekmet) -> tuple[Entry, Partner, There]:
    """A provider of the directory who is reached through the partner's server."""
    entry = desk.entry(wants_sex=False)
    wish = partners.Wish("", "Lakeside Heart", server.base, CLIENT, (entry.npi,))
    id_ = partners.keep(desk.desk, wish)
    with desk.store.read() as unit:
        made = rows.get(unit, id_)
    assert made is not None
    server.start(made.key)
    return entry, made, There(server, made.key)


def publish(there: There, entry: Entry, desk: Seat) -> None:
    """Two open times in the partner's own calendar, and one that tells something."""
    schedule = there.make(
        {
            "resourceType": "Schedule",
            "identifier": [{"system": US_NPI, "value": entry.npi}],
            "actor": [{"display": entry.name}],
        }
    )
    day = desk.clock.now().replace(hour=15, minute=0, second=0, microsecond=0)
    for days, status in ((3, "free"), (4, "free"), (5, "busy")):
        start = day + timedelta(days=days)
        there.make(
            {
                "resourceType": "Slot",
                "schedule": {"reference": f"Schedule/{schedule['id']}"},
                "status": status,
                "start": start.isoformat(),
                "end": (start + timedelta(minutes=30)).isoformat(),
                "comment": "MRI follow-up",
            }
        )


def booked_with_partner(desk: Seat, server: Sekmet) -> tuple[str, There, Entry]:
    """A referral that was confirmed at the desk and settled."""
    entry, _, there = with_partner(desk, server)
    publish(there, entry, desk)
    # Two of three are free, and nobody's words come along.
    assert [slot.end - slot.start for slot in desk.times(entry)] == [1_800, 1_800]
    patient_id = desk.patient()
    desk.permit(patient_id, entry)
    referral = desk.sent(patient_id, entry)
    desk.settle()
    return referral, there, entry


def delivery(desk: Seat, referral: str, act: Act) -> Delivery:
    with desk.store.read() as unit:
        return [each.delivery for each in outbox.about(unit, referral) if each.act is act][-1]


@pytest.mark.req("REQ-65", "REQ-77", "REQ-78", "REQ-79")
def test_a_partner_takes_it_answers_and_refuses_a_stale_cancel(
    desk: Seat, server: Sekmet, referring: Referring
) -> None:
    referral, there, _ = booked_with_partner(desk, server)
    (theirs,) = there.appointments()
    message = desk.look(referral).work.message
    sent = json.loads(forms.appointment(payload.read(message).booking))
    assert {key: theirs[key] for key in sent if key not in {"meta"}} == {
        key: value for key, value in sent.items() if key != "meta"
    }
    name = json.loads(message)["family_name"]
    assert name not in json.dumps(theirs)
    assert desk.look(referral).stage is Stage.PROPOSED
    # The permission was taken at the exchange, and the patient has the copy (REQ-69, REQ-80).
    letters = referring.letters(desk.look(referral).work.patient_id)
    assert [letter["message"].encode() for letter in letters] == [message]
    assert ("partner.delivered", "done") in {
        (action, outcome) for action, _, outcome in desk.journal_of(referral)
    }
    with desk.store.read() as unit:
        assert unit.value("SELECT count(*) FROM ledger WHERE id = ?", referral) == 1

    there.change(status="booked", comment="Knee pain", description="MRI")
    desk.clock.advance(seconds=120)
    desk.settle()
    assert desk.look(referral).stage is Stage.BOOKED
    with desk.store.read() as unit:
        told = str(unit.rows("SELECT * FROM referral")) + str(unit.rows("SELECT * FROM journal"))
    assert "Knee" not in told
    assert "MRI" not in told

    # The partner moves it; before we have heard, the desk cancels what it still sees.
    moved = datetime.fromisoformat(theirs["start"]).astimezone(UTC) + timedelta(days=7)
    news = {
        "status": "booked",
        "start": moved.isoformat(),
        "end": (moved + timedelta(minutes=30)).isoformat(),
    }
    there.change(**news)
    referrals.cancel(desk.desk, referral)
    desk.settle()
    assert delivery(desk, referral, Act.RECALL) is Delivery.CONFLICT
    assert there.appointments()[0]["status"] == "booked"
    assert desk.look(referral).stage is Stage.RESCHEDULED

    # Now it is seen as it is, and the cancel is taken.
    referrals.cancel(desk.desk, referral)
    desk.settle()
    assert there.appointments()[0]["status"] == "cancelled"
    assert desk.look(referral).stage is Stage.CANCELLED


def test_a_partner_that_is_away_stops_nothing_else_and_gets_it_later(
    desk: Seat, server: Sekmet
) -> None:
    entry, _, there = with_partner(desk, server)
    publish(there, entry, desk)
    patient_id = desk.patient()
    desk.permit(patient_id, entry)
    other = desk.patient()
    desk.permit(other, entry)
    referral = desk.sent(patient_id, entry)
    server.pause()
    desk.clock.advance(seconds=10)
    cycle = desk.cycle()
    assert not cycle.state.error, "the exchange is there"
    assert delivery(desk, referral, Act.CARRY) is Delivery.APPLIED
    assert delivery(desk, referral, Act.DELIVER) is Delivery.DEFERRED
    # Another one waits as well, without a try of its own: nobody waits for who is away.
    cancelled = desk.draft_at(other, entry, desk.times_known(entry)[0])
    desk.cycle()
    server.resume()
    referrals.cancel(desk.desk, cancelled)
    desk.clock.advance(seconds=400)
    desk.settle()
    assert delivery(desk, referral, Act.DELIVER) is Delivery.APPLIED
    assert delivery(desk, cancelled, Act.DELIVER) is Delivery.VOID
    assert desk.look(cancelled).stage is Stage.CANCELLED
    assert len(there.appointments()) == 1


def test_what_was_withdrawn_before_it_left_never_arrives(
    desk: Seat, server: Sekmet, referring: Referring
) -> None:
    entry, _, there = with_partner(desk, server)
    publish(there, entry, desk)
    patient_id = desk.patient()
    permission = desk.permit(patient_id, entry)
    referral = desk.sent(patient_id, entry)
    server.pause()
    desk.clock.advance(seconds=10)
    desk.cycle()
    referring.hub.play("patient/revoke", permission=permission)
    desk.clock.advance(seconds=1)
    desk.cycle()
    server.resume()
    desk.clock.advance(seconds=600)
    desk.settle()
    assert there.appointments() == []
    assert delivery(desk, referral, Act.DELIVER) is Delivery.REJECTED
    assert desk.look(referral).stage is Stage.CANCELLED


def _canaries(theirs: dict[str, Any]) -> dict[str, Any]:
    """A canary in every place of an appointment that a FHIR server takes words in."""
    people = [
        {**each, "type": [{"text": canary()}], "actor": each["actor"] | {"display": canary()}}
        for each in theirs["participant"]
    ]
    return {
        "status": "booked",
        "comment": canary(),
        "description": canary(),
        "patientInstruction": canary(),
        "reasonCode": [{"text": canary(), "coding": [{"code": canary(), "display": canary()}]}],
        "serviceType": [{"text": canary()}],
        "appointmentType": {"text": canary()},
        "supportingInformation": [{"display": canary()}],
        "extension": [{"url": "urn:example:note", "valueString": canary()}],
        "participant": people,
    }


@pytest.mark.req("REQ-38", "REQ-63")
def test_trying_the_connection_says_what_is_wrong_and_no_canary_of_theirs_comes_back_out(
    desk: Seat, server: Sekmet, referring: Referring
) -> None:
    place = urlsplit(server.base)
    relay = Relay((place.hostname or "", place.port or 0))
    try:
        entry, made, there = with_partner(desk, server)
        publish(there, entry, desk)
        patient_id = desk.patient()
        desk.permit(patient_id, entry)
        wish = partners.Wish(made.id, made.name, f"{relay.url}/fhir", CLIENT, made.numbers)
        # Where tokens are given at another host than the one that was filled in, nothing is sent.
        partners.keep(desk.desk, wish)
        assert partners.test(desk.desk, desk.link, made.id) == "exchange-garbled"
        server.restart_as(f"{relay.url}/fhir")
        there = There(server, made.key)
        assert partners.test(desk.desk, desk.link, made.id) == ""
        referral = desk.sent(patient_id, entry)
        desk.settle()
        (theirs,) = there.appointments()
        there.change(**_canaries(theirs))
        desk.clock.advance(seconds=120)
        desk.settle()
        assert desk.look(referral).stage is Stage.BOOKED
        assert MARK in json.dumps(there.appointments())
        referrals.cancel(desk.desk, referral)
        desk.settle()
        assert desk.look(referral).stage is Stage.CANCELLED
        assert relay.sent.count(b"If-None-Exist") == 1
        assert MARK.encode() not in bytes(relay.sent)

        def tried(address: str, client: str) -> str:
            wish = partners.Wish(made.id, made.name, address, client, made.numbers)
            partners.keep(desk.desk, wish)
            return partners.test(desk.desk, desk.link, made.id)

        assert tried(f"{relay.url}/fhir", "somebody-else") == "signed-out"
        assert tried(referring.hub.url, CLIENT) == "exchange-garbled"
        server.stop()
        assert tried(server.base, CLIENT) == "offline"
        with desk.store.read() as unit:
            kept = rows.get(unit, made.id)
        assert kept is not None
        assert (kept.problem, kept.key) == ("offline", made.key)
        desk.set_fact(Fact.EXCHANGE, referring.hub.url)
        places = {urlsplit(url).netloc for url in (server.base, referring.hub.url)}
        assert partners.destinations(desk.desk) == tuple(sorted(places))
    finally:
        relay.close()
