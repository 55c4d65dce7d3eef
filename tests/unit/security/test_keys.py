"""The ring of keys: who gets in, who does not, and what each change leaves behind."""

import base64
import errno
import json
import math
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from carekraft_desktop.errors import (
    AccessError,
    DiskFull,
    KeyFileDamaged,
    KeyringLost,
    NameNotAllowed,
    NotPermitted,
    StoreReadOnly,
    TooManyTries,
    WeakPassword,
    WrongPassword,
    WrongRecoveryKey,
    WrongWorkstationCode,
)
from carekraft_desktop.security import keyfile, keys
from carekraft_desktop.security.keys import KeyRing, NewStaff, Person, Unlocked, device_name
from carekraft_desktop.security.recovery import RecoveryKey
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import STANDARD, Cost
from carekraft_desktop.security.workstation import WorkstationCode
from carekraft_desktop.value import replace
from tests.fakes.clock import FakeClock
from tests.unit.security.conftest import (
    ADA,
    BEN,
    CHEAP,
    KEYRING,
    OTHER,
    PASSWORD,
    STORE,
    Office,
    make_office,
)

NEW = "nine white boats"


def try_to_enter(office: Office, staff: NewStaff = ADA, password: str = PASSWORD) -> str:
    """What came of it: a code, or "in" with the store's own key."""
    try:
        with office.enter(staff, password) as unlocked:
            return "in" if unlocked.key.content == office.key else "in with another key"
    except AccessError as refused:
        return refused.code


def test_the_right_password_gives_the_same_key_at_every_start(office: Office) -> None:
    assert len(office.key) == 32
    assert try_to_enter(office) == try_to_enter(office) == "in"


def test_setting_up_leaves_somebody_in(tmp_path: Path) -> None:
    office, unlocked, paper = make_office(tmp_path / "new" / "office.keys")
    assert unlocked.staff == Person(
        id=ADA.id,
        name="ada.berg",
        display="Ada Berg",
        roles=ADA.roles,
        disabled=False,
        waiting=False,
    )
    assert len(paper.groups) == 9
    ring = office.ring()
    assert (ring.store_id, ring.generation, ring.backend) == (STORE, 1, KEYRING)
    assert ring.people() == (unlocked.staff,)
    assert ring.device_name == device_name(STORE, 1)
    assert ring.next_device_name == device_name(STORE, 2)
    assert ring.seconds_to_wait(ADA.id) == 0


@pytest.mark.req("REQ-09", "REQ-18")
def test_nothing_less_than_password_and_device_secret_opens_it(office: Office) -> None:
    assert try_to_enter(office, password=OTHER) == "wrong-password"
    assert try_to_enter(office, password="") == "wrong-password"
    assert try_to_enter(office, password="\ud800") == "wrong-password"
    assert try_to_enter(office, BEN) == "wrong-password"
    right = office.device
    office.device = Secret.random()
    assert try_to_enter(office) == "keyring-lost"
    office.device = right
    assert try_to_enter(office) == "in"


def test_another_devices_secret_costs_no_try(office: Office) -> None:
    ring = office.ring()
    for _ in range(20):
        with pytest.raises(KeyringLost):
            ring.unlock(ADA.id, OTHER, Secret.random())
    assert ring.seconds_to_wait(ADA.id) == 0


def test_a_wrong_workstation_code_is_named_so(tmp_path: Path) -> None:
    office, _, _ = make_office(tmp_path / "office.keys", backend="")
    assert try_to_enter(office) == "in"
    office.device = WorkstationCode.new().device_secret()
    with pytest.raises(WrongWorkstationCode):
        office.enter()


@pytest.mark.req("REQ-35")
def test_failures_count_across_starts_until_it_locks(full_office: Office) -> None:
    office = full_office
    seen = []
    for _ in range(12):
        seen.append(try_to_enter(office, BEN, PASSWORD))
        office.clock.advance(minutes=10)
    ring = office.ring()
    assert seen[0] == "wrong-password"
    assert ring.seconds_to_wait(BEN.id) > 0
    for _ in range(12):  # one start that lasts
        office.clock.advance(minutes=10)
        with pytest.raises((WrongPassword, TooManyTries)):
            ring.unlock(BEN.id, PASSWORD, office.device)
    assert ring.seconds_to_wait(BEN.id) == math.inf
    with pytest.raises(TooManyTries):
        office.ring().unlock(BEN.id, OTHER, office.device)
    assert try_to_enter(office, ADA) == "in"
    with office.enter() as ada:
        ring = office.ring()
        ring.allow_again(ada, BEN.id)
    assert try_to_enter(office, BEN, OTHER) == "in"


def test_a_new_password_replaces_the_old_one(full_office: Office) -> None:
    office = full_office
    before = {person.id: person for person in office.ring().people()}
    office.ring().change_password(
        ADA.id, old_password=PASSWORD, new_password=NEW, device_secret=office.device
    )
    assert try_to_enter(office, password=PASSWORD) == "wrong-password"
    assert try_to_enter(office, password=NEW) == "in"
    assert try_to_enter(office, BEN, OTHER) == "in"
    assert {person.id: person for person in office.ring().people()} == before


def test_the_version_before_does_not_bring_an_old_password_back(office: Office) -> None:
    office.ring().change_password(
        ADA.id, old_password=PASSWORD, new_password=NEW, device_secret=office.device
    )
    office.path.write_bytes(office.path.read_bytes()[:100])
    assert try_to_enter(office, password=PASSWORD) == "wrong-password"
    assert try_to_enter(office, password=NEW) == "in"


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (OTHER, NEW, WrongPassword),
        (PASSWORD, "short", WeakPassword),
        (PASSWORD, "password123", WeakPassword),
        (PASSWORD, "AdaBerg2026", WeakPassword),
    ],
)
def test_a_refused_change_leaves_the_old_password(
    office: Office, old: str, new: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        office.ring().change_password(
            ADA.id, old_password=old, new_password=new, device_secret=office.device
        )
    assert try_to_enter(office) == "in"


def test_each_person_signs_with_the_own_key(full_office: Office) -> None:
    office = full_office
    file = keyfile.read(office.path)[0]
    verifying = [Ed25519PublicKey.from_public_bytes(slot.header.verifying) for slot in file.staff]
    with office.enter(BEN, OTHER) as ben:
        signature = ben.sign(b"approved")
    verifying[1].verify(signature, b"approved")
    with pytest.raises(InvalidSignature):
        verifying[0].verify(signature, b"approved")


@pytest.mark.req("REQ-09")
def test_derived_keys_differ_by_purpose_and_hold_across_people(full_office: Office) -> None:
    office = full_office
    with office.enter() as ada, office.enter(BEN, OTHER) as ben:
        assert ada.derive("audit/v1").matches(ben.derive("audit/v1"))
        assert not ada.derive("audit/v1").matches(ada.derive("log/v1"))
        assert not ada.derive("log/v1").matches(ada.key)


@pytest.mark.req("REQ-06")
def test_locking_wipes_the_keys(office: Office) -> None:
    with office.enter() as unlocked:
        key = unlocked.key.content
        assert repr(unlocked) == "<Unlocked>"
    assert bytes(key) == bytes(32)
    with pytest.raises(ValueError, match="wiped"):
        unlocked.sign(b"anything")


# ---------------------------------------------------------------- people


@pytest.mark.req("REQ-01")
def test_a_name_or_id_is_never_given_twice(full_office: Office) -> None:
    office = full_office
    ring = office.ring()
    with office.enter() as ada:
        ring.disable_staff(ada, BEN.id)
        for staff in (
            NewStaff(id="staff-new", name="BEN.Cole", display="Another Ben", roles=()),
            NewStaff(id=BEN.id, name="someone.else", display="Someone", roles=()),
            NewStaff(id="staff-new", name="frontdesk", display="Front", roles=()),
            NewStaff(id="staff-new", name="someone.else", display=" ", roles=()),
            NewStaff(id="staff-new", name="someone.else", display="x" * 201, roles=()),
        ):
            with pytest.raises(NameNotAllowed):
                ring.add_staff(ada, staff, NEW, office.device)
    assert len(office.ring().people()) == 2


@pytest.mark.req("REQ-01", "REQ-24", "REQ-97")
def test_somebody_who_left_does_not_come_in_again(full_office: Office) -> None:
    office = full_office
    with office.enter() as ada:
        ring = office.ring()
        ring.disable_staff(ada, BEN.id)
        for forbidden in (ring.disable_staff, ring.allow_again):
            with pytest.raises(NameNotAllowed):
                forbidden(ada, BEN.id)
        with pytest.raises(NameNotAllowed):
            ring.renew_staff(ada, BEN.id, NEW, office.device)
    assert try_to_enter(office, BEN, OTHER) == "wrong-password"
    assert [person.disabled for person in office.ring().people()] == [False, True]
    with pytest.raises(NameNotAllowed):
        office.ring().recover(
            office.paper, staff_id=BEN.id, new_password=NEW, new_device_secret=office.device
        )
    office.path.unlink()
    assert try_to_enter(office, BEN, OTHER) == "wrong-password"


def test_nobody_does_an_administrators_work_on_oneself(office: Office) -> None:
    ring = office.ring()
    with office.enter() as ada:
        with pytest.raises(NotPermitted):
            ring.disable_staff(ada, ADA.id)
        with pytest.raises(NotPermitted):
            ring.allow_again(ada, ADA.id)
        with pytest.raises(NotPermitted):
            ring.renew_staff(ada, ADA.id, NEW, office.device)


def test_a_colleague_gets_a_new_password_and_new_keys(full_office: Office) -> None:
    office = full_office
    before = keyfile.read(office.path)[0].staff[1].header
    ring = office.ring()
    for _ in range(5):
        with pytest.raises(WrongPassword):
            ring.unlock(BEN.id, PASSWORD, office.device)
    assert ring.seconds_to_wait(BEN.id) == 30
    with office.enter() as ada:
        person = ring.renew_staff(ada, BEN.id, NEW, office.device)
    assert (person.name, person.roles) == (BEN.name, BEN.roles)
    assert try_to_enter(office, BEN, OTHER) == "wrong-password"
    assert try_to_enter(office, BEN, NEW) == "in"
    after = keyfile.read(office.path)[0].staff[1].header
    assert after.public != before.public
    assert after.verifying != before.verifying


@pytest.mark.parametrize("password", ["short", "password123", "ben cole 2026"])
def test_a_first_password_has_to_be_good_too(office: Office, password: str) -> None:
    with office.enter() as ada, pytest.raises(WeakPassword):
        office.ring().add_staff(ada, BEN, password, office.device)
    with pytest.raises(NameNotAllowed):
        office.ring()._known(BEN.id)


@pytest.mark.req("REQ-33", "REQ-34")
def test_without_a_keyring_passwords_are_longer(tmp_path: Path) -> None:
    office, ada, _ = make_office(tmp_path / "office.keys", backend="")
    with pytest.raises(WeakPassword):
        office.ring().add_staff(ada, BEN, "fourteen signs", office.device)
    office.ring().add_staff(ada, BEN, "fifteen signs !", office.device)
    assert try_to_enter(office, BEN, "fifteen signs !") == "in"


def test_people_are_added_only_with_this_workstations_secret(office: Office) -> None:
    with office.enter() as ada:
        ring = office.ring()
        with pytest.raises(KeyringLost):
            ring.add_staff(ada, BEN, NEW, Secret.random())
        with pytest.raises(KeyringLost):
            ring.renew_recovery(ada, Secret.random())
    assert len(office.ring().people()) == 1


# ---------------------------------------------------------------- the paper


@pytest.mark.req("REQ-21")
def test_the_paper_opens_when_the_password_is_forgotten(full_office: Office) -> None:
    office = full_office
    typed = office.paper.lower().replace("-", "  ")
    with office.ring().recover(
        typed, staff_id=ADA.id, new_password=NEW, new_device_secret=office.device
    ) as unlocked:
        assert unlocked.key.content == office.key
        assert unlocked.staff.roles == ADA.roles
    assert try_to_enter(office, password=PASSWORD) == "wrong-password"
    assert try_to_enter(office, password=NEW) == "in"
    assert try_to_enter(office, BEN, OTHER) == "in"
    assert office.ring().device_name == device_name(STORE, 1)


@pytest.mark.req("REQ-21")
def test_the_paper_opens_when_the_keyring_is_lost(full_office: Office) -> None:
    office = full_office
    old, office.device = office.device, Secret.random()
    with office.ring().recover(
        office.paper,
        staff_id=ADA.id,
        new_password=NEW,
        new_device_secret=office.device,
        new_backend="keyring.backends.kwallet.DBusKeyring",
    ) as unlocked:
        assert unlocked.key.content == office.key
    ring = office.ring()
    assert ring.backend == "keyring.backends.kwallet.DBusKeyring"
    assert ring.device_name == device_name(STORE, 2)
    assert [person.waiting for person in ring.people()] == [False, True]
    assert try_to_enter(office, BEN, OTHER) == "wrong-password"
    with office.enter(password=NEW) as ada:
        office.ring().renew_staff(ada, BEN.id, OTHER, office.device)
    assert try_to_enter(office, BEN, OTHER) == "in"
    office.device = old
    assert try_to_enter(office, password=NEW) == "keyring-lost"


def test_the_paper_still_opens_after_it_was_used(office: Office) -> None:
    for _ in range(2):
        office.device = Secret.random()
        with office.ring().recover(
            office.paper, staff_id=ADA.id, new_password=NEW, new_device_secret=office.device
        ) as unlocked:
            assert unlocked.key.content == office.key
    assert office.ring().rescue_device(office.paper).matches(office.device)


def test_the_device_secret_can_be_put_back_and_nobody_is_locked_out(full_office: Office) -> None:
    office = full_office
    lost, office.device = office.device, office.ring().rescue_device(office.paper)
    assert office.device.matches(lost)
    assert try_to_enter(office, BEN, OTHER) == "in"
    with office.enter() as ada:
        office.ring().moved(ada, backend="keyring.backends.kwallet.DBusKeyring")
    assert office.ring().backend == "keyring.backends.kwallet.DBusKeyring"
    assert try_to_enter(office) == "in"


def test_recovery_frees_an_account_that_is_locked(office: Office) -> None:
    ring = office.ring()
    for _ in range(10):
        office.clock.advance(minutes=10)
        with pytest.raises(WrongPassword):
            ring.unlock(ADA.id, OTHER, office.device)
    assert ring.seconds_to_wait(ADA.id) == math.inf
    ring.recover(
        office.paper, staff_id=ADA.id, new_password=NEW, new_device_secret=office.device
    ).wipe()
    assert try_to_enter(office, password=NEW) == "in"


@pytest.mark.req("REQ-21")
def test_a_wrong_paper_changes_nothing(office: Office) -> None:
    before = office.path.read_bytes()
    for text in (RecoveryKey.new().text, "", office.paper[:-1] + "?", WorkstationCode.new().text):
        with pytest.raises(WrongRecoveryKey):
            office.ring().recover(
                text, staff_id=ADA.id, new_password=NEW, new_device_secret=Secret.random()
            )
        with pytest.raises(WrongRecoveryKey):
            office.ring().rescue_device(text)
    assert office.path.read_bytes() == before


def test_a_recovery_with_bad_choices_changes_nothing(office: Office) -> None:
    before = office.path.read_bytes()
    for staff_id, password, secret, error in (
        (ADA.id, "short", office.device, WeakPassword),
        (BEN.id, NEW, office.device, NameNotAllowed),
        (ADA.id, NEW, Secret(b"short"), ValueError),
    ):
        with pytest.raises(error):
            office.ring().recover(
                office.paper, staff_id=staff_id, new_password=password, new_device_secret=secret
            )
    with pytest.raises(WeakPassword):
        office.ring().recover(
            office.paper,
            staff_id=ADA.id,
            new_password="twelve signs",
            new_device_secret=office.device,
            new_backend="",
        )
    assert office.path.read_bytes() == before


def test_a_new_paper_makes_the_old_one_worthless(office: Office) -> None:
    with office.enter() as ada:
        paper = office.ring().renew_recovery(ada, office.device)
    assert paper.text != office.paper
    with pytest.raises(WrongRecoveryKey):
        office.ring().rescue_device(office.paper)
    assert office.ring().rescue_device(paper.text).matches(office.device)
    assert try_to_enter(office) == "in"


# ---------------------------------------------------------------- setting up


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"password": "short"}, WeakPassword),
        ({"password": "fourteen signs", "backend": ""}, WeakPassword),
        ({"device_secret": Secret(b"short")}, ValueError),
        ({"staff": NewStaff(id="a", name="admin", display="A", roles=())}, NameNotAllowed),
        ({"staff": NewStaff(id="", name="ada.berg", display="Ada", roles=())}, KeyFileDamaged),
    ],
)
def test_a_set_up_that_is_refused_leaves_no_keys(
    tmp_path: Path, changes: dict[str, object], error: type[Exception]
) -> None:
    given: dict[str, object] = {
        "store_id": STORE,
        "device_secret": Secret.random(),
        "staff": ADA,
        "password": PASSWORD,
        "backend": KEYRING,
        "clock": FakeClock(),
        "cost": CHEAP,
    }
    create: Callable[..., object] = KeyRing.create
    with pytest.raises(error):
        create(tmp_path / "office.keys", **{**given, **changes})
    assert not KeyRing.exists(tmp_path / "office.keys")


def test_keys_that_are_there_are_never_replaced(office: Office) -> None:
    before = office.path.read_bytes()
    with pytest.raises(ValueError, match="already"):
        make_office(office.path)
    office.path.unlink()
    with pytest.raises(ValueError, match="already"):
        make_office(office.path)
    assert keyfile.previous(office.path).read_bytes() == before


def test_a_set_up_on_a_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "full", str(path), len(content))

    monkeypatch.setattr("carekraft_desktop.security.tries.replace_durably", full)
    with pytest.raises(DiskFull):
        make_office(tmp_path / "office.keys")


# ---------------------------------------------------------------- damage and meddling


@pytest.mark.req("REQ-09")
def test_a_cheap_guess_is_refused(office: Office) -> None:
    with pytest.raises(KeyFileDamaged):
        KeyRing.load(office.path, clock=office.clock)


@pytest.mark.parametrize("cost", [Cost(64, 10_000, 1), Cost(2**40, 1, 1), Cost(64, 1, 9)])
def test_an_endless_or_impossible_guess_is_refused(office: Office, cost: Cost) -> None:
    rewrite(office, lambda slot: with_header(slot, cost=cost))
    with pytest.raises(KeyFileDamaged):
        office.ring()


def test_the_standard_cost_is_taken_without_asking(tmp_path: Path) -> None:
    """The one test that pays for it: what a release does, with nothing made cheaper."""
    path, device, clock = tmp_path / "office.keys", Secret.random(), FakeClock()
    unlocked, _ = KeyRing.create(
        path,
        store_id=STORE,
        device_secret=device,
        staff=ADA,
        password=PASSWORD,
        backend=KEYRING,
        clock=clock,
    )
    with KeyRing.load(path, clock=clock).unlock(ADA.id, PASSWORD, device) as again:
        assert again.key.matches(unlocked.key)
    assert keyfile.read(path)[0].staff[0].header.cost == STANDARD == Cost(131072, 4, 4)


@pytest.mark.req("REQ-09")
def test_a_way_in_that_was_cheaper_to_guess_is_made_anew_at_the_next_sign_in(
    office: Office,
) -> None:
    dearer = Cost(memory=128, passes=1, lanes=1)

    def ring() -> KeyRing:
        return KeyRing.load(office.path, clock=office.clock, floor=CHEAP, cost=dearer)

    with pytest.raises(WrongPassword):
        ring().unlock(ADA.id, "four green lamps", office.device)
    assert keyfile.read(office.path)[0].staff[0].header.cost == CHEAP
    ring().unlock(ADA.id, PASSWORD, office.device)
    assert keyfile.read(office.path)[0].staff[0].header.cost == dearer
    before = office.path.read_bytes()
    with ring().unlock(ADA.id, PASSWORD, office.device) as again:
        assert bytes(again.key.content) == office.key
    assert office.path.read_bytes() == before


def test_a_full_disk_leaves_the_cheaper_way_in_open(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes, *, before: bytes | None) -> None:
        del path, content, before
        raise DiskFull

    ring = KeyRing.load(
        office.path, clock=office.clock, floor=CHEAP, cost=Cost(memory=128, passes=1, lanes=1)
    )
    monkeypatch.setattr(keyfile, "write", full)
    with ring.unlock(ADA.id, PASSWORD, office.device) as unlocked:
        assert bytes(unlocked.key.content) == office.key


def rewrite(office: Office, change: Callable[[keyfile.Slot], keyfile.Slot]) -> None:
    """Alter the first slot as somebody could who can write the file, checksum and all."""
    file, _ = keyfile.read(office.path)
    altered = replace(file, staff=(change(file.staff[0]), *file.staff[1:]))
    content = altered.encoded()
    assert content != file.encoded()
    for path in (office.path, keyfile.previous(office.path)):
        path.write_bytes(content)


def with_header(slot: keyfile.Slot, **changes: object) -> keyfile.Slot:
    header: Callable[..., keyfile.SlotHeader] = replace
    return replace(slot, header=header(slot.header, **changes))


def flip(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: with_header(s, roles=("administrator", "privacy-officer")), "wrong-password"),
        (lambda s: with_header(s, display="Somebody Else"), "wrong-password"),
        (lambda s: with_header(s, generation=2), "wrong-password"),
        (lambda s: with_header(s, cost=Cost(65, 1, 1)), "wrong-password"),
        (lambda s: with_header(s, salt=bytes(16)), "wrong-password"),
        (lambda s: replace(s, sealed=flip(s.sealed)), "wrong-password"),
        (lambda s: replace(s, sealed=s.sealed[:20]), "wrong-password"),
        (lambda s: replace(s, data=flip(s.data)), "key-file-damaged"),
        (lambda s: replace(s, data=s.data[:20]), "key-file-damaged"),
        (lambda s: with_header(s, store="another"), "key-file-damaged"),
    ],
)
def test_an_altered_slot_stays_shut(
    office: Office, change: Callable[[keyfile.Slot], keyfile.Slot], code: str
) -> None:
    rewrite(office, change)
    assert try_to_enter(office) == code


def test_meddling_with_somebody_elses_slot_is_found_when_one_comes_in(full_office: Office) -> None:
    office = full_office
    rewrite(office, lambda slot: with_header(slot, display="Somebody Else"))
    assert try_to_enter(office, BEN, OTHER) == "key-file-damaged"
    with pytest.raises(KeyFileDamaged):
        office.ring().rescue_device(office.paper)


def test_a_slot_that_is_put_back_is_found(full_office: Office) -> None:
    """Somebody who left and kept a copy of the file gets nothing out of the old slot."""
    office = full_office
    kept = keyfile.read(office.path)[0].staff[1]
    with office.enter() as ada:
        office.ring().disable_staff(ada, BEN.id)
    file, _ = keyfile.read(office.path)
    office.path.write_bytes(replace(file, staff=(file.staff[0], kept)).encoded())
    assert try_to_enter(office, BEN, OTHER) == "key-file-damaged"


def test_a_file_altered_while_somebody_is_in_is_not_built_upon(office: Office) -> None:
    with office.enter() as ada:
        rewrite(office, lambda slot: with_header(slot, display="Somebody Else"))
        ring = office.ring()
        with pytest.raises(KeyFileDamaged):
            ring.add_staff(ada, BEN, OTHER, office.device)
        with pytest.raises(KeyFileDamaged):
            ring.moved(ada, backend="")


def test_a_paper_slot_that_was_altered_is_found(office: Office) -> None:
    file, _ = keyfile.read(office.path)
    altered = replace(file.recovery, data=flip(file.recovery.data))
    office.path.write_bytes(replace(file, recovery=altered).encoded())
    with pytest.raises(KeyFileDamaged):
        office.ring().rescue_device(office.paper)


def test_a_failed_write_leaves_the_old_file_in_force(
    full_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = full_office
    ring = office.ring()

    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(errno.EACCES, "no", str(path), len(content))

    with office.enter() as ada:
        monkeypatch.setattr(keyfile, "replace_durably", refuse)
        with pytest.raises(StoreReadOnly):
            ring.disable_staff(ada, BEN.id)
        monkeypatch.undo()
    assert not any(person.disabled for person in ring.people())
    assert try_to_enter(office, BEN, OTHER) == "in"


@pytest.mark.req("REQ-09")
def test_no_secret_is_in_any_file(full_office: Office) -> None:
    office = full_office
    with office.enter() as ada:
        secrets = [
            bytes(ada.key.content),
            bytes(ada._signing.content),
            bytes(office.device.content),
        ]
    texts = [secret.hex() for secret in secrets]
    texts += [json.dumps(list(secret)) for secret in secrets]
    texts += [PASSWORD, OTHER, office.paper, office.paper.replace("-", "")]
    for path in office.path.parent.iterdir():
        content = path.read_bytes()
        hidden = [
            base64.b64decode(each) for each in re.findall(rb'"([A-Za-z0-9+/=]{24,})"', content)
        ]
        for secret in secrets:
            assert secret not in content
            assert all(secret not in value for value in hidden)
        assert not [text for text in texts if text.encode() in content]


@pytest.mark.skipif(os.name != "posix", reason="rights are inherited there")
def test_the_files_belong_to_their_owner_only(full_office: Office) -> None:
    files = list(full_office.path.parent.iterdir())
    assert {path.name for path in files} == {"office.keys", "office.keys.prev", "office.keys.tries"}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_what_others_build_on_is_offered_here() -> None:
    assert {"KeyRing", "NewStaff", "Person", "Unlocked", "RecoveryKey"} <= set(keys.__all__)


def test_a_right_password_starts_the_count_of_failures_anew(office: Office) -> None:
    ring = office.ring()
    for _ in range(4):
        for _ in range(4):
            with pytest.raises(WrongPassword):
                ring.unlock(ADA.id, OTHER, office.device)
        ring.unlock(ADA.id, PASSWORD, office.device).wipe()
    assert ring.seconds_to_wait(ADA.id) == 0


# ---------------------------------------------------------------- nothing stays behind


def come_in(office: Office, _: Unlocked) -> None:
    office.enter().wipe()


def mistype(office: Office, _: Unlocked) -> None:
    assert try_to_enter(office, password=OTHER) == "wrong-password"


def meet_damage(office: Office, _: Unlocked) -> None:
    rewrite(office, lambda slot: replace(slot, data=flip(slot.data)))
    assert try_to_enter(office) == "key-file-damaged"


def meet_meddling(office: Office, ada: Unlocked) -> None:
    office.ring().add_staff(ada, BEN, OTHER, office.device)
    rewrite(office, lambda slot: with_header(slot, display="Somebody Else"))
    assert try_to_enter(office, BEN, OTHER) == "key-file-damaged"
    with pytest.raises(KeyFileDamaged):
        office.ring().rescue_device(office.paper)


def change(office: Office, _: Unlocked) -> None:
    office.ring().change_password(
        ADA.id, old_password=PASSWORD, new_password=NEW, device_secret=office.device
    )


def add_and_renew(office: Office, ada: Unlocked) -> None:
    ring = office.ring()
    ring.add_staff(ada, BEN, OTHER, office.device)
    ring.renew_staff(ada, BEN.id, NEW, office.device)


def recover(office: Office, _: Unlocked) -> None:
    office.ring().recover(
        office.paper, staff_id=ADA.id, new_password=NEW, new_device_secret=office.device
    ).wipe()


def fail_to_recover(office: Office, _: Unlocked) -> None:
    with pytest.raises(ValueError, match="32 bytes"), Secret(b"short") as short:
        office.ring().recover(
            office.paper, staff_id=ADA.id, new_password=NEW, new_device_secret=short
        )


def rescue(office: Office, _: Unlocked) -> None:
    office.ring().rescue_device(office.paper).wipe()


def print_a_new_paper(office: Office, ada: Unlocked) -> None:
    office.ring().renew_recovery(ada, office.device).wipe()


def set_up(office: Office, _: Unlocked) -> None:
    other, unlocked, paper = make_office(office.path.parent / "other" / "office.keys")
    unlocked.wipe()
    paper.wipe()
    other.device.wipe()


@pytest.mark.req("REQ-06")
@pytest.mark.parametrize(
    "work",
    [
        come_in,
        mistype,
        meet_damage,
        meet_meddling,
        change,
        add_and_renew,
        recover,
        fail_to_recover,
        rescue,
        print_a_new_paper,
        set_up,
    ],
)
def test_no_work_leaves_key_material_behind(
    office: Office, monkeypatch: pytest.MonkeyPatch, work: Callable[[Office, Unlocked], None]
) -> None:
    ada = office.enter()
    made: list[Secret] = []
    prepare = Secret.__init__

    def remember(self: Secret, content: bytes | bytearray) -> None:
        prepare(self, content)
        made.append(self)

    monkeypatch.setattr(Secret, "__init__", remember)
    work(office, ada)
    assert made
    assert [secret for secret in made if not secret.is_wiped] == []
