"""What the page of incidents shows and does, with the register in memory."""

from pathlib import Path

import pytest

from carekraft_desktop.domain.breach import Conclusion
from carekraft_desktop.domain.incidents import Entered, File, Kind, Step
from carekraft_desktop.domain.machines import Against
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.worst_day import STEPS
from carekraft_desktop.errors import PasswordAgain
from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters import wording_lost
from carekraft_desktop.presenters.again import no_question
from carekraft_desktop.presenters.incident_state import IncidentsState, Part
from carekraft_desktop.presenters.incidents import IncidentsPresenter
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.value import replace
from tests.fakes.incidents import FakeIncidents, closed, missent, public_reply, stolen
from tests.fakes.office import WHEN, at, desk
from tests.fakes.officer import NAMES
from tests.fakes.printer import FakePrinter
from tests.staged_incidents import ANSWERS


def seated(role: Role = Role.PRIVACY_OFFICER) -> Desk:
    here = desk("12:00")
    return replace(here, staff=replace(here.staff, roles=frozenset({role})))


def page(
    *files: File, role: Role = Role.PRIVACY_OFFICER, printer: FakePrinter | None = None
) -> tuple[IncidentsPresenter, FakeIncidents, list[IncidentsState]]:
    shown: list[IncidentsState] = []
    fake = FakeIncidents(list(files))
    presenter = IncidentsPresenter(
        seated(role),
        shown.append,
        incidents=fake,
        names=NAMES,
        when=WHEN,
        again=no_question,
        runner=InlineRunner(),
        printer=printer or FakePrinter(),
    )
    presenter.refresh()
    return presenter, fake, shown


def test_every_kind_every_step_and_every_choice_has_its_words() -> None:
    assert set(words.KIND) == set(Kind)
    assert {step for steps in STEPS.values() for step in steps} == set(words.STEP) == set(Step)
    assert set(words.CONCLUSION) == set(Conclusion)


@pytest.mark.req("REQ-99")
def test_opening_one_shows_what_to_do_first() -> None:
    presenter, _, shown = page()
    assert shown[-1].none is not None
    presenter.open_one(Kind.MALWARE)
    sheet = shown[-1].sheet
    assert sheet is not None
    assert [each.step for each in sheet.steps] == list(STEPS[Kind.MALWARE])
    assert [each.step for each in sheet.steps if each.now] == [Step.STAY_CALM]
    presenter.tick(Step.STAY_CALM)
    sheet = shown[-1].sheet
    assert sheet is not None
    assert sheet.steps[0].done == "Rosa Alvarez, Tue, Nov 24, 12:00"
    assert sheet.steps[1].now


def test_whoever_keeps_no_register_sees_the_steps_and_nothing_else() -> None:
    presenter, _, shown = page(role=Role.FRONT_DESK)
    presenter.open_one(Kind.LOOKED)
    sheet = shown[-1].sheet
    assert sheet is not None
    assert (sheet.keeps, sheet.factors, sheet.duties, shown[-1].may_practise) == (
        False,
        (),
        (),
        False,
    )


def test_the_register_says_how_each_stands_and_what_is_next() -> None:
    _, _, shown = page(missent(), public_reply(), stolen(), closed())
    rows = {row.key: [cell.spoken for cell in row.cells] for row in shown[-1].rows}
    assert rows["inc-1"][2:] == ["Presumed a breach", "Next: Keep what shows what happened"]
    assert rows["inc-4"][2:] == ["Closed", ""]


@pytest.mark.req("REQ-101")
def test_a_public_reply_offers_only_that_it_was_a_breach() -> None:
    presenter, _, shown = page(public_reply())
    presenter.choose("inc-2")
    sheet = shown[-1].sheet
    assert sheet is not None
    assert sheet.public
    assert [code for code, _ in sheet.conclusions] == [Conclusion.BREACH]
    assert [each.name for each in sheet.factors if each.fixed] == ["recipient", "viewed"]


def test_only_what_is_new_in_the_fields_is_put_down() -> None:
    presenter, fake, shown = page(missent())
    presenter.choose("inc-1")
    sheet = shown[-1].sheet
    assert sheet is not None
    before = len(fake.files[0].entries)
    presenter.save(replace(sheet.known, systems="Fax", noticed="2026-11-05"))
    file = fake.files[0]
    assert [each.kind for each in file.entries[before:]] == [Entered.SYSTEMS, Entered.DISCOVERED]
    assert file.discovered == at("00:00", -19)
    presenter.save(replace(sheet.known, noticed="yesterday"))
    assert shown[-1].problem is not None
    assert shown[-1].beside is Part.KNOWN


@pytest.mark.req("REQ-103")
def test_the_letter_has_five_parts_names_no_patient_and_is_kept() -> None:
    printer = FakePrinter()
    presenter, fake, _ = page(missent(), printer=printer)
    presenter.choose("inc-1")
    presenter.letter()
    (sheet,) = printer.printed
    assert [part for part, _ in sheet.rows] == list(words.PART)
    text = " ".join(said for _, said in sheet.rows)
    assert "Lakeside Clinic" in text
    assert "p-1" not in text
    assert fake.files[0].entries[-1].kind is Entered.NOTICE
    presenter.envelopes()
    assert printer.printed[-1].heads == words.ENVELOPES_HEADS
    assert presenter.state.said == words.WITHOUT.format(count=2)


def test_without_a_printer_it_says_so_and_nothing_is_noted() -> None:
    presenter, fake, shown = page(missent(), printer=FakePrinter(there=False))
    presenter.choose("inc-1")
    before = fake.files[0]
    presenter.letter()
    presenter.envelopes()
    assert shown[-1].said == words.NO_PRINTER
    assert fake.files[0] == before


def test_each_duty_is_ended_by_saying_that_they_were_told() -> None:
    presenter, _, shown = page(missent())
    presenter.choose("inc-1")
    sheet = shown[-1].sheet
    assert sheet is not None
    assert [each.key for each in sheet.duties] == ["individuals:", "secretary:"]
    assert sheet.reminder
    presenter.told("individuals:")
    sheet = shown[-1].sheet
    assert sheet is not None
    assert [each.key for each in sheet.duties] == ["secretary:"]


def test_a_state_and_a_request_to_wait_are_put_down_or_refused() -> None:
    presenter, fake, shown = page(missent())
    presenter.choose("inc-1")
    presenter.confirm_days("IL", "30")
    assert fake.days == {"IL": 30}
    presenter.confirm_days("IL", "soon")
    assert shown[-1].problem is not None
    presenter.wait("")
    presenter.wait("2027-02-01")
    assert len(fake.files[0].all_of(Entered.DELAY)) == 2


@pytest.mark.req("REQ-105")
def test_practising_looks_like_practice_and_touches_nothing_real() -> None:
    printer = FakePrinter()
    presenter, fake, shown = page(missent(), printer=printer)
    presenter.practise(Kind.LOST_MACHINE)
    assert shown[-1].banner == words.DRILL_BANNER
    presenter.forward()
    assert shown[-1].practice == words.DRILL_DAYS.format(day=15)
    presenter.letter()
    presenter.envelopes()
    presenter.tell()
    presenter.report_lost("device-7", ANSWERS)
    presenter.export(Path("nowhere"))
    assert (printer.printed, fake.lost, fake.exported) == ([], [], [])
    assert not fake.read(seated(), presenter.state.chosen).said(Entered.TOLD)
    presenter.conclude(Conclusion.NOT_RETAINED.value)
    presenter.sign()
    presenter.end_practice()
    assert shown[-1].said == words.DRILL_ENDED
    assert [each.id for each in fake.files] == ["inc-1"]


def test_a_lock_breaks_an_exercise_off() -> None:
    presenter, fake, _ = page()
    presenter.practise(Kind.LOOKED)
    presenter.leave()
    presenter.leave()
    assert not presenter.state.problem
    assert len(fake.files) == 1  # its store is closed by the exercise itself


def test_a_lost_computer_is_reported_with_its_evidence_beside_it() -> None:
    presenter, fake, shown = page(stolen())
    presenter.choose("inc-3")
    sheet = shown[-1].sheet
    assert sheet is not None
    assert sheet.machines is not None
    assert [cell.spoken for cell in sheet.machines[0].cells][2] == words.MACHINE["closed"]
    presenter.report_lost("device-7", {**ANSWERS, "last_seen": ""})
    assert (fake.lost, shown[-1].beside) == ([], Part.LOST)
    assert shown[-1].problem is not None
    assert shown[-1].problem.title == words.ASK_FIRST.title
    presenter.report_lost("device-7", ANSWERS)
    assert fake.lost == ["device-7"]
    assert shown[-1].sheet is not None
    assert shown[-1].sheet.evidence == words.CANDIDATE


@pytest.mark.req("REQ-96")
def test_what_stands_against_safe_harbour_is_said_point_by_point() -> None:
    presenter, _, shown = page(stolen())
    presenter.choose("inc-3")
    presenter.report_lost(
        "device-7", {**ANSWERS, "password_with_it": "not-known", "last_seen": "open"}
    )
    assert shown[-1].sheet is not None
    said = shown[-1].sheet.evidence
    assert said.startswith(words.PRESUMED)
    assert wording_lost.AGAINST[Against.PASSWORD_WITH_IT] in said
    assert wording_lost.AGAINST[Against.SEEN_OPEN] in said
    assert wording_lost.AGAINST[Against.SHARED_SIGN_IN] not in said


def test_what_is_refused_is_said_beside_the_part_it_is_about() -> None:
    presenter, fake, shown = page(missent())
    presenter.choose("inc-1")
    fake.refuses = PasswordAgain("incident.close")
    presenter.close()
    assert (shown[-1].beside, shown[-1].problem is not None) == (Part.END, True)
    presenter.violated("staff-2")
    presenter.sanction("staff-2", "training")
    presenter.assess(dict.fromkeys(words.FACTOR, ""), ("", "", "", ""))
    assert (shown[-1].beside, shown[-1].problem is not None) == (Part.BREACH, True)


def test_the_bundle_is_written_and_its_key_told() -> None:
    presenter, fake, shown = page(missent())
    presenter.choose("inc-1")
    place = Path("incident.jsonl")
    presenter.export(place)
    assert fake.exported == [place]
    assert shown[-1].said.startswith("12 entries written")
