"""The key file survives torn writes, and anything that is not one is refused."""

import errno
import os
from pathlib import Path

import msgspec
import pytest

from carekraft_desktop.errors import DiskFull, KeyFileDamaged, StoreReadOnly, StoreTooNew
from carekraft_desktop.security import keyfile
from carekraft_desktop.value import replace
from tests.unit.security.conftest import Office


def content_of(office: Office) -> bytes:
    return office.path.read_bytes()


def test_it_comes_back_as_written(office: Office) -> None:
    file, content = keyfile.read(office.path)
    assert file.encoded() == content
    assert keyfile.decode(content) == file


@pytest.mark.parametrize("torn", [b"", b"{}", b"[]", b"\xff", b"x" * 100, b"[" * 100_000])
def test_a_torn_file_is_replaced_by_the_one_before(office: Office, torn: bytes) -> None:
    before = content_of(office)
    office.path.write_bytes(torn)
    assert keyfile.read(office.path)[1] == before
    keyfile.previous(office.path).write_bytes(torn)
    with pytest.raises(KeyFileDamaged):
        keyfile.read(office.path)


def test_a_missing_file_is_replaced_by_the_one_before(office: Office) -> None:
    before = content_of(office)
    office.path.unlink()
    assert keyfile.read(office.path)[1] == before
    keyfile.previous(office.path).unlink()
    with pytest.raises(KeyFileDamaged) as refused:
        keyfile.read(office.path)
    assert refused.value.detail == "missing"


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "office.keys").mkdir()
    with pytest.raises(KeyFileDamaged) as refused:
        keyfile.read(tmp_path / "office.keys")
    assert refused.value.detail != "missing"


@pytest.mark.parametrize("spelling", [lambda c: c + b"\n", lambda c: c.replace(b":", b": ", 1)])
def test_there_is_one_spelling_only(office: Office, spelling: object) -> None:
    assert callable(spelling)
    with pytest.raises(KeyFileDamaged):
        keyfile.decode(spelling(content_of(office)))


def test_a_newer_version_is_refused_politely(office: Office) -> None:
    found = msgspec.json.decode(content_of(office))
    later = msgspec.json.encode({**found, "format": 2, "unheard-of": True})
    with pytest.raises(StoreTooNew):
        keyfile.decode(later)
    office.path.write_bytes(later)
    with pytest.raises(StoreTooNew):
        keyfile.read(office.path)


def test_an_older_or_endless_file_is_refused(office: Office) -> None:
    file, _ = keyfile.read(office.path)
    for content in (
        replace(file, format=0).encoded(),
        b" " * (keyfile.LARGEST + 1),
        msgspec.json.encode({"format": "1"}),
    ):
        with pytest.raises(KeyFileDamaged):
            keyfile.decode(content)


def test_slots_have_to_belong_together(office: Office) -> None:
    file, _ = keyfile.read(office.path)
    (slot,) = file.staff
    elsewhere = replace(slot, header=replace(slot.header, store="another"))
    for staff in ((slot, slot), (elsewhere,)):
        with pytest.raises(KeyFileDamaged):
            keyfile.decode(replace(file, staff=staff).encoded())


@pytest.mark.parametrize("step", range(12))
def test_at_every_moment_of_a_write_a_whole_version_is_there(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Power fails at each call to the disk in turn; what can be read is the old or the new."""
    old_file, old = keyfile.read(office.path)
    new = replace(old_file, backend="another").encoded()
    left = step

    class PowerFailed(BaseException):
        pass

    def failing(real: object) -> object:
        def wrapped(*arguments: object, **named: object) -> object:
            nonlocal left
            if left == 0:
                raise PowerFailed
            left -= 1
            assert callable(real)
            return real(*arguments, **named)

        return wrapped

    monkeypatch.setattr(os, "fsync", failing(os.fsync))
    monkeypatch.setattr(Path, "replace", failing(Path.replace))
    monkeypatch.setattr(Path, "unlink", failing(Path.unlink))
    try:
        keyfile.write(office.path, new, before=old)
        finished = True
    except PowerFailed:
        finished = False
    monkeypatch.undo()
    found = keyfile.read(office.path)[1]
    assert found == new if finished else found in {old, new}
    assert finished is False  # 3 files, 4 calls each: every step is one of them
    keyfile.write(office.path, new, before=found)
    assert keyfile.read(office.path)[1] == new


def test_a_finished_write_leaves_the_new_version_under_both_names(office: Office) -> None:
    file, old = keyfile.read(office.path)
    new = replace(file, backend="another").encoded()
    keyfile.write(office.path, new, before=old)
    assert content_of(office) == keyfile.previous(office.path).read_bytes() == new
    assert not list(office.path.parent.glob("*.new"))


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EROFS, StoreReadOnly)]
)
def test_a_disk_that_refuses_leaves_the_old_version(
    office: Office, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    before = content_of(office)

    def refuse(handle: int) -> None:
        raise OSError(number, "no", str(handle))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(error):
        keyfile.write(office.path, b"new", before=before)
    monkeypatch.undo()
    assert keyfile.read(office.path)[1] == before


def test_a_system_without_folder_handles_still_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    monkeypatch.setattr(keyfile, "FOLDERS_CAN_BE_FLUSHED", False)
    keyfile.replace_durably(tmp_path / "file", b"content")
    assert (tmp_path / "file").read_bytes() == b"content"
    assert len(synced) == 1
