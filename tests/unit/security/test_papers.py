"""Codes on paper: readable, told apart, and a typing error is caught."""

import base64

import pytest

from carekraft_desktop.errors import WrongRecoveryKey, WrongWorkstationCode
from carekraft_desktop.security import papercode
from carekraft_desktop.security.papercode import ALPHABET, Mistyped, Paper
from carekraft_desktop.security.recovery import RecoveryKey
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.workstation import WorkstationCode


def test_the_form_on_paper_does_not_change() -> None:
    """Papers printed by any version have to open with every later one."""
    value = bytes(range(20))
    letters = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK"
    assert papercode.write(value, Paper.RECOVERY) == letters + "-4QBP"
    assert papercode.write(value, Paper.WORKSTATION)[:-4] == letters + "-"
    ordinary = base64.b32encode(value).decode()
    crockford = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)
    assert ordinary.translate(crockford) == letters.replace("-", "")


def test_every_single_typing_error_is_caught() -> None:
    text = RecoveryKey.new().text
    for at, right in enumerate(text):
        if right == "-":
            continue
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(Mistyped):
                papercode.read(text[:at] + wrong + text[at + 1 :], Paper.RECOVERY)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "0", lambda t: "U" + t[1:]])
def test_a_wrong_length_or_an_unknown_character_is_caught(change: object) -> None:
    assert callable(change)
    with pytest.raises(Mistyped):
        papercode.read(change(RecoveryKey.new().text), Paper.RECOVERY)


def test_small_letters_spaces_and_look_alikes_are_read() -> None:
    value = bytes(range(20))
    text = papercode.write(value, Paper.RECOVERY)
    typed = text.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert papercode.read(typed, Paper.RECOVERY) == value
    assert papercode.read(text.replace("1", "I"), Paper.RECOVERY) == value


def test_a_code_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="20 bytes"):
        papercode.write(b"short", Paper.RECOVERY)


def test_one_paper_is_not_taken_for_the_other() -> None:
    recovery, workstation = RecoveryKey.new(), WorkstationCode.new()
    with pytest.raises(WrongWorkstationCode):
        WorkstationCode.typed(recovery.text)
    with pytest.raises(WrongRecoveryKey):
        RecoveryKey.typed(workstation.text)


def test_what_is_typed_from_paper_is_the_same_key() -> None:
    recovery, workstation = RecoveryKey.new(), WorkstationCode.new()
    assert RecoveryKey.typed(recovery.text).public_key() == recovery.public_key()
    again = WorkstationCode.typed(workstation.text)
    assert again.device_secret().matches(workstation.device_secret())
    assert len(again.device_secret()) == 32
    assert len(recovery.groups) == 9
    assert {len(group) for group in recovery.groups} == {4}


def test_they_do_not_show_themselves_and_are_wiped() -> None:
    value = Secret.random(20)
    for paper in (RecoveryKey(value), WorkstationCode(Secret.random(20))):
        assert paper.text not in repr(paper)
        paper.wipe()
        with pytest.raises(ValueError, match="wiped"):
            _ = paper.text
    assert value.is_wiped
