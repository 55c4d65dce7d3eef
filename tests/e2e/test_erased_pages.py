"""What was erased is in no page of any file, the free ones and the log among them (REQ-84, REQ-07).

The store's own cipher is undone here, page by page, with the test's key: so the scan sees what an
attacker with the key would see.
"""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from carekraft_desktop.domain.asking import Asked, Identity
from carekraft_desktop.services import handing, requests
from tests import samples
from tests.desks import KEY, Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import count, dispose, officer, proof, unshare

PAGE, RESERVED, SALT = 4096, 80, 16
WAL_HEAD, FRAME_HEAD = 32, 24
WORDS = {
    1: ("Zebulonia", "Quartzwhistle", "312-555-0142", "Vexillology-induced-wrist-pain"),
    2: ("Ottoline", "Fernsbyshire", "312-555-0143", "Marmalade-on-the-staircase"),
    3: ("Peregrine", "Thistledownham", "312-555-0144", "Umbrella-related-sprain"),
}
"""Of the one who never came, the one who was seen, and the one whose time is over."""


def pages(path: Path) -> bytes:
    """Every page of a store file or its log, in the clear."""
    data = path.read_bytes()
    if path.name.endswith("-wal"):
        step = FRAME_HEAD + PAGE
        frames = range(WAL_HEAD, len(data) - step + 1, step)
        raw = [data[at + FRAME_HEAD : at + step] for at in frames]
        first = {n for n, at in enumerate(frames) if data[at : at + 4] == b"\0\0\0\1"}
    else:
        raw = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
        first = {0}
    found = []
    for number, page in enumerate(raw):
        body = page[SALT:-RESERVED] if number in first else page[:-RESERVED]
        iv = page[-RESERVED : -RESERVED + 16]
        found.append(Cipher(algorithms.AES(KEY), modes.CBC(iv)).decryptor().update(body))
    return b"".join(found)


def in_the_clear(folder: Path) -> dict[str, bytes]:
    """Every file of a seat, stores deciphered, others as they are."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            ours = path.name.startswith("office.store") and not path.name.endswith("-shm")
            found[path.name] = pages(path) if ours else path.read_bytes()
    return found


def holding(folder: Path, number: int) -> set[str]:
    """Words of one person that are anywhere in the files."""
    files = in_the_clear(folder)
    return {
        word
        for word in WORDS[number]
        if any(spelled in data for data in files.values() for spelled in _spellings(word))
    }


def _spellings(word: str) -> tuple[bytes, ...]:
    reversed_digits = "".join(c for c in word if c.isdecimal())[::-1].encode()
    more = (reversed_digits,) if len(reversed_digits) >= 10 else ()
    return (word.encode(), word.lower().encode(), word.encode("utf-16-le"), *more)


def _come(exchange: FakeGateway, number: int, status: str, *, days: int) -> None:
    given, family, phone, purpose = WORDS[number]
    patient_id = f"pat-{number}"
    exchange.put(
        samples.patient(patient_id, given=given, family=family, phone=phone),
        samples.consent(f"cons-{number}", patient_id=patient_id),
        samples.coverage(f"cov-{number}", patient_id=patient_id),
        samples.booking(
            f"book-{number}",
            patient_id=patient_id,
            status=status,
            start=samples.NOON + timedelta(days=days),
            reasonCode=[{"text": purpose}],
        ),
    )


@pytest.mark.req("REQ-84", "REQ-82", "REQ-07")
def test_no_page_of_any_file_holds_a_word_of_who_was_erased(
    seat: Workstation, exchange: FakeGateway, tmp_path: Path
) -> None:
    exchange.put(samples.office(), samples.provider())
    _come(exchange, 1, "booked", days=3)
    _come(exchange, 2, "fulfilled", days=-1)
    _come(exchange, 3, "cancelled", days=-1)
    seat.cycle()
    desk = officer(seat)
    request = requests.take(desk, "pat-1", Asked.ACCESS, identity=Identity.PHOTO)
    handed = handing.prepare(desk, request.id, proof(desk))
    out = seat.folder / "record.zip"
    handing.in_container(
        desk, handed, lambda: b"%PDF-1.7 " + WORDS[1][0].encode(), out, proof(desk)
    )
    before = tmp_path / "before"
    seat.store.checkpoint()
    shutil.copytree(seat.folder, before)
    # The scan sees what is there: else it would prove nothing.
    for number in WORDS:
        assert holding(before, number) >= set(WORDS[number][1:])
    unshare(exchange, 1)
    unshare(exchange, 2)
    seat.cycle()
    seat.clock.advance(days=100)
    assert dispose(seat).disposed >= 2
    assert count(seat, "kept", "patient_id = 'pat-2'") == 4
    seat.close()
    assert holding(seat.folder, 1) == set()
    assert holding(seat.folder, 3) == set()
    # The one who was seen is kept for the officer, in the enciphered store and nowhere else.
    (store,) = [p for p in seat.folder.iterdir() if p.name == "office.store"]
    assert WORDS[2][1].encode() in pages(store)
    assert not any(WORDS[2][1].encode() in p.read_bytes() for p in seat.folder.iterdir())
    seat.open()
    seat.clock.advance(days=11 * 365)
    dispose(seat)
    seat.close()
    assert holding(seat.folder, 2) == set()
