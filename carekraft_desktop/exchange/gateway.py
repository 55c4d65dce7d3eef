"""The exchange as this workstation speaks with it: signed in, strict, in the contract's words."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlencode

from msgspec import Raw

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.commands import (
    Actor,
    Command,
    Commands,
    CommandType,
    Result,
    Results,
    ResultStatus,
)
from carekraft_desktop.contract.enrolment import (
    ASSERTION_SECONDS,
    ASSERTION_TYPE,
    Configuration,
    Enrolled,
    EnrolRequest,
    Meta,
    RotateRequest,
    Token,
)
from carekraft_desktop.contract.feed import Acks, Page
from carekraft_desktop.contract.problems import CONTENT_TYPE, Problem, Slug
from carekraft_desktop.contract.workstations import (
    Heard,
    Heartbeat,
    Slip,
    SlipKind,
    SlipSpent,
    Trail,
    Word,
)
from carekraft_desktop.errors import (
    CodeRefused,
    ExchangeError,
    FeedRestarted,
    Garbled,
    Offline,
    Refused,
    ReportedLost,
    SignedOut,
    TooOld,
    Unavailable,
)
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.exchange.connection import Answer, Connection
from carekraft_desktop.ports import Clock, Ids

T = TypeVar("T")

ENROL = "/v1/enroll"
KEY = "/v1/workstation/key"
WORD = "/v1/workstation/word"
TRIES = "/v1/workstation/tries"
SMALL = 64 * 1024
"""Most bytes of an answer that is not a page."""
TOKEN_MARGIN = 30.0
"""Seconds before its end at which an access token is renewed."""
LONGEST_RETRY_AFTER = 3_600.0

_BY_SLUG: dict[str, type[ExchangeError]] = {
    Slug.DEVICE_REVOKED: SignedOut,
    Slug.KEY_REPLACED: SignedOut,
    Slug.TOKEN_INVALID: SignedOut,
    Slug.NOT_YOUR_OFFICE: SignedOut,
    Slug.CODE_REFUSED: CodeRefused,
    Slug.CURSOR_EXPIRED: FeedRestarted,
    Slug.EPOCH_CHANGED: FeedRestarted,
    Slug.CLIENT_TOO_OLD: TooOld,
}


@dataclass(slots=True)
class Device:
    """This workstation's place at the exchange; shared by everything that speaks for it."""

    client_id: str
    office_id: str
    key: sign_in.PrivateKey
    """The private key as a JWK; it lives in the encrypted store."""
    next_key: sign_in.PrivateKey | None = None
    """The key that takes its place once the exchange has let us in with it."""

    def __repr__(self) -> str:
        """Without the key."""
        return f"Device({self.client_id})"


def enrol(address: str, *, code: str, name: str, clock: Clock, ids: Ids) -> tuple[Enrolled, Device]:
    """Trade a one-time code for a place in an office, with a key made for it.

    Args:
        address: of the exchange.
        code: from the office's administrator.
        name: what the administrator sees this workstation called.
        clock: for the proof.
        ids: for the proof.

    Raises:
        CodeRefused: wrong, used or out of date.
        ExchangeError: the exchange was not reached or did not agree.
    """
    connection = Connection(address)
    try:
        key = sign_in.new_key()
        there = _time_there(connection, clock)
        proof = sign_in.proof(
            key, code=code, enrol_url=connection.url(ENROL), now=there, jti=ids.new()
        )
        request = EnrolRequest(code, name, sign_in.public_key(key), proof)
        headers = {"Content-Type": "application/json"}
        answer = connection.ask("POST", ENROL, headers=headers, body=encode(request), most=SMALL)
        enrolled = _read(answer, Enrolled)
        return enrolled, Device(enrolled.client_id, enrolled.office_id, key)
    finally:
        connection.close()


def look(address: str, *, clock: Clock) -> float:
    """Reach the exchange without signing in; seconds by which its clock is ahead of ours.

    Raises:
        ExchangeError: it was not reached, or is not an exchange.
    """
    connection = Connection(address)
    try:
        return (_time_there(connection, clock) - clock.now()).total_seconds()
    finally:
        connection.close()


def tell_of_tries(address: str, client_id: str, slip: str) -> None:
    """Spend a slip without signing in: many passwords did not fit here (REQ-26).

    Raises:
        ExchangeError: the exchange was not reached, or does not take it.
    """
    connection = Connection(address)
    try:
        headers = {"Content-Type": "application/json"}
        body = encode(SlipSpent(client_id, slip))
        _accepted(connection.ask("POST", TRIES, headers=headers, body=body, most=SMALL))
    finally:
        connection.close()


def _time_there(connection: Connection, clock: Clock) -> datetime:
    """The exchange's time, which its check of a proof goes by; a clinic's clock may be off."""
    found = _read(connection.ask("GET", "/v1/meta", most=SMALL), Meta)
    return found.now if found.now.tzinfo else clock.now()


class ExchangeGateway:
    """Implements `ports.Gateway` over HTTP; used by one thread at a time, but for `cut`."""

    def __init__(self, address: str, device: Device, *, clock: Clock, ids: Ids) -> None:
        """`address`: of the exchange, as given at enrolment."""
        self._address = address
        self._connection = Connection(address)
        self._device = device
        self._clock = clock
        self._ids = ids
        self._token = ""
        self._token_until = 0.0
        self._token_url = ""
        self._offset = 0.0
        self._guard = threading.Lock()
        self._waiting = False
        self._cut = False

    @property
    def clock_offset(self) -> float:
        """Seconds by which the exchange's clock is ahead of this computer's."""
        return self._offset

    def meta(self) -> Meta:
        """What the exchange says of itself."""
        return _read(self._connection.ask("GET", "/v1/meta", most=SMALL), Meta)

    def changes(self, cursor: str, *, limit: int, wait: int) -> Page | None:
        """The next page of the feed; None when `cut` ended the waiting."""
        query = urlencode({"cursor": cursor, "limit": limit, "wait": wait})
        path = f"/v1/offices/{self._device.office_id}/changes?{query}"
        if not wait:
            return _read(self._signed("GET", path), Page)
        if not self._start_waiting():
            return None
        try:
            return _read(self._signed("GET", path, wait=wait), Page)
        except Offline:
            if self._was_cut():
                return None
            raise
        finally:
            self._stop_waiting()

    def send(self, commands: tuple[Command, ...]) -> tuple[Result, ...]:
        """Deliver commands; the results come in any order and are matched by key."""
        path = f"/v1/offices/{self._device.office_id}/commands"
        answer = self._signed("POST", path, body=encode(Commands(list(commands))))
        return tuple(_read(answer, Results).results)

    def acknowledge(self, acks: Acks) -> None:
        """Report how far we are, what was not applied, and what was erased."""
        path = f"/v1/offices/{self._device.office_id}/acks"
        _accepted(self._signed("POST", path, body=encode(acks)))

    def ask(self, method: str, path: str, kind: type[T], body: object | None = None) -> T:
        """Anything else of the contract, signed in, with its answer."""
        data = None if body is None else encode(body)
        return _read(self._signed(method, path, body=data), kind)

    def tell(self, path: str, body: object) -> None:
        """Something that has no answer."""
        _accepted(self._signed("POST", path, body=encode(body)))

    def prove(self) -> None:
        """Come in, and ask for nothing: proves this workstation's key to the exchange.

        Raises:
            SignedOut, ReportedLost: it may not come in any more, or is not known.
        """
        self._token = ""
        self._sign_in_if_due()

    def retire(self, actor: str) -> None:
        """This workstation is taken out of service: it comes in no more, by its own word (REQ-98).

        Args:
            actor: who says so, a staff id.

        Raises:
            SignedOut: it is shut out already.
            Refused, Unavailable: it stays as it is.
        """
        command = Command(
            key=self._ids.new(),
            type=CommandType.WORKSTATION_RETIRED,
            id=self._device.client_id,
            if_version=0,
            actor=Actor(sub=actor, device=self._device.client_id),
            made_at=self._clock.now(),
            body=Raw(b"{}"),
        )
        (result,) = self.send((command,))
        if result.status is ResultStatus.DEFERRED:
            raise Unavailable("deferred", None)
        if result.status is not ResultStatus.APPLIED:
            raise Refused(result.problem.slug if result.problem is not None else result.status)

    def say(self, word: Word) -> Trail | None:
        """Tell the others of the office how this workstation stands, signed (REQ-96).

        Returns:
            How far the journal of this workstation had come when it was furthest, as it said
            before this word; None where it never did.
        """
        self._sign_in_if_due()  # which tells the time there
        at = self._clock.now() + timedelta(seconds=self._offset)
        body = encode(Heartbeat(sign_in.statement(self._device.key, word, at)))
        return _read(self._signed("POST", WORD, body=body), Heard).furthest

    def last_word(self, word: Word) -> Callable[[], None] | None:
        """Signs a word now, to be sent while this gateway is already being closed.

        None where nobody is signed in: then the others know nothing newer than they do.
        """
        token, address = self._token, self._address
        if not token:
            return None
        at = self._clock.now() + timedelta(seconds=self._offset)
        body = encode(Heartbeat(sign_in.statement(self._device.key, word, at)))
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

        def send() -> None:
            connection = Connection(address)
            try:
                connection.ask("POST", WORD, headers=headers, body=body, most=SMALL)
            except ExchangeError:
                return  # the word before stays the last one
            finally:
                connection.close()

        return send

    @property
    def address(self) -> str:
        """Where the exchange is."""
        return self._address

    @property
    def key_in_use(self) -> str:
        """The thumbprint of the key that signs now."""
        return self._device.key["kid"]

    def slip(self) -> str:
        """A slip for a time when this workstation is closed; see `tell_of_tries`."""
        at = self._clock.now() + timedelta(seconds=self._offset)
        what = Slip(self._device.client_id, int(at.timestamp()), self._ids.new(), SlipKind.TRIES)
        return sign_in.slip(self._device.key, what)

    def use_next_key(self) -> None:
        """Tell the exchange of the device's next key and sign in with it; then it is the key.

        The key in use works until that moment, whatever is lost on the way.
        """
        self._sign_in_if_due()  # which tells the time there, and may find that it is done
        key = self._device.next_key
        if key is None:
            return
        proof = sign_in.holding(
            key,
            client_id=self._device.client_id,
            key_url=self._connection.url(KEY),
            now=self._clock.now() + timedelta(seconds=self._offset),
            jti=self._ids.new(),
        )
        self.tell(KEY, RotateRequest(sign_in.public_key(key), proof))
        answer = self._ask_token(key)
        token = _read(answer, Token)
        self._device.key, self._device.next_key = key, None
        self._keep(token)

    def cut(self) -> None:
        """End the waiting of `changes`, now or at its next call."""
        with self._guard:
            self._cut = True
            waiting = self._waiting
        if waiting:
            self._connection.break_off()

    def close(self) -> None:
        """Forget the token and break off whatever is under way; from any thread."""
        self._token = ""
        self.cut()
        self._connection.break_off()
        self._connection.close()

    # ------------------------------------------------------------------ waiting

    def _start_waiting(self) -> bool:
        with self._guard:
            self._waiting = not self._cut
            self._cut = False
            return self._waiting

    def _stop_waiting(self) -> None:
        with self._guard:
            self._waiting = False

    def _was_cut(self) -> bool:
        with self._guard:
            was, self._cut = self._cut, False
            return was

    # ------------------------------------------------------------------ signing in

    def _signed(
        self, method: str, path: str, *, body: bytes | None = None, wait: float = 0.0
    ) -> Answer:
        """A request with a token; one that has just run out is renewed once."""
        fresh = self._sign_in_if_due()
        answer = self._ask(method, path, body, wait)
        if answer.status == 401 and not fresh and _slug(answer) == Slug.TOKEN_INVALID:
            self._token = ""
            self._sign_in_if_due()
            answer = self._ask(method, path, body, wait)
        return answer

    def _ask(self, method: str, path: str, body: bytes | None, wait: float) -> Answer:
        headers = {"Authorization": f"Bearer {self._token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        answer = self._connection.ask(method, path, headers=headers, body=body, wait=wait)
        self._learn_time(answer)
        return answer

    def _sign_in_if_due(self) -> bool:
        if self._token and self._clock.monotonic() < self._token_until:
            return False
        if not self._token_url:
            path = "/.well-known/smart-configuration"
            found = _read(self._connection.ask("GET", path, most=SMALL), Configuration)
            self._token_url = self._connection.url(found.token_endpoint)
        before = self._offset
        key = self._device.key
        answer = self._ask_token(key)
        if answer.status in {400, 401} and abs(self._offset - before) > ASSERTION_SECONDS / 2:
            # Our clock was too far off for the assertion; now we know by how much.
            answer = self._ask_token(key)
        answer = self._with_other_key(key, answer)
        self._keep(_read(answer, Token))
        return True

    def _keep(self, token: Token) -> None:
        self._token = token.access_token
        self._token_until = self._clock.monotonic() + max(0.0, token.expires_in - TOKEN_MARGIN)

    def _with_other_key(self, refused: sign_in.PrivateKey, answer: Answer) -> Answer:
        """When the key is not accepted any more: its successor may have taken its place.

        Either this program ended before it had noted that, or another of our connections has
        just signed in with it.
        """
        if answer.status != 401 or _slug(answer) not in {Slug.TOKEN_INVALID, Slug.KEY_REPLACED}:
            return answer
        other = self._device.next_key or self._device.key
        if other == refused:
            return answer
        answer = self._ask_token(other)
        if answer.status == 200:
            self._device.key, self._device.next_key = other, None
        return answer

    def _ask_token(self, key: sign_in.PrivateKey) -> Answer:
        assertion = sign_in.assertion(
            key,
            client_id=self._device.client_id,
            token_url=self._token_url,
            now=self._clock.now() + timedelta(seconds=self._offset),
            jti=self._ids.new(),
            lifetime=ASSERTION_SECONDS,
        )
        form = {
            "grant_type": "client_credentials",
            "scope": "system/*.*",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
        }
        answer = self._connection.ask(
            "POST",
            self._token_url,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=urlencode(form).encode(),
            most=SMALL,
        )
        self._learn_time(answer)
        return answer

    def _learn_time(self, answer: Answer) -> None:
        if not answer.date:
            return
        try:
            there = parsedate_to_datetime(answer.date)
        except ValueError:
            return
        if there.tzinfo is not None:
            self._offset = (there - self._clock.now()).total_seconds()


def _read(answer: Answer, kind: type[T]) -> T:
    """The value in an accepted answer."""
    _accepted(answer)
    if answer.content_type != "application/json":
        raise Garbled("content-type")
    try:
        return decode(answer.body, kind)
    except Malformed as refusal:
        raise Garbled(refusal.reason) from None


def _accepted(answer: Answer) -> None:
    """Nothing for a 2xx; the right error for anything else."""
    if 200 <= answer.status < 300:
        return
    slug = _slug(answer)
    if answer.status in {408, 425, 429} or answer.status >= 500:
        raise Unavailable(str(answer.status), _seconds(answer.retry_after))
    if slug is None:
        # Not the exchange's way of refusing: something on the way answers in its place.
        raise Garbled("status")
    if slug == Slug.DEVICE_LOST:
        raise ReportedLost(_order(answer))
    known = _BY_SLUG.get(slug)
    raise known(slug) if known else Refused(slug)


def _slug(answer: Answer) -> str | None:
    if answer.content_type != CONTENT_TYPE:
        return None
    try:
        return decode(answer.body, Problem, most=SMALL).slug
    except Malformed:
        return None


def _order(answer: Answer) -> str:
    """What the exchange signed; empty for nothing that can be proved."""
    current = decode(answer.body, Problem, most=SMALL).current
    order = current.get("order") if isinstance(current, dict) else ""
    return order if isinstance(order, str) else ""


def _seconds(retry_after: str) -> float | None:
    try:
        return min(max(0.0, float(retry_after)), LONGEST_RETRY_AFTER)
    except ValueError:
        return None
