"""A downtime packet opens with the paper it was sealed for, and with nothing else."""

import json

import pytest

from carekraft_desktop.errors import PacketDamaged, WrongRecoveryKey
from carekraft_desktop.security import packet
from carekraft_desktop.security.recovery import RecoveryKey


def test_what_was_sealed_is_read_with_the_paper_alone() -> None:
    paper = RecoveryKey.new()
    file = packet.sealed("Elíf Demir, 09:30", paper.public_key())
    assert b"Demir" not in file
    again = RecoveryKey.typed(paper.text)
    assert packet.opened(file, again) == "Elíf Demir, 09:30"


def test_another_offices_paper_opens_nothing() -> None:
    file = packet.sealed("x", RecoveryKey.new().public_key())
    with pytest.raises(WrongRecoveryKey):
        packet.opened(file, RecoveryKey.new())


@pytest.mark.parametrize("file", [b"", b"[]", b"{}", b'{"key":"!","content":""}', b"\xff" * 40])
def test_what_is_no_packet_is_refused(file: bytes) -> None:
    with pytest.raises(PacketDamaged):
        packet.opened(file, RecoveryKey.new())


def test_an_altered_packet_is_refused() -> None:
    paper = RecoveryKey.new()
    parts = json.loads(packet.sealed("x" * 60, paper.public_key()))
    other = json.loads(packet.sealed("y" * 60, paper.public_key()))
    with pytest.raises(PacketDamaged):
        packet.opened(json.dumps({**parts, "content": other["content"]}).encode(), paper)


def test_two_packets_of_the_same_day_do_not_look_alike() -> None:
    public = RecoveryKey.new().public_key()
    assert packet.sealed("x", public) != packet.sealed("x", public)
