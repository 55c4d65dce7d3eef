"""A container opens with its own passphrase in any tool that knows the format, and tells nothing else."""

import hashlib
import hmac
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from carekraft_desktop.errors import ContainerShut
from carekraft_desktop.security import container
from carekraft_desktop.security.container import Part

PARTS = (Part("record.txt", b"Elif Demir, 09:30\n" * 400), Part("record.json", b"{}"))


@pytest.mark.req("REQ-90")
def test_what_was_sealed_comes_out_with_its_passphrase() -> None:
    sealed = container.seal(PARTS)
    assert container.opened(sealed.content, sealed.passphrase) == PARTS


@pytest.mark.req("REQ-90")
def test_the_passphrase_is_made_anew_each_time_and_long_enough() -> None:
    made = {container.seal(PARTS).passphrase for _ in range(20)}
    assert len(made) == 20
    assert all(len(each) >= container.SHORTEST for each in made)


@pytest.mark.req("REQ-90")
def test_nothing_of_the_content_can_be_read_without_it() -> None:
    sealed = container.seal([Part("record.txt", b"CANARY-4711")])
    assert b"CANARY" not in sealed.content
    assert "CANARY" not in repr(sealed)
    assert sealed.passphrase not in repr(sealed)
    with zipfile.ZipFile(BytesIO(sealed.content)) as plain:
        (info,) = plain.infolist()
        assert info.CRC == 0  # a checksum of the content would tell a short one
        assert info.flag_bits & 1
        with pytest.raises((RuntimeError, NotImplementedError)):
            plain.read(info)


@pytest.mark.req("REQ-90")
def test_it_is_the_format_that_other_tools_know() -> None:
    """Opened here by the format's description alone, with another library."""
    sealed = container.seal(PARTS)
    with zipfile.ZipFile(BytesIO(sealed.content)) as plain:
        info = plain.infolist()[0]
    kind, length, version, vendor, strength, method = struct.unpack("<HHH2sBH", info.extra[:11])
    assert (kind, length, version, vendor, strength, method) == (0x9901, 7, 2, b"AE", 3, 8)
    name, extra = struct.unpack_from("<HH", sealed.content, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    body = sealed.content[start : start + info.compress_size]
    salt, check, hidden, code = body[:16], body[16:18], body[18:-10], body[-10:]
    keys = hashlib.pbkdf2_hmac("sha1", sealed.passphrase.encode(), salt, 1000, 66)
    assert keys[64:] == check
    assert hmac.new(keys[32:64], hidden, "sha1").digest()[:10] == code
    assert zlib.decompress(_decrypted(keys[:32], hidden), -15) == PARTS[0].content


def _decrypted(key: bytes, hidden: bytes) -> bytes:
    """AES in counter mode, counting from 1 with the lowest byte first."""
    counters = b"".join((1 + at).to_bytes(16, "little") for at in range((len(hidden) + 15) // 16))
    stream = Cipher(algorithms.AES256(key), modes.ECB()).encryptor().update(counters)  # noqa: S305
    return bytes(left ^ right for left, right in zip(hidden, stream, strict=False))


def test_another_passphrase_and_a_damaged_container_open_nothing() -> None:
    sealed = container.seal(PARTS)
    at = sealed.content.index(b"record.txt") + 60
    damaged = bytearray(sealed.content)
    damaged[at] ^= 1
    for content, passphrase in (
        (sealed.content, container.new_passphrase()),
        (bytes(damaged), sealed.passphrase),
        (sealed.content[:200], sealed.passphrase),
        (b"no container", sealed.passphrase),
    ):
        with pytest.raises(ContainerShut):
            container.opened(content, passphrase)


@pytest.mark.parametrize("names", [(), ("a.txt", "a.txt"), ("Demir, Elif.txt",), ("../a.txt",)])
def test_names_that_would_tell_of_somebody_or_lead_elsewhere_are_refused(
    names: tuple[str, ...],
) -> None:
    with pytest.raises(ValueError, match="name"):
        container.seal([Part(name, b"x") for name in names])


@pytest.mark.req("REQ-90")
def test_no_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(each, str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)
    sealed = container.seal(PARTS)
    container.opened(sealed.content, sealed.passphrase)
    assert not list(tmp_path.iterdir())
