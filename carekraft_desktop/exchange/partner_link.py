"""The conversation with a partner's FHIR server: signed in, sized, and in few words.

SMART Backend Services as with the exchange (`private_key_jwt`, RFC 7523). What is sent is made
by `exchange.partner` alone; what comes back is read by it. A change names the version that was
seen (`If-Match`), and a creation is made once however often it is sent (`If-None-Exist`).
"""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated, TypeVar
from urllib.parse import quote, urlencode

from msgspec import Meta, Raw, Struct

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.directory import MOST_TIMES, OpenTime, OpenTimes
from carekraft_desktop.contract.enrolment import ASSERTION_SECONDS, ASSERTION_TYPE, Token
from carekraft_desktop.contract.fhir import US_NPI
from carekraft_desktop.contract.referrals import CancelCode, ReferralBooking
from carekraft_desktop.domain.partners import Answer as Told
from carekraft_desktop.domain.partners import Partner
from carekraft_desktop.errors import (
    ChangedThere,
    Garbled,
    PartnerRefused,
    SignedOut,
    Unavailable,
)
from carekraft_desktop.exchange import partner as forms
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.exchange.connection import Answer, Connection
from carekraft_desktop.ports import Clock, Ids

T = TypeVar("T")

FHIR = "application/fhir+json"
MOST = 512 * 1024
"""Bytes of a list of slots."""
SMALL = 64 * 1024
SCOPE = "system/Appointment.cruds system/Slot.rs system/Schedule.rs"
OLD_SCOPE = "system/*.*"
"""For servers that know the first form of scopes only (SMART 1)."""


class _Place(Struct, frozen=True):
    token_endpoint: Annotated[str, Meta(max_length=400)]


class _Resource(Struct, frozen=True, rename="camel"):
    resource_type: Annotated[str, Meta(max_length=64)] = ""
    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9\-.]{1,64}(?![\s\S])")] = ""
    status: Annotated[str, Meta(max_length=40)] = ""
    start: Annotated[datetime, Meta(tz=True)] | None = None
    end: Annotated[datetime, Meta(tz=True)] | None = None

    @property
    def free(self) -> bool:
        return self.status == "free"


class _Entry(Struct, frozen=True):
    resource: Raw = Raw(b"{}")


class _Bundle(Struct, frozen=True, rename="camel"):
    entry: Annotated[list[_Entry], Meta(max_length=1_000)] = []


class _Capability(Struct, frozen=True, rename="camel"):
    resource_type: Annotated[str, Meta(max_length=64)]
    fhir_version: Annotated[str, Meta(max_length=20)]


class PartnerLink:
    """Implements `ports.PartnerLink` over HTTP; used by one thread at a time."""

    def __init__(self, partner: Partner, *, clock: Clock, ids: Ids) -> None:
        """For one partner.

        Raises:
            Garbled: the address is none that may be used.
        """
        self._partner, self._clock, self._ids = partner, clock, ids
        self._connection = Connection(partner.address)
        self._token = ""
        self._token_until = 0.0

    def look(self) -> None:
        """Reach the server, sign in, and see that appointments can be asked for.

        Raises:
            Offline, Garbled, SignedOut, Refused: what is wrong, in this order.
        """
        found = self._read(self._connection.ask("GET", "/metadata", most=4 * MOST), _Capability)
        if found.resource_type != "CapabilityStatement" or not found.fhir_version.startswith("4"):
            raise Garbled("not-fhir-4")
        self._ask("GET", "/Appointment?_count=1")

    def bring(self, booking: ReferralBooking) -> Told:
        """Ask for the appointment; asking again finds the one that there is."""
        only_one = {"If-None-Exist": f"identifier={_number(booking)}"}
        answer = self._ask("POST", "/Appointment", forms.appointment(booking), only_one)
        return _told(answer, booking)

    def ask(self, booking: ReferralBooking, id_: str) -> Told:
        """How it stands."""
        return _told(self._ask("GET", f"/Appointment/{quote(id_, safe='')}"), booking)

    def find(self, booking: ReferralBooking) -> Told | None:
        """How it stands, where it is not known whether it arrived; None if it did not."""
        query = urlencode({"identifier": _number(booking)})
        found = self._read(self._ask("GET", f"/Appointment?{query}"), _Bundle).entry
        return forms.answer(bytes(found[0].resource), booking) if found else None

    def recall(self, booking: ReferralBooking, code: CancelCode, *, id_: str, version: str) -> Told:
        """Cancel it as it was when somebody last looked.

        Raises:
            ChangedThere: the partner has changed it since; nothing was cancelled.
        """
        data = forms.cancellation(booking, code, id_=id_)
        headers = {"If-Match": f'W/"{version}"'}
        return _told(
            self._ask("PUT", f"/Appointment/{quote(id_, safe='')}", data, headers), booking
        )

    def times(self, npi: str, location_id: str) -> OpenTimes:
        """Free slots of a provider, from the schedules that carry the provider's number."""
        query = urlencode({"identifier": f"{US_NPI}|{npi}"})
        plans = self._resources(f"/Schedule?{query}", "Schedule")
        now = self._now()
        times: list[Raw] = []
        for plan in plans[:10]:
            start = now.strftime("ge%Y-%m-%dT%H:%M:%SZ")
            asked = {"schedule": f"Schedule/{plan.id}", "status": "free", "start": start}
            asked |= {"_count": str(MOST_TIMES), "_sort": "start"}
            found = self._resources(f"/Slot?{urlencode(asked)}", "Slot")
            times += [_open_time(slot.id, slot.start, slot.end) for slot in found if slot.free]
        return OpenTimes(npi, location_id, now, times[:MOST_TIMES])

    def close(self) -> None:
        """Forget the token and let go; from any thread."""
        self._token = ""
        self._connection.break_off()
        self._connection.close()

    def _resources(self, path: str, kind: str) -> list[_Resource]:
        """What a search found; what cannot be read is left out."""
        found: list[_Resource] = []
        for entry in self._read(self._ask("GET", path, most=MOST), _Bundle).entry:
            try:
                resource = decode(bytes(entry.resource), _Resource)
            except Malformed:
                continue
            if resource.resource_type == kind and resource.id:
                found.append(resource)
        return found

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        more: dict[str, str] | None = None,
        *,
        most: int = SMALL,
    ) -> Answer:
        self._sign_in_if_due()
        headers = {"Authorization": f"Bearer {self._token}", **(more or {})}
        if body is not None:
            headers |= {"Content-Type": FHIR, "Prefer": "return=representation"}
        answer = self._connection.ask(method, path, headers=headers, body=body, most=most)
        if answer.status in {401, 403}:
            self._token = ""
            raise SignedOut(str(answer.status))
        if answer.status in {409, 412}:
            raise ChangedThere(str(answer.status))
        _usable(answer)
        return answer

    def _sign_in_if_due(self) -> None:
        if self._token and self._clock.monotonic() < self._token_until:
            return
        found = self._connection.ask("GET", "/.well-known/smart-configuration", most=SMALL)
        place = self._connection.url(self._read(found, _Place).token_endpoint)
        answer = self._ask_token(place, self._now(found), SCOPE)
        if answer.status == 400 and b"invalid_scope" in answer.body:
            answer = self._ask_token(place, self._now(found), OLD_SCOPE)
        if answer.status in {400, 401, 403}:
            raise SignedOut(str(answer.status))
        token = self._read(answer, Token)
        self._token = token.access_token
        self._token_until = self._clock.monotonic() + max(0.0, token.expires_in - 30.0)

    def _ask_token(self, place: str, now: datetime, scope: str) -> Answer:
        assertion = sign_in.assertion(
            self._partner.key,
            client_id=self._partner.client_id,
            token_url=place,
            now=now,
            jti=self._ids.new(),
            lifetime=ASSERTION_SECONDS,
        )
        form = {
            "grant_type": "client_credentials",
            "scope": scope,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(form).encode()
        return self._connection.ask("POST", place, headers=headers, body=body, most=SMALL)

    def _now(self, answer: Answer | None = None) -> datetime:
        """The partner's time where it told it; a clinic's clock may be off."""
        ours = self._clock.now()
        if answer is None or not answer.date:
            return ours
        try:
            there = parsedate_to_datetime(answer.date)
        except ValueError:
            return ours
        far = there.tzinfo is not None and abs(there - ours) > timedelta(seconds=5)
        return there if far else ours

    @staticmethod
    def _read(answer: Answer, kind: type[T]) -> T:
        _usable(answer)
        try:
            return decode(answer.body, kind, most=4 * MOST)
        except Malformed as refusal:
            raise Garbled(refusal.reason) from None


def _told(answer: Answer, booking: ReferralBooking) -> Told:
    try:
        return forms.answer(answer.body, booking)
    except Malformed as refusal:
        raise Garbled(refusal.reason) from None


def _usable(answer: Answer) -> None:
    if 200 <= answer.status < 300:
        return
    if answer.status in {408, 425, 429} or answer.status >= 500:
        raise Unavailable(str(answer.status))
    if answer.status in {400, 422}:
        raise PartnerRefused(str(answer.status))
    raise Garbled("status")


def _open_time(id_: str, start: datetime | None, end: datetime | None) -> Raw:
    """As the exchange would tell it; one without its times is left out where it is read."""
    if start is None or end is None:
        return Raw(b"{}")
    return Raw(encode(OpenTime(id_, start, end)))


def _number(booking: ReferralBooking) -> str:
    return f"{forms.REQUEST}|{booking.request_id}"
