"""An exported journal: whatever is done to it afterwards is found, and where."""

import json
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from carekraft_desktop.domain import trail
from carekraft_desktop.domain.trail import Flaw, Head, Line
from carekraft_desktop.security.signatures import holds
from tests import journal_check

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def head(key: Ed25519PrivateKey = KEY, *, whole: bool = True) -> Head:
    return Head("store-1", 1_795_000_000, "staff-1", key.public_key().public_bytes_raw(), whole)


def line(n: int, action: str = "visit.open") -> Line:
    return Line(n, 1_795_000_000 + n, "staff-1", "ws-1", action, f"book-{n}", "", "done")


def exported(count: int = 5, key: Ed25519PrivateKey = KEY) -> list[bytes]:
    return list(trail.written(head(key), [line(n) for n in range(1, count + 1)], key.sign))


def test_an_untouched_copy_is_whole_and_says_whose_it_is() -> None:
    report = trail.checked(exported(), holds)
    assert (report.flaw, report.entries, report.made_by) == (None, 5, "staff-1")
    assert report.key == KEY.public_key().public_bytes_raw()


def test_a_script_that_shares_nothing_with_the_program_agrees() -> None:
    assert journal_check.check(b"".join(exported())) == ""
    assert journal_check.check(b"".join(exported()).replace(b"book-3", b"book-4")) == "line 4"
    foreign = exported()
    foreign[-1] = exported(5, OTHER)[-1]
    assert journal_check.check(b"".join(foreign)) == "the end"


def _edit(lines: list[bytes]) -> None:
    lines[3] = lines[3].replace(b"visit.open", b"visit.accept")


def _insert(lines: list[bytes]) -> None:
    lines.insert(3, lines[2])


def _swap(lines: list[bytes]) -> None:
    lines[2], lines[3] = lines[3], lines[2]


def _remove(lines: list[bytes]) -> None:
    del lines[3]


def _cut(lines: list[bytes]) -> None:
    del lines[4:]


def _cut_and_close(lines: list[bytes]) -> None:
    """Without the last entry, and with an end that an attacker wrote."""
    last = json.loads(lines[4])["link"]
    end = json.loads(lines[-1]) | {"count": 4, "last": last}
    lines[5:] = [json.dumps(end).encode()]


def _add(lines: list[bytes]) -> None:
    lines.append(lines[2])


def _garble(lines: list[bytes]) -> None:
    lines[3] = b"{" * 50_000


def _behead(lines: list[bytes]) -> None:
    lines[0] = b'{"format":"something-else"}'


@pytest.mark.parametrize(
    ("harm", "flaw", "at"),
    [
        (_edit, Flaw.LINK, 4),
        (_insert, Flaw.LINK, 4),
        (_swap, Flaw.LINK, 3),
        (_remove, Flaw.LINK, 4),
        (_cut, Flaw.CUT, 5),
        (_cut_and_close, Flaw.SIGNATURE, 6),
        (_add, Flaw.MORE, 8),
        (_garble, Flaw.UNREADABLE, 4),
        (_behead, Flaw.NOT_A_JOURNAL, 1),
    ],
)
def test_every_change_is_found_and_its_line_named(
    harm: Callable[[list[bytes]], None], flaw: Flaw, at: int
) -> None:
    lines = exported()
    harm(lines)
    report = trail.checked(lines, holds)
    assert (report.flaw, report.line) == (flaw, at)
    assert report.entries <= at - 1


def test_a_journal_that_was_rewritten_whole_carries_another_key() -> None:
    forged = trail.checked(exported(5, OTHER), holds)
    assert forged.flaw is None
    assert trail.fingerprint(forged.key) != trail.fingerprint(head().key)


def test_a_gap_in_the_numbers_is_found() -> None:
    entries = [line(1), line(2), line(4)]
    lines = list(trail.written(head(), entries, KEY.sign))
    report = trail.checked(lines, holds)
    assert (report.flaw, report.line) == (Flaw.NUMBER, 4)


@given(st.binary(max_size=300), st.integers(0, 6))
def test_nothing_in_a_file_makes_the_check_fail_itself(junk: bytes, at: int) -> None:
    lines = exported()
    lines[at] = junk
    assert trail.checked(lines, holds).flaw is not None or junk in exported()


def test_an_empty_journal_can_be_exported_and_an_empty_file_is_none() -> None:
    assert trail.checked(exported(0), holds).entries == 0
    assert trail.checked([], holds).flaw is Flaw.NOT_A_JOURNAL
