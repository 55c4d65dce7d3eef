"""Who may come in: assertions, tokens, and workstations that were shut out."""

from datetime import timedelta

import requests
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from carekraft_desktop.contract.enrolment import ASSERTION_TYPE, TOKEN_SECONDS
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.hub import tables
from tests.hub_fixture import NOON, Desk, Hub, new_key


def told(answer: requests.Response) -> str:
    """The kind of problem, after checking that it is one."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == answer.status_code
    return str(document["type"]).removeprefix("urn:carekraft:problem:")


def claims_of(desk: Desk) -> dict[str, object]:
    """Good claims for a sign-in now."""
    now = int(NOON.timestamp())
    return {
        "iss": desk.client_id,
        "sub": desk.client_id,
        "aud": desk.hub.settings.token_endpoint,
        "iat": now,
        "exp": now + 60,
        "jti": new_key(),
    }


def signed(desk: Desk, claims: dict[str, object]) -> str:
    return jwt.encode({"alg": "ES384"}, claims, ECKey.import_key(dict(desk.key)), ["ES384"])


def test_good_claims_are_good(hub: Hub) -> None:
    desk = hub.enrol()
    assert hub.sign_in(signed(desk, claims_of(desk))).status_code == 200


BAD_CLAIMS: tuple[tuple[str, object], ...] = (
    ("aud", "http://elsewhere/oauth/token"),
    ("aud", ["http://elsewhere", "http://here"]),
    ("aud", None),
    ("iss", "ws-of-somebody"),
    ("sub", "ws-of-somebody"),
    ("sub", None),
    ("exp", int(NOON.timestamp()) - 61),
    ("exp", int(NOON.timestamp()) + 361),
    ("exp", None),
    ("exp", "tomorrow"),
    ("exp", True),
    ("exp", float("inf")),
    ("exp", float("nan")),
    ("iat", int(NOON.timestamp()) + 61),
    ("iat", int(NOON.timestamp()) - 400),
    ("nbf", int(NOON.timestamp()) + 61),
    ("jti", None),
    ("jti", "short"),
    ("jti", "x" * 129),
    ("jti", 12345678),
)


def test_an_assertion_with_a_bad_claim_is_refused(hub: Hub) -> None:
    desk = hub.enrol()
    for name, value in BAD_CLAIMS:
        claims = claims_of(desk) | {name: value}
        if value is None:
            del claims[name]
        answer = hub.sign_in(signed(desk, claims))
        assert (answer.status_code, told(answer)) == (401, "token-invalid"), (name, value)
        assert answer.json()["error"] == "invalid_client"


def test_clocks_may_differ_by_a_minute(hub: Hub) -> None:
    desk = hub.enrol()
    for seconds in (-59, 59):
        now = int(NOON.timestamp()) + seconds
        claims = claims_of(desk) | {"iat": now, "exp": now + 60}
        assert hub.sign_in(signed(desk, claims)).status_code == 200


def test_an_assertion_works_once(hub: Hub) -> None:
    desk = hub.enrol()
    assertion = signed(desk, claims_of(desk))
    assert hub.sign_in(assertion).status_code == 200
    answer = hub.sign_in(assertion)
    assert (answer.status_code, told(answer)) == (401, "token-invalid")


def test_another_key_does_not_sign_for_us(hub: Hub) -> None:
    desk = hub.enrol()
    thief = Desk(hub, desk.client_id, sign_in.new_key(), desk.session)
    assert hub.sign_in(signed(thief, claims_of(desk))).status_code == 401


def test_our_own_other_workstation_does_not_sign_for_us(hub: Hub) -> None:
    one, two = hub.enrol("One"), hub.enrol("Two")
    assert hub.sign_in(signed(two, claims_of(one))).status_code == 401


def test_other_ways_to_sign_are_refused(hub: Hub) -> None:
    desk = hub.enrol()
    claims = claims_of(desk)
    public = sign_in.public_key(desk.key)
    secret = OctKey.import_key((public.x + public.y).encode())
    by_secret = jwt.encode({"alg": "HS256"}, claims, secret, ["HS256"])
    head, body, _ = signed(desk, claims).split(".")
    none = "eyJhbGciOiJub25lIn0"
    for assertion in (by_secret, f"{none}.{body}.", f"{head}.{body}.", "a.b.c", "", "é", "." * 3):
        assert hub.sign_in(assertion).status_code == 401


def test_other_grants_are_refused(hub: Hub) -> None:
    desk = hub.enrol()
    for change, error in (
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "x"}, "invalid_request"),
    ):
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": signed(desk, claims_of(desk)),
        }
        answer = requests.post(hub.settings.token_endpoint, data=form | change, timeout=20)
        assert (answer.status_code, told(answer)) == (400, "invalid-request")
        assert answer.json()["error"] == error


def test_a_token_is_good_for_ten_minutes(hub: Hub) -> None:
    desk = hub.enrol()
    hub.play("clock", seconds=TOKEN_SECONDS - 1)
    assert desk.get("/changes").status_code == 200
    hub.play("clock", seconds=TOKEN_SECONDS)
    answer = desk.get("/changes")
    assert (answer.status_code, told(answer)) == (401, "token-invalid")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_is_not_in_the_database(hub: Hub) -> None:
    desk = hub.enrol()
    value = str(desk.session.headers["Authorization"]).removeprefix("Bearer ")
    kept = hub.read(lambda connection: connection.execute(tables.token.select()).all())
    assert kept
    assert all(value not in str(row) for row in kept)


def test_without_a_good_token_nothing_is_told(hub: Hub) -> None:
    desk = hub.enrol()
    for header in ("", "Bearer", "Bearer x", "Basic eDp4", "bearer  "):
        desk.session.headers["Authorization"] = header
        for answer in (
            desk.get("/changes"),
            desk.post("/commands", b"{}"),
            desk.post("/acks", b"{}"),
            desk.get("/items/office/office-81"),
        ):
            assert (answer.status_code, told(answer)) == (401, "token-invalid"), header


def test_another_offices_address_is_refused(hub: Hub) -> None:
    desk = hub.enrol()
    for path in ("/changes", "/items/office/office-81"):
        answer = desk.session.get(f"{hub.url}/v1/offices/office-82{path}", timeout=20)
        assert (answer.status_code, told(answer)) == (403, "not-your-office")
    answer = desk.session.post(f"{hub.url}/v1/offices/office-82/commands", timeout=20)
    assert (answer.status_code, told(answer)) == (403, "not-your-office")


def test_a_workstation_that_was_shut_out_is_told_so_everywhere(hub: Hub) -> None:
    desk, other = hub.enrol("Lost"), hub.enrol("Kept")
    hub.play("revoke", client_id=desk.client_id)
    for answer in (
        desk.get("/changes"),
        desk.post("/commands", b"{}"),
        hub.sign_in(signed(desk, claims_of(desk))),
    ):
        assert (answer.status_code, told(answer)) == (401, "device-revoked")
    assert other.get("/changes").status_code == 200


def test_used_assertions_and_old_tokens_are_forgotten_in_time(hub: Hub) -> None:
    desk = hub.enrol()
    for _ in range(3):
        hub.token(desk)
    hub.play("clock", seconds=timedelta(hours=1).total_seconds())
    hub.token(desk)
    tokens = hub.read(lambda connection: connection.execute(tables.token.select()).all())
    used = hub.read(lambda connection: connection.execute(tables.assertion.select()).all())
    assert (len(tokens), len(used)) == (1, 1)
