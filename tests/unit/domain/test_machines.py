"""What a lost workstation means: a candidate for safe harbour, or presumed a breach (REQ-96)."""

import pytest

from carekraft_desktop.domain.machines import (
    Against,
    Answer,
    LastSeen,
    Machine,
    MachineState,
    Told,
    Wrap,
    against,
)
from carekraft_desktop.value import replace

LOCKED = Machine(
    "ws-2",
    1,
    "Laptop",
    1_795_000_000,
    MachineState.CLOSED,
    10,
    "SQLCipher 4",
    "Argon2id",
    Wrap.KEYRING,
    signed=True,
)
SAFE = Told(Answer.NO, Answer.NO, Answer.NOT_KNOWN, LastSeen.CLOSED)


@pytest.mark.req("REQ-96")
def test_locked_signed_and_nothing_with_it_is_a_candidate() -> None:
    assert against(LOCKED, SAFE) == ()
    assert against(LOCKED, replace(SAFE, last_seen=LastSeen.NOT_KNOWN)) == ()


@pytest.mark.req("REQ-96")
@pytest.mark.parametrize(
    ("machine", "told", "why"),
    [
        (replace(LOCKED, signed=False), SAFE, Against.NO_SIGNED_WORD),
        (replace(LOCKED, state=MachineState.COVERED), SAFE, Against.KEY_IN_MEMORY),
        (replace(LOCKED, state=MachineState.OPEN), SAFE, Against.KEY_IN_MEMORY),
        (LOCKED, replace(SAFE, password_with_it=Answer.YES), Against.PASSWORD_WITH_IT),
        (LOCKED, replace(SAFE, password_with_it=Answer.NOT_KNOWN), Against.PASSWORD_WITH_IT),
        (LOCKED, replace(SAFE, shared_sign_in=Answer.YES), Against.SHARED_SIGN_IN),
        (LOCKED, replace(SAFE, shared_sign_in=Answer.NOT_KNOWN), Against.SHARED_SIGN_IN),
        (replace(LOCKED, wrap=Wrap.PAPER), SAFE, Against.CODE_WITH_IT),
        (LOCKED, replace(SAFE, last_seen=LastSeen.OPEN), Against.SEEN_OPEN),
        (LOCKED, replace(SAFE, last_seen=LastSeen.COVERED), Against.SEEN_OPEN),
    ],
)
def test_each_answer_that_stands_against_it_is_named(
    machine: Machine, told: Told, why: Against
) -> None:
    assert against(machine, told) == (why,)
