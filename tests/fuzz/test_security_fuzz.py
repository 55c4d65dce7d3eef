"""Any change to the key file, the papers or the tries is refused with one of our own errors."""

import base64
import contextlib
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carekraft_desktop.errors import CareKraftError, KeyFileDamaged, WeakPassword, WrongPassword
from carekraft_desktop.security import keyfile, papercode, passwords
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.security.papercode import ALPHABET, Mistyped, Paper
from tests.unit.security.conftest import ADA, CHEAP, PASSWORD, make_office

_FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-")
OFFICE, _UNLOCKED, _PAPER = make_office(Path(_FOLDER.name) / "office.keys")
CONTENT = OFFICE.path.read_bytes()
VALUES = st.binary(min_size=20, max_size=20)


@given(at=st.integers(0, len(CONTENT) - 1), to=st.integers(1, 255))
def test_any_changed_byte_of_the_key_file_is_refused(at: int, to: int) -> None:
    changed = bytearray(CONTENT)
    changed[at] ^= to
    try:
        keyfile.decode(bytes(changed))
    except CareKraftError:
        return
    raise AssertionError(at)


@given(st.binary(max_size=300) | st.integers(0, len(CONTENT) - 1).map(lambda n: CONTENT[:n]))
def test_whatever_is_no_key_file_is_called_damaged(content: bytes) -> None:
    try:
        keyfile.decode(content)
    except KeyFileDamaged:
        return
    raise AssertionError(content)


def _leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in _leaves(each, (*path, key))]
    if isinstance(value, list) and value:
        return [leaf for at, each in enumerate(value) for leaf in _leaves(each, (*path, at))]
    return [path]


WRAPPED = {"device_check", "public", "verifying", "salt", "sealed", "data", "device", "seal"}
LEAVES = [leaf for leaf in _leaves(msgspec.json.decode(CONTENT)) if leaf != ("checksum",)]


@given(st.data())
def test_any_altered_field_is_refused_even_with_a_fresh_checksum(data: st.DataObject) -> None:
    """Somebody who can write the file recomputes the checksum; the keys still do not open."""
    found = msgspec.json.decode(CONTENT)
    *way, last = data.draw(st.sampled_from(LEAVES))
    holder = found
    for step in way:
        holder = holder[step]
    old = holder[last]
    match old:
        case bool():
            new: object = not old
        case int():
            new = data.draw(st.integers(0, 70_000).filter(lambda n: n != old))
        case str() if last in WRAPPED:
            raw = bytearray(base64.b64decode(old))
            raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
            new = base64.b64encode(raw).decode()
        case _:
            new = data.draw(st.text(min_size=1, max_size=30).filter(lambda t: t != old))
    holder[last] = new
    with contextlib.suppress(msgspec.ValidationError, KeyFileDamaged):
        altered = msgspec.convert(found, keyfile.KeyFile, builtin_types=(), strict=True).encoded()
        _is_refused(altered)


def _is_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.keys"
        path.write_bytes(content)
        path.with_name("office.keys.tries").write_bytes(b"{}")
        try:
            ring = KeyRing.load(path, clock=OFFICE.clock, floor=CHEAP, cost=CHEAP)
            ring.unlock(ADA.id, PASSWORD, OFFICE.device)
        except CareKraftError:
            return
    raise AssertionError("an altered file let somebody in")


def test_the_untouched_file_is_what_the_others_start_from() -> None:
    found = msgspec.json.decode(
        msgspec.json.encode(msgspec.json.decode(CONTENT)), type=keyfile.KeyFile
    )
    assert found.encoded() == CONTENT
    assert len(LEAVES) > 20
    ring = KeyRing.load(OFFICE.path, clock=OFFICE.clock, floor=CHEAP, cost=CHEAP)
    with ring.unlock(ADA.id, PASSWORD, OFFICE.device) as unlocked:
        assert unlocked.key.content == OFFICE.key


@given(VALUES, st.sampled_from(Paper))
def test_a_code_is_read_back(value: bytes, paper: Paper) -> None:
    assert papercode.read(papercode.write(value, paper), paper) == value


@given(VALUES, st.sampled_from(Paper), st.data())
def test_a_single_wrong_character_is_always_caught(
    value: bytes, paper: Paper, data: st.DataObject
) -> None:
    text = papercode.write(value, paper).replace("-", "")
    at = data.draw(st.integers(0, 35))
    wrong = data.draw(st.sampled_from([each for each in ALPHABET if each != text[at]]))
    _is_mistyped(text[:at] + wrong + text[at + 1 :], paper)


@given(VALUES, st.sampled_from(Paper), st.integers(0, 30))
def test_two_neighbours_swapped_are_caught(value: bytes, paper: Paper, at: int) -> None:
    text = papercode.write(value, paper).replace("-", "")
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if swapped != text:
        _is_mistyped(swapped, paper)


@given(VALUES)
def test_one_paper_is_never_the_other(value: bytes) -> None:
    _is_mistyped(papercode.write(value, Paper.RECOVERY), Paper.WORKSTATION)
    _is_mistyped(papercode.write(value, Paper.WORKSTATION), Paper.RECOVERY)


def _is_mistyped(text: str, paper: Paper) -> None:
    try:
        papercode.read(text, paper)
    except Mistyped:
        return
    raise AssertionError(text)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_mistyped_or_a_code(text: str) -> None:
    with contextlib.suppress(Mistyped):
        assert len(papercode.read(text, Paper.RECOVERY)) == 20


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=40))
def test_any_text_is_judged_as_a_password_without_a_crash(text: str) -> None:
    with contextlib.suppress(WeakPassword):
        passwords.check_new(text, keyring=True, names=("ada.berg",))
        assert passwords.as_bytes(text)


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=20))
def test_any_wrong_password_is_refused_with_our_own_error(text: str) -> None:
    ring = KeyRing.load(OFFICE.path, clock=OFFICE.clock, floor=CHEAP, cost=CHEAP)
    ring._tries.forgive(ADA.id)
    if passwords.normalised(text) == PASSWORD:
        return
    with pytest.raises(WrongPassword):
        ring.unlock(ADA.id, text, OFFICE.device)
