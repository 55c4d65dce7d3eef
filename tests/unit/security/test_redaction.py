"""Nothing but codes, numbers and pseudonyms gets into a log line."""

import logging

import pytest

from carekraft_desktop.errors import Refused, StoreBusy
from carekraft_desktop.security.redaction import (
    Field,
    Pseudonyms,
    RedactingFormatter,
    describe,
    fields,
)

CANARY = "Zaphira Quellmann"
VISIT = "0191a0b0-0000-7000-8000-000000000001"


def line(
    message: object,
    *arguments: object,
    name: str = "carekraft_desktop.store.unit",
    error: BaseException | None = None,
    **values: Field,
) -> str:
    record = logging.LogRecord(
        name, logging.WARNING, f"/srv/{CANARY}/app.py", 12, message, arguments, None
    )
    record.exc_info = (type(error), error, error.__traceback__) if error else None
    record.__dict__.update(fields(**values))
    return RedactingFormatter(Pseudonyms(b"k" * 32)).format(record)


def test_a_code_with_numbers_and_an_id_passes() -> None:
    told = line("page-applied", items=40, whole=True, visit=VISIT, code="store-busy", nothing=None)
    assert "carekraft_desktop.store.unit page-applied items=40 whole=True" in told
    assert " code=store-busy nothing=None" in told
    assert VISIT not in told
    assert f" visit={Pseudonyms(b'k' * 32).mark(VISIT)}" in told


@pytest.mark.req("REQ-13")
@pytest.mark.parametrize(
    "message", [f"booked for {CANARY}", f"booked-for-{CANARY}", 5, "", "a" + "-b" * 11]
)
def test_a_message_that_is_no_code_is_withheld(message: object) -> None:
    told = line(message)
    assert CANARY not in told
    assert "(withheld) app.py:12" in told


def test_arguments_are_never_put_into_a_message() -> None:
    assert CANARY not in line("booked-%s", CANARY)
    assert "(withheld)" in line("booked", CANARY)


def test_what_a_foreign_library_says_is_withheld() -> None:
    told = line("connected", name="urllib3.connectionpool")
    assert "connected" not in told
    assert "WARNING urllib3.connectionpool (withheld)" in told


def test_text_in_a_field_is_a_pseudonym_unless_the_field_is_for_our_own_words() -> None:
    assert CANARY not in line("ok", name_of_patient=CANARY, code=CANARY, backend=f"{CANARY}\n")
    assert "Quellmann" not in line("ok", patient="Quellmann")


def test_only_plain_values_and_names_are_fields() -> None:
    record = logging.LogRecord("ui.app", logging.INFO, "", 1, "ok", (), None)
    record.__dict__["carekraft"] = {"list": [CANARY], CANARY: 1, 5: 1, "fine": 1}
    told = RedactingFormatter().format(record)
    assert told.endswith("ui.app ok fine=1")
    record.__dict__["carekraft"] = CANARY
    assert CANARY not in RedactingFormatter().format(record)
    assert RedactingFormatter().format(record).endswith("ui.app ok")
    record.exc_info = (None, None, None)
    assert RedactingFormatter().format(record).endswith("ui.app ok")


def fail() -> None:
    rows: dict[str, str] = {}
    try:
        rows[CANARY]
    except KeyError as missing:
        raise Refused(CANARY) from missing


def test_an_error_is_told_by_kind_code_and_place_only() -> None:
    with pytest.raises(Refused) as caught:
        fail()
    told = line("sync-failed", error=caught.value)
    assert CANARY not in told
    assert "Refused(exchange-refused)" in told
    assert "KeyError" in told
    assert "test_redaction.py:" in told


def test_the_hidden_context_follows_only_where_python_would_show_it() -> None:
    shown = StoreBusy()
    shown.__context__ = ValueError(CANARY)
    assert describe(shown) == "StoreBusy(store-busy)\nValueError"
    shown.__suppress_context__ = True
    assert describe(shown) == "StoreBusy(store-busy)"


def test_a_ring_of_causes_ends() -> None:
    one, two = ValueError(CANARY), TypeError(CANARY)
    one.__cause__, two.__cause__ = two, one
    assert describe(one) == "ValueError\nTypeError"


def test_places_begin_at_a_package() -> None:
    code = compile("raise ValueError", "/srv/anna/site-packages/lib/mod.py", "exec")
    ours = compile("raise ValueError", "/srv/anna/x/carekraft_desktop/store/unit.py", "exec")
    for compiled, place in (
        (code, "  lib/mod.py:1"),
        (ours, "  carekraft_desktop/store/unit.py:1"),
    ):
        with pytest.raises(ValueError) as caught:  # noqa: PT011 (it says nothing on purpose)
            exec(compiled)  # noqa: S102 (a frame with a chosen file name)
        assert place in describe(caught.value).splitlines()
    empty = compile("raise ValueError", "", "exec")
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        exec(empty)  # noqa: S102
    assert "  ?:1" in describe(caught.value).splitlines()


def test_marks_hold_for_one_key_and_differ_between_keys() -> None:
    mine, other = Pseudonyms(b"a" * 32), Pseudonyms(bytearray(b"b" * 32))
    assert mine.mark(VISIT) == Pseudonyms(b"a" * 32).mark(VISIT)
    assert mine.mark(VISIT) != other.mark(VISIT)
    assert Pseudonyms().mark(VISIT) != Pseudonyms().mark(VISIT)
