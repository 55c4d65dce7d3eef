"""Enrolment: a code works once, for fifteen minutes, for five tries, with proof of the key."""

import requests

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.enrolment import EnrolRequest
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.hub import tables
from tests.hub_fixture import Hub, new_key


def ask(
    hub: Hub,
    code: str,
    *,
    key: sign_in.PrivateKey | None = None,
    proof_key: sign_in.PrivateKey | None = None,
    proof_code: str | None = None,
    enrol_url: str | None = None,
) -> requests.Response:
    """Try to enrol, with one thing or another wrong."""
    key = key or sign_in.new_key()
    proof = sign_in.proof(
        proof_key or key,
        code=proof_code or code,
        enrol_url=enrol_url or hub.settings.enrol_endpoint,
        now=hub.now(),
        jti=new_key(),
    )
    wanted = EnrolRequest(code=code, name="Desk", key=sign_in.public_key(key), proof=proof)
    headers = {"Content-Type": "application/json"}
    return requests.post(
        hub.settings.enrol_endpoint, data=encode(wanted), headers=headers, timeout=20
    )


def test_a_code_works_once(hub: Hub) -> None:
    code = hub.sandbox.issue_code()
    first = ask(hub, code)
    assert first.status_code == 201
    assert first.json()["office_id"] == hub.office.id
    again = ask(hub, code)
    assert again.status_code == 403
    assert again.json()["type"] == "urn:carekraft:problem:code-refused"


def test_a_code_may_be_written_as_people_do(hub: Hub) -> None:
    assert ask(hub, hub.sandbox.issue_code().lower()).status_code == 201
    assert ask(hub, hub.sandbox.issue_code().replace("-", " ")).status_code == 201
    assert ask(hub, hub.sandbox.issue_code().replace("-", "")).status_code == 201


def test_a_code_works_for_fifteen_minutes(hub: Hub) -> None:
    one, two = hub.sandbox.issue_code(), hub.sandbox.issue_code()
    hub.play("clock", seconds=15 * 60)
    assert ask(hub, one).status_code == 201
    hub.play("clock", seconds=15 * 60 + 1)
    assert ask(hub, two).status_code == 403


def test_five_wrong_tries_use_a_code_up(hub: Hub) -> None:
    code = hub.sandbox.issue_code()
    wrong = code[:5] + ("0000-0000" if not code.endswith("0000") else "1111-1111")
    for _ in range(4):
        assert ask(hub, wrong).status_code == 403
    saved = hub.read(lambda connection: connection.execute(tables.code.select()).one())
    assert saved.tries_left == 1
    assert ask(hub, wrong).status_code == 403
    assert ask(hub, code).status_code == 403


def test_a_code_that_never_was_is_refused(hub: Hub) -> None:
    assert ask(hub, "ZZZZ-0000-0000").status_code == 403


def test_the_secret_part_of_a_code_is_not_in_the_database(hub: Hub) -> None:
    code = hub.sandbox.issue_code().replace("-", "")
    row = hub.read(lambda connection: connection.execute(tables.code.select()).one())
    assert code[4:] not in str(row)


def test_who_does_not_hold_the_key_gets_no_place(hub: Hub) -> None:
    code = hub.sandbox.issue_code()
    assert ask(hub, code, proof_key=sign_in.new_key()).status_code == 403
    assert ask(hub, code, proof_code="ZZZZ-0000-0000").status_code == 403
    assert ask(hub, code, enrol_url="http://elsewhere/v1/enroll").status_code == 403
    assert ask(hub, code).status_code == 201


def test_a_key_that_is_no_point_of_the_curve_is_refused(hub: Hub) -> None:
    code = hub.sandbox.issue_code()
    key = sign_in.new_key()
    bent = key | {"y": "A" * 64}
    answer = ask(hub, code, key=bent, proof_key=key)
    assert answer.status_code == 403
