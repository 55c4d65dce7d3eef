"""There is one door through which a record leaves the store (REQ-82)."""

import re

import pytest

from tests.unit.test_shape import sources

RECORDS = ("patient", "booking", "consent", "coverage", "referral", "permission", "kept")
FUNCTIONS = {
    "carekraft_desktop/store/arrivals.py",
    "carekraft_desktop/store/kept.py",
    "carekraft_desktop/store/patients.py",
    "carekraft_desktop/store/referrals.py",
    "carekraft_desktop/store/visits.py",
}
"""Where rows of records are deleted."""
CALLERS = {
    "carekraft_desktop/services/arrivals.py",  # what the exchange has removed
    "carekraft_desktop/services/disposal.py",  # what is due, with a record
    "carekraft_desktop/services/replay.py",  # both again, after a backup was put back
}


@pytest.mark.req("REQ-82")
def test_rows_of_records_are_deleted_in_few_functions_and_those_are_called_by_three_doors() -> None:
    files = sources(
        "carekraft_desktop/store", "carekraft_desktop/services", "carekraft_desktop/cli"
    )
    files = {path: text for path, text in files.items() if "/migrations/" not in path}
    names = "|".join(RECORDS)
    deleting = {
        path
        for path, text in files.items()
        if re.search(rf"DELETE FROM ({names})\b", text) or "DELETE FROM {OWNED" in text
    }
    assert deleting <= FUNCTIONS
    calling = {
        path
        for path, text in files.items()
        if re.search(
            r"\b(patients|referrals)\.forget\(|\bvisits\.remove\(|\breferrals\.remove\("
            r"|\barrivals\.remove\(|\bkept\.drop\(",
            text,
        )
    }
    assert calling == CALLERS
