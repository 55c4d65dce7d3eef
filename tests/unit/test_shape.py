"""Rules about the code as a whole, each kept by reading the files."""

import ast
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ("carekraft_desktop", "ui")


def sources(*folders: str) -> dict[str, str]:
    """The text of each Python file in these folders, by its path from the root."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def holding(pattern: str, files: dict[str, str]) -> set[str]:
    return {path for path, text in files.items() if re.search(pattern, text)}


def committed_files() -> dict[str, str]:
    """Every text file under version control, by its path."""
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        pytest.skip("not a checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True
    ).stdout.decode()
    texts = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            texts[name] = content.decode("utf-8", "replace")
    return texts


def test_only_the_unit_commits() -> None:
    committing = holding(r"\.commit\(", sources(*PROGRAM))
    hub = {path for path in committing if path.startswith("carekraft_desktop/hub/")}
    assert committing - hub <= {"carekraft_desktop/store/unit.py"}
    assert len(hub) <= 1


def test_nothing_runs_a_script_of_sql() -> None:
    assert not holding(r"executescript\s*\(", sources(*PROGRAM))  # it commits what is open


def test_no_package_hides_another() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not (ROOT / "tests" / "ui").exists()
    assert not list((ROOT / "resources").rglob("*.py"))


def test_every_module_says_what_it_is_for() -> None:
    files = sources(*PROGRAM, "tests") | {"dev.py": (ROOT / "dev.py").read_text("utf-8")}
    silent = {path for path, text in files.items() if not ast.get_docstring(ast.parse(text))}
    assert not silent


def test_nothing_committed_names_a_registry_or_a_machine() -> None:
    banned = (
        "pypi" + r"\.org",
        "python" + "hosted",
        "npmjs" + r"\.org",
        "index" + "-url =",
        r"(?<![\w.])/wo" + "rk/",
        r"(?<![\w.])/ro" + "ot/",
        r"/home/[a-z]+" + "/",
    )
    found = {
        f"{path}: {match.group()}"
        for path, text in committed_files().items()
        if (match := re.search("|".join(banned), text))
    }
    assert not found


def test_nothing_committed_is_a_whole_database_or_a_key() -> None:
    suffixes = (".sqlite", ".db", ".pem", ".key", ".store")
    assert not [name for name in committed_files() if name.endswith(suffixes)]


def test_pyside_stays_at_6_11_while_python_3_11_is_supported() -> None:
    """The 6.12.0 wheels abort on Python 3.11 after a few thousand calls."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    for name in ("run.txt", "dev.txt", "build.txt"):
        text = (ROOT / "packaging" / "requirements" / name).read_text("utf-8")
        pins = dict(re.findall(r"^(pyside6-essentials|shiboken6)==(\S+)", text, re.MULTILINE))
        assert set(pins) == {"pyside6-essentials", "shiboken6"}
        assert all(version.startswith("6.11.") for version in pins.values())


def test_the_wheel_asks_for_what_the_requirement_file_pins() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {*project["dependencies"], *project["optional-dependencies"]["hub"]}
    listed = (ROOT / "packaging" / "requirements" / "run.in").read_text("utf-8").splitlines()
    assert wanted == {line for line in listed if line and not line.startswith("#")}


def test_pinned_requirements_carry_hashes_and_agree() -> None:
    pins = {}
    for name in ("run.txt", "dev.txt", "build.txt"):
        text = (ROOT / "packaging" / "requirements" / name).read_text("utf-8")
        entries = re.findall(r"^([\w.-]+)==(\S+).*\\\n((?:    --hash=\S+.*\n?)+)", text, re.M)
        assert len(entries) == len(re.findall(r"^[\w.-]+==", text, re.M)), "a pin without hash"
        pins[name] = {package: version for package, version, _ in entries}
    assert pins["run.txt"].items() <= pins["dev.txt"].items()
    assert pins["run.txt"].items() <= pins["build.txt"].items()
    shared = pins["dev.txt"].keys() & pins["build.txt"].keys()
    assert all(pins["dev.txt"][each] == pins["build.txt"][each] for each in shared)


def test_old_pythons_can_read_dev_py_far_enough_to_be_refused() -> None:
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 7))


def exists(module: str) -> bool:
    stem = ROOT / module.replace(".", "/")
    return stem.is_dir() or stem.with_suffix(".py").is_file()


def test_contracts_name_every_module_that_has_its_place_waiting() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    waiting = re.findall(r'^    # "((?:carekraft_desktop|ui)[\w.]*)"', text, re.MULTILINE)
    there = [name for name in waiting if exists(name)]
    assert not there, "these modules exist now: take them out of the comments in pyproject.toml"


def test_no_whole_contract_waits_for_modules_that_exist() -> None:
    lines = (
        (ROOT / "pyproject.toml").read_text("utf-8").split("[tool.importlinter]")[1].splitlines()
    )
    commented = [line.removeprefix("#").removeprefix(" ") for line in lines if line.startswith("#")]
    start = next((at for at, line in enumerate(commented) if line.startswith("[[")), None)
    if start is None:
        return
    blocks = [line for line in commented[start:] if not re.match(r"[A-Z]", line)]
    contracts = tomllib.loads("\n".join(blocks))["tool"]["importlinter"]["contracts"]
    ready = [
        contract["name"]
        for contract in contracts
        if all(
            exists(name.removesuffix(".*"))
            for name in contract.get("source_modules", contract.get("modules", []))
        )
    ]
    assert not ready, "these contracts can be kept now: take them out of the comments"
