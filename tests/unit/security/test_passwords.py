"""Passwords are judged by length and fame alone (REQ-33)."""

import pytest

from carekraft_desktop import resources
from carekraft_desktop.errors import WeakPassword
from carekraft_desktop.security import passwords


def verdict(password: str, *, keyring: bool = True, names: tuple[str, ...] = ()) -> str:
    try:
        passwords.check_new(password, keyring=keyring, names=names)
    except WeakPassword as weak:
        return weak.detail
    return "taken"


@pytest.mark.req("REQ-33")
@pytest.mark.parametrize(
    ("password", "keyring", "expected"),
    [
        ("lampion", True, "too-short"),
        ("lampions", True, "taken"),
        ("lampions lampi", False, "too-short"),
        ("lampions lampio", False, "taken"),
        ("x1" * 32, True, "taken"),
        ("x1" * 512, True, "taken"),
        ("x1" * 512 + "x", True, "too-long"),
        ("ключи под ковром", False, "taken"),
        ("八字八字長長長長", True, "taken"),
        ("        ", True, "well-known"),
        ("Password", True, "well-known"),
        ("ＰＡＳＳＷＯＲＤ", True, "well-known"),
        ("passwordpassword", False, "well-known"),
        ("aaaaaaaaaaaaaaaa", False, "well-known"),
        ("half \ud800 of a pair", True, "not-text"),
    ],
)
def test_length_and_fame(password: str, keyring: bool, expected: str) -> None:
    assert verdict(password, keyring=keyring) == expected


@pytest.mark.req("REQ-33")
def test_one_code_point_is_one_character_after_nfkc() -> None:
    decomposed = "e\u0301" * 7  # seven letters in fourteen code points
    assert verdict(decomposed) == "too-short"
    assert passwords.as_bytes("e\u0301") == passwords.as_bytes("\u00e9")


@pytest.mark.req("REQ-33")
def test_ones_own_name_is_no_password() -> None:
    names = ("ada.berg", "Dr. Ada Berg", "Al")
    for password in (
        "AdaBerg2026",
        "Ada.Berg!!",
        "dr ada berg",
        "carekraft desktop",
        "adabergadaberg",
    ):
        assert verdict(password, names=names) == "own-name"
    assert verdict("Al 3481 3481", names=names) == "taken"
    assert verdict("adaberg likes lamps", names=names) == "taken"


def test_what_was_never_accepted_is_no_key_material() -> None:
    assert passwords.as_bytes("\ud800") is None
    assert passwords.as_bytes("x" * 1025) is None
    assert passwords.as_bytes("x" * 1024) == bytearray(b"x" * 1024)


def test_the_list_of_well_known_ones_is_worth_its_name() -> None:
    known = passwords.well_known()
    assert len(known) >= 300
    assert {"password", "12345678", "qwertyuiop", "correct horse battery staple"} <= known
    assert all(len(each) >= passwords.WITH_KEYRING for each in known)
    lines = resources.text(passwords.BLOCKLIST).splitlines()
    assert lines[0].startswith("#")
    assert not any(each.startswith("#") for each in known)
