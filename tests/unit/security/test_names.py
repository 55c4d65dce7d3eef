"""A sign-in name belongs to one person (REQ-01)."""

import pytest

from carekraft_desktop.errors import NameNotAllowed
from carekraft_desktop.security.names import check_name


def verdict(name: str, *taken: str) -> str:
    try:
        return check_name(name, taken=taken)
    except NameNotAllowed as refused:
        return f"refused: {refused.detail}"


@pytest.mark.req("REQ-01")
@pytest.mark.parametrize(
    "name", ["frontdesk", "Admin", "user", "front.desk", "FrontDesk2", "reception_01", "ａｄｍｉｎ"]
)
def test_a_name_for_a_desk_is_refused(name: str) -> None:
    assert verdict(name) == "refused: shared"


@pytest.mark.parametrize("name", ["ada berg", "1ada", ".ada", "ada@example.com", "ada/..", "a\nb"])
def test_a_malformed_name_is_refused(name: str) -> None:
    assert verdict(name) == "refused: malformed"


@pytest.mark.parametrize("name", ["", " ", "a", "a" * 65])
def test_a_name_has_a_sensible_length(name: str) -> None:
    assert verdict(name) == "refused: length"


@pytest.mark.req("REQ-01")
def test_a_name_is_given_once_however_it_is_spelled() -> None:
    for again in ("ada.berg", "ADA.Berg", " ada.berg ", "ａda.berg"):
        assert verdict(again, "Ada.Berg") == "refused: taken"
    assert verdict("ada.bergh", "ada.berg") == "ada.bergh"


@pytest.mark.parametrize(
    "name", ["ada.berg", "o-neill", "łukasz", "김민지", "adminsky", "user.tang"]
)
def test_peoples_names_are_taken(name: str) -> None:
    assert verdict(name) == name
