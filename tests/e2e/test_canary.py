"""No file that the program writes holds a word of a patient (REQ-07, REQ-13, REQ-94)."""

import base64
import io
import logging
from pathlib import Path

import pytest

from carekraft_desktop.domain.acts import Decline
from carekraft_desktop.domain.backups import Why
from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.errors import CareKraftError, NoLongerThere
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from carekraft_desktop.services import backup, outbox, restore, visits
from carekraft_desktop.services.proving import ByPaper
from tests import samples
from tests.e2e.seats import PASSWORD, Seat
from tests.hub_fixture import Hub

CANARIES = {
    "given": "Zebulonia",
    "family": "Quartzwhistle",
    "phone": "312-555-0142",
    "birth_date": "1931-02-17",
    "purpose": "Vexillology-induced-wrist-pain",
    "comment": "Marmalade-on-the-staircase",
    "previous": "Dr. Ottoline Fernsby",
    "carrier": "Umbrellagrove Mutual",
    "guardian": "Peregrine Thistledown",
}


def spellings(word: str) -> list[bytes]:
    """A word as it might lie in a file."""
    plain = word.encode()
    shifted = [base64.b64encode(b"x" * n + plain)[4:-4] for n in range(3)]
    return [plain, word.encode("utf-16-le"), word.lower().encode(), plain.hex().encode(), *shifted]


@pytest.mark.req("REQ-07", "REQ-13", "REQ-94")
@pytest.mark.logs
def test_no_word_of_a_patient_is_in_any_file_log_or_error(
    tmp_path: Path, hub: Hub, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    seat = Seat(hub, tmp_path / "seat")
    seat.program.claim()
    logging.getLogger("carekraft_desktop.test").error(CANARIES["comment"])
    heard = io.StringIO()
    listening = logging.StreamHandler(heard)
    logging.getLogger().addHandler(listening)
    _live(seat, hub)
    errors = _errors(seat)
    sqlalchemy_words = _database_error(seat)
    with seat.opened.desk.store.read() as unit:
        journal = str(unit.rows("SELECT * FROM journal"))
    running = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    logging.getLogger().removeHandler(listening)
    made = backup.make_by_itself(seat.program.around, seat.opened, "", Why.ASKED)
    seat.program.release()
    restore.restore(seat.program.around, Path(made.backup.place), ByPaper(seat.opened.recovery_key))
    closed = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    spoken = capfd.readouterr()
    texts = {
        "standard output": spoken.out,
        "standard error": spoken.err,
        "log records": heard.getvalue(),
        "errors": errors,
        "database errors": sqlalchemy_words,
        "journal": journal,
    }
    own = {p: d for p, d in {**running, **closed}.items() if "exchange.db" not in p.name}
    assert len(own) >= 4
    assert {"manifest.json", "office.store"} <= {path.name for path in own}
    assert any(".aside-" in path.name for path in own)
    secrets = {
        "password": PASSWORD,
        "recovery key": seat.opened.recovery_key,
        "recovery key's first groups": seat.opened.recovery_key[:14],
    }
    for name, canary in {**CANARIES, **secrets}.items():
        for spelled in spellings(canary):
            for path, data in own.items():
                assert spelled not in data, f"{name} in {path.name}"
        for place, text in texts.items():
            assert canary not in text, f"{name} in {place}"


def _live(seat: Seat, hub: Hub) -> None:
    """Receive a patient full of canaries, use every service, meet every kind of fault."""
    seat.settle()
    guardian = {
        "relationship": [{"coding": [{"code": "GUARD"}]}],
        "name": {"text": CANARIES["guardian"]},
    }
    patient = samples.patient(
        given=CANARIES["given"],
        family=CANARIES["family"],
        phone=CANARIES["phone"],
        birth_date=CANARIES["birth_date"],
        contact=[guardian],
    )
    booking = samples.booking(
        reasonCode=[{"text": CANARIES["purpose"]}],
        comment=CANARIES["comment"],
        extension=[
            {
                "url": "urn:carekraft:extension:previous-provider",
                "valueString": CANARIES["previous"],
            }
        ],
    )
    broken = samples.booking("book-2", comment=CANARIES["comment"], start_=1, status="unheard-of")
    from carekraft_desktop.services import arrivals

    how = seat.opened.sync._circumstances(resync=False)
    with seat.opened.desk.store.write() as unit:
        arrivals.apply(unit, [patient, samples.consent(), samples.coverage(), booking, broken], how)
    desk = seat.opened.desk
    visits.card(desk, "book-1")
    for data in (DataClass.CONTACT, DataClass.INSURANCE, DataClass.DEMOGRAPHIC):
        visits.reveal(desk, "book-1", data)
    visits.decline(desk, "book-1", Decline.NO_TIME)
    outbox.lines(desk)
    for kind in FaultKind:
        hub.sandbox.faults.order(Fault(kind=kind, times=1, seconds=0.01))
        seat.cycle()
    hub.sandbox.faults.clear()
    seat.settle()


def _errors(seat: Seat) -> str:
    found = []
    for ask in (
        lambda: visits.accept(seat.opened.desk, "book-1"),
        lambda: visits.reveal(seat.opened.desk, "book-1", DataClass.MEDICAL),
        lambda: visits.card(seat.opened.desk, "nobody"),
    ):
        with pytest.raises(CareKraftError) as caught:
            ask()
        found.append(repr(caught.value) + str(caught.value))
    assert any(NoLongerThere.code in text for text in found)
    return "".join(found)


def _database_error(seat: Seat) -> str:
    """A bug in our SQL must not spill the values that were bound."""
    with (
        pytest.raises(Exception, match="no such table") as caught,
        seat.opened.desk.store.write() as unit,
    ):
        unit.run("INSERT INTO nowhere VALUES (?)", CANARIES["comment"])
    return repr(caught.value) + str(caught.value)
