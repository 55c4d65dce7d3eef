"""Tokens, assertions and headers at random: nobody comes in who does not belong."""

import base64
import hmac
import json
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some
from joserfc import jwt
from joserfc.jwk import ECKey

from carekraft_desktop.exchange import sign_in
from carekraft_desktop.hub import openapi
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.hub_fixture import Desk, Hub, hub, new_key
from tests.unit.hub.fhir.partner import register

__all__ = ["hub"]

SHARED = [HealthCheck.function_scoped_fixture]
Claims = dict[str, Any]
PROTECTED = [
    path
    for path, methods in openapi.document()["paths"].items()
    if "get" in methods and methods["get"].get("security") != []
]
"""Addresses that answer only who is signed in."""


def address(path: str) -> str:
    """The path with ids in it."""
    for name, value in (("office", OFFICE_ID), ("kind", "patient")):
        path = path.replace(f"{{{name}}}", value)
    return path.replace("{npi}", "1").replace("{location}", "x").replace("{id}", "x")


def good_claims(desk: Desk) -> Claims:
    """What a workstation signs."""
    now = int(desk.hub.now().timestamp())
    return {
        "iss": desk.client_id,
        "sub": desk.client_id,
        "aud": desk.hub.settings.token_endpoint,
        "iat": now,
        "exp": now + 60,
        "jti": new_key(),
    }


def signed(key: sign_in.PrivateKey, claims: Claims) -> str:
    header = {"alg": "ES384", "kid": key["kid"], "typ": "JWT"}
    return jwt.encode(header, claims, ECKey.import_key(dict(key)), algorithms=["ES384"])


wrong: dict[str, some.SearchStrategy[Any]] = {
    "iss": some.text(max_size=30) | some.none() | some.integers(),
    "sub": some.text(max_size=30) | some.none(),
    "aud": some.text(max_size=30) | some.lists(some.text(max_size=9), max_size=3) | some.none(),
    "exp": some.integers(-(10**12), 10**12) | some.text(max_size=9) | some.booleans() | some.none(),
    "jti": some.integers() | some.none() | some.text(max_size=7),
}


@settings(max_examples=60, suppress_health_check=SHARED)
@given(data=some.data(), name=some.sampled_from(sorted(wrong)))
def test_a_claim_that_is_not_as_it_must_be_lets_nobody_in(
    hub: Hub, data: some.DataObject, name: str
) -> None:
    desk = hub.enrolled()
    claims = good_claims(desk)
    value = data.draw(wrong[name])
    if name == "exp" and isinstance(value, int) and not isinstance(value, bool):
        assume(not claims["iat"] - 60 < value <= claims["iat"] + 360)
    assume(value != claims[name])
    assert hub.sign_in(signed(desk.key, claims | {name: value})).status_code in (400, 401)


@settings(max_examples=60, suppress_health_check=SHARED)
@given(place=some.integers(0, 10_000), letter=some.sampled_from("AZaz09-_.="))
def test_an_assertion_with_one_letter_changed_lets_nobody_in(
    hub: Hub, place: int, letter: str
) -> None:
    desk = hub.enrolled()
    text = signed(desk.key, good_claims(desk))
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    # The last letters of a part can be other letters for the same bytes.
    assume([_bytes(each) for each in changed.split(".")] != [_bytes(e) for e in text.split(".")])
    assert hub.sign_in(changed).status_code == 401


def _bytes(part: str) -> bytes | str:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        return part


def unsigned(claims: Claims, desk: Desk) -> str:
    """`alg: none`."""
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(_coded(json.dumps(each).encode()) for each in parts) + "."


def by_public_key(claims: Claims, desk: Desk) -> str:
    """HS256 with the public key, which everybody may know, as the secret."""
    public = ECKey.import_key({name: desk.key[name] for name in ("kty", "crv", "x", "y")}).as_pem(
        private=False
    )
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    said = ".".join(_coded(json.dumps(each).encode()) for each in parts)
    return f"{said}.{_coded(hmac.digest(public, said.encode(), 'sha256'))}"


def by_stranger(claims: Claims, desk: Desk) -> str:
    """Somebody else's key under our kid."""
    return signed(sign_in.new_key() | {"kid": desk.key["kid"]}, claims)


def with_own_key_inside(claims: Claims, desk: Desk) -> str:
    """A stranger's key in the header, which a careless reader would take."""
    key = ECKey.generate_key("P-384", private=True)
    header = {"alg": "ES384", "jwk": key.as_dict(private=False), "jku": "http://127.0.0.1:9/"}
    return jwt.encode(header, claims, key, algorithms=["ES384"])


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.mark.parametrize("forged", [unsigned, by_public_key, by_stranger, with_own_key_inside])
def test_a_forged_assertion_lets_nobody_in(hub: Hub, forged: Callable[[Claims, Desk], str]) -> None:
    desk = hub.enrol()
    assert hub.sign_in(signed(desk.key, good_claims(desk))).status_code == 200
    answer = hub.sign_in(forged(good_claims(desk), desk))
    assert answer.status_code == 401
    assert "access_token" not in answer.text


@settings(max_examples=80, suppress_health_check=SHARED)
@given(
    scheme=some.sampled_from(["Bearer ", "bearer  ", "Basic ", "", "Bearer", "Bearer Bearer "]),
    value=some.text(some.characters(min_codepoint=33, max_codepoint=126), max_size=80),
    path=some.sampled_from(PROTECTED),
)
def test_no_made_up_token_opens_anything(hub: Hub, scheme: str, value: str, path: str) -> None:
    headers = {"Authorization": f"{scheme}{value}"}
    answer = requests.get(hub.url + address(path), headers=headers, timeout=20)
    assert answer.status_code in (400, 401), answer.text


def test_a_real_token_with_anything_changed_opens_nothing(hub: Hub) -> None:
    desk = hub.enrol()
    whole = str(desk.session.headers["Authorization"])
    assert desk.get("/changes").ok
    token = whole.removeprefix("Bearer ")
    for other in (
        *(
            token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :]
            for n in range(len(token))
        ),
        token[:-1],
        token + "A",
        token.swapcase(),
        f"{token},{token}",
        f'"{token}"',
    ):
        headers = {"Authorization": f"Bearer {other}"}
        answer = requests.get(f"{hub.office_url}/changes", headers=headers, timeout=20)
        assert answer.status_code == 401
    for scheme in ("Basic", "Token", "BearerX", "DPoP"):
        headers = {"Authorization": f"{scheme} {token}"}
        answer = requests.get(f"{hub.office_url}/changes", headers=headers, timeout=20)
        assert answer.status_code == 401


@settings(max_examples=80, suppress_health_check=SHARED)
@given(
    headers=some.lists(
        some.tuples(
            some.sampled_from(
                [
                    "Host",
                    "X-Forwarded-For",
                    "X-Forwarded-Host",
                    "X-Original-URL",
                    "X-HTTP-Method-Override",
                    "Content-Length",
                    "Transfer-Encoding",
                    "Content-Type",
                    "CareKraft-Client",
                    "Accept",
                    "Cookie",
                    "If-None-Match",
                    "Range",
                    "Connection",
                    "Expect",
                    "Authorization",
                    "Date",
                ]
            ),
            some.binary(max_size=40),
        ),
        max_size=6,
    ),
    path=some.sampled_from(PROTECTED),
)
def test_no_header_whatever_opens_anything_or_breaks_the_exchange(
    hub: Hub, headers: list[tuple[str, bytes]], path: str
) -> None:
    said = b"GET " + address(path).encode() + b" HTTP/1.1\r\n"
    for name, value in headers:
        clean = value.replace(b"\r", b"").replace(b"\n", b"")
        said += name.encode() + b": " + clean + b"\r\n"
    status = raw(hub, said + b"Connection: close\r\n\r\n")
    assert status in (0, 400, 401, 404, 405, 426, 501), status


def raw(hub: Hub, data: bytes) -> int:
    """The status of what is answered to these bytes; 0 when nothing is."""
    where = urlsplit(hub.url)
    assert where.hostname
    assert where.port
    with socket.create_connection((where.hostname, where.port), timeout=20) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        told = connection.recv(64)
    return int(told.split()[1]) if told.startswith(b"HTTP/") else 0


def test_a_partners_token_is_no_more_than_its_scopes_after_any_asking(hub: Hub) -> None:
    partner = register(hub, role="books")
    for asked in ("system/*.*", "system/*.cruds system/Slot.cruds", "system/Slot.write", "*", ""):
        given_ = partner.sign_in(asked).json().get("scope", "")
        assert "Slot.c" not in given_
        assert "Slot.crus" not in given_
        assert "AppointmentResponse" not in given_
