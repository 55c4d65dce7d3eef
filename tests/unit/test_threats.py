"""docs/threats.md names tests that there are, and every test of the afternoon is in it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_row_names_its_test_and_no_test_is_left_out() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs" / "threats.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| With")
    ]
    named = {row[2] for row in rows if not row[2].startswith("not tried")}
    source = (ROOT / "tests" / "e2e" / "test_attackers_afternoon.py").read_text("utf-8")
    tests = {
        name.replace("_", " ") for name in re.findall(r"^def test_(\w+)", source, re.MULTILINE)
    }
    assert named == tests
    assert all(row[1] for row in rows)
