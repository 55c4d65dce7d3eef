"""A backup takes the store's place whole or not at all, and nothing withdrawn comes back."""

from pathlib import Path

import pytest

from carekraft_desktop.domain.backups import Step
from carekraft_desktop.errors import (
    BackupDamaged,
    BackupMissing,
    BrokenOff,
    CatchUpNeeded,
    WrongPassword,
    WrongRecoveryKey,
)
from carekraft_desktop.services import restore, visits
from carekraft_desktop.services.proving import ByPaper, ByPassword
from carekraft_desktop.store.journal import Sieve, page
from tests.e2e.clinic import Clinic, clinic, steps_of

__all__ = ["clinic"]


def withdraw(clinic: Clinic) -> str:
    """A patient takes back everything; the id."""
    ((gone,),) = clinic.rows(
        """SELECT patient_id FROM booking WHERE status = 'confirmed' AND patient_id IN
        (SELECT id FROM patient) ORDER BY start DESC LIMIT 1"""
    )
    clinic.hub.play("patient/unshare", patient=gone)
    clinic.sync()
    assert not holds(clinic, str(gone))
    return str(gone)


def holds(clinic: Clinic, patient: str) -> bool:
    return bool(clinic.rows("SELECT 1 FROM patient WHERE id = ?", patient))


@pytest.mark.req("REQ-95", "REQ-87")
def test_what_was_withdrawn_since_stays_withdrawn_and_what_was_done_since_stays_done(
    clinic: Clinic,
) -> None:
    made = clinic.back_up()
    gone = withdraw(clinic)
    accepted = clinic.accept_one()
    waiting = clinic.rows("SELECT key FROM outbox")
    entries = clinic.rows("SELECT max(n) FROM journal")
    seen: list[Step] = []
    done = clinic.restore(made.backup.place, steps_of(seen))
    assert done.carried.complete
    assert done.caught_up
    assert done.ours
    assert seen == [Step.CHECK, Step.COPY, Step.UPGRADE, Step.CARRY, Step.CATCH_UP, Step.SWAP]
    clinic.unlock()
    assert not holds(clinic, gone)
    clinic.sync()
    assert clinic.rows("SELECT key FROM outbox WHERE delivery = 'applied'") == waiting
    assert accepted not in {seen.entry.id for seen in visits.inbox(clinic.opened.desk)}
    assert clinic.rows("SELECT max(n) FROM journal") > entries
    assert clinic.whole()
    assert done.aside.exists()
    with clinic.opened.store.read() as look:
        ((_, entry), *_) = page(look, Sieve(subject="restore"), most=5)
    assert entry.action == "restore.done"
    assert entry.staff == clinic.rosa


@pytest.mark.req("REQ-95", "REQ-87")
def test_without_the_exchange_a_store_that_opens_tells_what_was_withdrawn(clinic: Clinic) -> None:
    made = clinic.back_up()
    gone = withdraw(clinic)
    clinic.hub.stop()
    done = clinic.restore(made.backup.place)
    assert not done.caught_up
    clinic.unlock()
    assert not holds(clinic, gone)


@pytest.mark.req("REQ-95", "REQ-87")
def test_a_lost_store_is_restored_with_the_exchange_and_not_without(clinic: Clinic) -> None:
    made = clinic.back_up()
    gone = withdraw(clinic)
    clinic.accept_one()
    clinic.program.lock()
    clinic.file.unlink()
    done = clinic.restore(made.backup.place)
    assert done.caught_up
    assert not done.carried.complete
    clinic.unlock()
    assert not holds(clinic, gone)
    assert clinic.whole()
    assert clinic.rows("SELECT 1 FROM journal WHERE action = 'restore.entries-lost'")


@pytest.mark.req("REQ-95", "REQ-87")
def test_where_nobody_can_say_what_was_withdrawn_nothing_is_put_in_place(clinic: Clinic) -> None:
    made = clinic.back_up()
    withdraw(clinic)
    clinic.program.lock()
    clinic.flip(clinic.file, 0)
    damaged = clinic.file.read_bytes()
    clinic.hub.stop()
    with pytest.raises(CatchUpNeeded):
        clinic.restore(made.backup.place)
    assert clinic.file.read_bytes() == damaged
    assert not list(clinic.office.glob("*.put*"))


@pytest.mark.req("REQ-95")
def test_what_waited_to_be_sent_when_the_backup_was_made_waits_for_a_person(
    clinic: Clinic,
) -> None:
    clinic.accept_one()
    made = clinic.back_up()
    clinic.program.lock()
    clinic.file.unlink()
    done = clinic.restore(made.backup.place)
    assert done.to_look_at == 1
    clinic.unlock()
    clinic.sync()
    assert clinic.rows("SELECT delivery, problem FROM outbox") == [("rejected", "restored")]


@pytest.mark.req("REQ-95")
def test_a_new_key_and_a_colleague_who_left_stay_as_they_are_after_a_restore(
    clinic: Clinic,
) -> None:
    made = clinic.back_up()
    clinic.program.rotate(clinic.proof())
    done = clinic.restore(made.backup.place)
    assert done.carried.complete
    clinic.unlock()
    assert clinic.whole()


@pytest.mark.req("REQ-95")
@pytest.mark.parametrize("harm", ["byte", "cut", "longer", "manifest", "no manifest", "no store"])
def test_a_damaged_backup_is_refused_and_the_office_stays_as_it_is(
    clinic: Clinic, harm: str
) -> None:
    place = Path(clinic.back_up().backup.place)
    store, manifest = place / "office.store", place / "manifest.json"
    if harm == "byte":
        clinic.flip(store, 7)
    elif harm == "cut":
        store.write_bytes(store.read_bytes()[:-4096])
    elif harm == "longer":
        store.write_bytes(store.read_bytes() + bytes(4096))
    elif harm == "manifest":
        manifest.write_bytes(manifest.read_bytes().replace(b'"schema":', b'"schema": '))
    elif harm == "no manifest":
        manifest.unlink()
    else:
        store.unlink()
    clinic.program.lock()
    before = clinic.file.read_bytes()
    with pytest.raises((BackupDamaged, BackupMissing)):
        clinic.restore(place)
    assert clinic.file.read_bytes() == before
    clinic.unlock()
    assert visits.inbox(clinic.opened.desk)


def test_the_wrong_words_the_wrong_password_and_another_offices_backup_change_nothing(
    clinic: Clinic,
) -> None:
    place = Path(clinic.back_up().backup.place)
    clinic.program.lock()
    around = clinic.program._around()
    before = clinic.file.read_bytes()
    with pytest.raises(WrongPassword):
        restore.restore(around, place, ByPassword(clinic.rosa, "not-the-password"))
    with pytest.raises(WrongRecoveryKey):
        restore.restore(around, place, ByPaper(clinic.paper[:-1] + "?"))
    with pytest.raises(BackupMissing):
        restore.restore(around, clinic.home / "nowhere", clinic.way)
    assert clinic.file.read_bytes() == before


@pytest.mark.req("REQ-95")
def test_the_paper_alone_restores(clinic: Clinic) -> None:
    place = Path(clinic.back_up().backup.place)
    clinic.program.lock()
    clinic.file.unlink()
    restore.restore(clinic.program._around(), place, ByPaper(clinic.paper))
    clinic.unlock()
    assert clinic.whole()


@pytest.mark.req("REQ-95")
@pytest.mark.parametrize("step", [Step.CHECK, Step.COPY, Step.CARRY, Step.CATCH_UP])
def test_it_can_be_broken_off_at_any_step_before_the_last(clinic: Clinic, step: Step) -> None:
    place = clinic.back_up().backup.place
    clinic.program.lock()
    before = clinic.file.read_bytes()

    def told(now: Step, _done: int, _whole: int) -> None:
        if now is step:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        clinic.restore(place, told)
    assert clinic.file.read_bytes() == before
    assert not list(clinic.office.glob("*.put*"))
    clinic.unlock()
    assert clinic.whole()
