"""Each fence of the house holds: a planted violation breaks just the contract that forbids it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PLANTED = [
    ("1.", "carekraft_desktop/helpers.py", "", "exhaustive"),
    ("1.", "carekraft_desktop/domain/late.py", "import carekraft_desktop.store.unit", "layer"),
    ("2.", "carekraft_desktop/services/peek.py", "import ui.theme", "window"),
    ("3.", "carekraft_desktop/presenters/peek.py", "import PySide6.QtCore", "Qt"),
    ("4.", "ui/pages/peek.py", "import carekraft_desktop.store.visits", "store"),
    ("5.", "carekraft_desktop/services/visits.py", "import sqlalchemy", "SQL"),
    ("6.", "carekraft_desktop/services/sync.py", "import requests", "HTTP"),
    (
        "7.",
        "carekraft_desktop/domain/payload.py",
        "import carekraft_desktop.domain.pending",
        "hops",
    ),
    (
        "8.",
        "carekraft_desktop/services/replies.py",
        "import carekraft_desktop.services.visits",
        "hop",
    ),
    ("9.", "ui/pages/outbox.py", "import ui.pages.today", "page"),
    ("10a", "carekraft_desktop/hub/peek.py", "import carekraft_desktop.domain.visits", "hub"),
    ("10b", "carekraft_desktop/cli/peek.py", "import carekraft_desktop.hub.app", "hub"),
]


@pytest.mark.parametrize(
    ("contract", "file", "line"), [(c, f, li) for c, f, li, _ in PLANTED], ids=lambda v: str(v)[:40]
)
def test_a_planted_violation_breaks_its_contract(
    tmp_path: Path, contract: str, file: str, line: str
) -> None:
    for name in ("carekraft_desktop", "ui"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / file
    before = planted.read_text("utf-8") if planted.exists() else '"""Planted."""\n'
    planted.write_text(f"{before}\n{line}\n", "utf-8")
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1, done.stdout
    broken = re.findall(r"^(\d+\w?)\.? .*BROKEN", done.stdout, re.MULTILINE)
    unplaced = "helpers" in done.stdout and file.endswith("helpers.py")
    assert contract.rstrip(".") in broken or unplaced, done.stdout
