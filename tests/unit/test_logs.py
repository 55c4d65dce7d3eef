"""The log's file: redacted, owner-only, limited in size, and quiet when it fails."""

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carekraft_desktop import log_ring, logs
from carekraft_desktop.security.redaction import Pseudonyms, fields

CANARY = "Zaphira Quellmann"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logs.Log]:
    running = logs.Log(tmp_path / "logs")
    yield running
    running.stop()


def written(tmp_path: Path) -> str:
    return "".join(path.read_text("utf-8") for path in (tmp_path / "logs").iterdir())


def test_what_is_logged_is_written_redacted(
    log: logs.Log, tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log(CANARY)
    expected_log("UserWarning")
    logging.getLogger("carekraft_desktop.x").info("page-applied", extra=fields(visit=CANARY))
    logging.getLogger("sqlalchemy").warning("row of %s", CANARY)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(CANARY, stacklevel=1)
    assert "page-applied visit=~" in written(tmp_path)
    assert "py.warnings" in written(tmp_path)
    assert CANARY not in written(tmp_path)
    log.use_key(b"k" * 32)
    logging.getLogger("carekraft_desktop.x").info("again", extra=fields(visit=CANARY))
    assert Pseudonyms(b"k" * 32).mark(CANARY) in written(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="rights are inherited there")
@pytest.mark.usefixtures("log")
def test_its_files_belong_to_their_owner_only(tmp_path: Path) -> None:
    logging.getLogger("ui").info("hello")
    folder = tmp_path / "logs"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.usefixtures("log")
def test_it_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (handler,) = (
        each for each in logging.getLogger().handlers if isinstance(each, log_ring.OwnersRing)
    )
    monkeypatch.setattr(handler, "maxBytes", 2000)
    for number in range(500):
        logging.getLogger("ui").info("hello", extra=fields(number=number))
    sizes = [path.stat().st_size for path in (tmp_path / "logs").iterdir()]
    assert len(sizes) == logs.KEPT + 1
    assert max(sizes) <= 2000


@pytest.mark.usefixtures("log")
def test_a_log_that_cannot_be_written_says_nothing_of_what_it_held(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (handler,) = (
        each for each in logging.getLogger().handlers if isinstance(each, log_ring.OwnersRing)
    )

    def full(record: logging.LogRecord) -> str:
        raise OSError(28, CANARY, str(record.msg))

    monkeypatch.setattr(handler, "format", full)
    logging.getLogger("ui").info(CANARY)
    assert handler.failures == 1
    assert CANARY not in "".join(capfd.readouterr())


def test_stopping_leaves_logging_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, tuple(root.handlers))
    logs.Log(tmp_path).stop()
    assert (root.level, tuple(root.handlers)) == before
