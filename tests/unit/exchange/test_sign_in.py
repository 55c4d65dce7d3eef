"""Our sign-in against a server that we did not write: sekmet, a FHIR server with SMART."""

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import requests
from joserfc import jwt
from joserfc.jwk import ECKey

from carekraft_desktop.contract.enrolment import ASSERTION_TYPE, PublicKey
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.hub.now import steady, utc_now

CLIENT = "carekraft-office-1"
AT = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 60.0) -> None:
    until = steady() + seconds
    while process.poll() is None and steady() < until:
        with contextlib.suppress(requests.RequestException):
            if requests.get(url, timeout=5).ok:
                return
        time.sleep(0.05)
    pytest.fail("sekmet did not start")


@pytest.fixture
def key() -> sign_in.PrivateKey:
    return sign_in.new_key()


@pytest.fixture
def sekmet(tmp_path: Path, key: sign_in.PrivateKey) -> Iterator[str]:
    """The address of a server that knows our public key."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/fhir"
    client = {
        "client_id": CLIENT,
        "jwks": {"keys": [msgspec.to_builtins(sign_in.public_key(key))]},
        "scopes": "system/*.*",
    }
    config = tmp_path / "settings.yaml"  # YAML reads JSON
    config.write_text(
        json.dumps(
            {
                "base_url": base,
                "host": "127.0.0.1",
                "port": port,
                "data_dir": str(tmp_path / "data"),
                "server_auth": {"types": ["smart"], "smart_clients": [client]},
                "simulator": {"enabled": False},
            }
        ),
        encoding="utf-8",
    )
    program = [sys.executable, "-c", "from sekmet.cli import app; app()"]
    process = subprocess.Popen(
        [*program, "serve", "--config", str(config)],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"{base}/metadata", process)
        yield base
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_sekmet_gives_a_token_for_our_assertion_and_refuses_its_replay(
    sekmet: str, key: sign_in.PrivateKey
) -> None:
    configuration = requests.get(f"{sekmet}/.well-known/smart-configuration", timeout=20).json()
    token_url = configuration["token_endpoint"]

    def signed(jwk: sign_in.PrivateKey, jti: str) -> str:
        return sign_in.assertion(jwk, client_id=CLIENT, token_url=token_url, now=utc_now(), jti=jti)

    def post(assertion: str) -> requests.Response:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
            "scope": "system/*.read",
        }
        return requests.post(token_url, data=form, timeout=20)

    assert requests.get(f"{sekmet}/Appointment", timeout=20).status_code == 401
    assertion = signed(key, "first-of-all")
    given = post(assertion)
    assert given.status_code == 200, given.text
    bearer = {"Authorization": f"Bearer {given.json()['access_token']}"}
    assert requests.get(f"{sekmet}/Appointment", headers=bearer, timeout=20).status_code == 200
    assert post(assertion).status_code == 401, "a replay was accepted"
    assert post(signed(key, "second-one")).status_code == 200
    assert post(signed(sign_in.new_key(), "another-key")).status_code == 401


def test_an_assertion_says_who_for_whom_and_how_long(key: sign_in.PrivateKey) -> None:
    text = sign_in.assertion(
        key, client_id=CLIENT, token_url="http://here/oauth/token", now=AT, jti="once", lifetime=60
    )
    read = jwt.decode(text, ECKey.import_key(dict(key)), algorithms=["ES384"])
    issued = int(AT.timestamp())
    assert read.claims == {
        "iss": CLIENT,
        "sub": CLIENT,
        "aud": "http://here/oauth/token",
        "iat": issued,
        "exp": issued + 60,
        "jti": "once",
    }
    assert read.header["kid"] == key["kid"]


def test_the_public_half_holds_no_secret_and_fits_the_contract(key: sign_in.PrivateKey) -> None:
    public = sign_in.public_key(key)
    text = msgspec.json.encode(public)
    assert key["d"].encode() not in text
    assert msgspec.json.decode(text, type=PublicKey) == public


def test_each_key_is_new() -> None:
    assert len({sign_in.new_key()["kid"] for _ in range(5)}) == 5
