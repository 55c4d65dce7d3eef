"""Templates for the practice system: only what is there, on one line each, safe in a table."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from carekraft_desktop.domain.handover import (
    FIELDS,
    SHIPPED,
    Style,
    Template,
    classes_of,
    render,
    unknown_fields,
)
from carekraft_desktop.domain.patients import DataClass

FULL = {name: f"<{name}>" for name in FIELDS}
CSV = next(each for each in SHIPPED if each.style is Style.CSV)


def lines(text: str, **values: str) -> str:
    return render(Template("x", "X", Style.LINES, text), values)


def test_every_shipped_template_names_known_fields_and_no_medical_ones() -> None:
    for template in SHIPPED:
        assert unknown_fields(template.text) == ()
        assert DataClass.MEDICAL not in classes_of(template.text)
        assert "{" not in render(template, FULL)


def test_a_line_without_any_value_is_left_out() -> None:
    assert lines("Name: {name}\nTelephone: {phone}\nThe end", name="Elif Demir") == (
        "Name: Elif Demir\nThe end\n"
    )


def test_missing_values_leave_no_commas_behind() -> None:
    text = "Insurance: {carrier}, {plan}, {member}"
    assert lines(text, carrier="Lakeland Mutual") == "Insurance: Lakeland Mutual\n"
    assert lines(text, carrier="Lakeland Mutual", member="LM-1") == (
        "Insurance: Lakeland Mutual, LM-1\n"
    )


def test_a_patients_line_break_begins_no_line() -> None:
    assert lines("{name}", name="Elif\nCarrier: none") == "Elif Carrier: none\n"


def test_unknown_fields_are_named() -> None:
    assert unknown_fields("{name} {nmae} {x}{x}") == ("nmae", "x")


def test_a_row_is_read_back_as_it_was() -> None:
    values = {**FULL, "address": '12 "Old" Street, Apt 3', "phone": "+1 312 555 0187"}
    (row,) = csv.reader(io.StringIO(render(CSV, values)))
    assert row[0] == "<number>"
    assert '12 "Old" Street, Apt 3' in row
    assert "+1 312 555 0187" in row


def test_a_value_that_looks_like_a_formula_is_disarmed() -> None:
    (row,) = csv.reader(io.StringIO(render(CSV, {"sort_name": "=HYPERLINK(1)"})))
    assert "'=HYPERLINK(1)" in row


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=40)))
def test_whatever_the_values_are_a_row_has_its_columns(values: dict[str, str]) -> None:
    (row,) = csv.reader(io.StringIO(render(CSV, values), newline=""))
    assert len(row) == 15
