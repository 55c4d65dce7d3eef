"""What goes on paper, and when nothing does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.pending import Seen
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import DiskFull, StoreBusy
from carekraft_desktop.presenters.downtime import Downtime
from carekraft_desktop.presenters.paper import PaperPresenter, Sheet
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.paper import Call
from carekraft_desktop.services.step_up import StepUp
from tests.fakes.office import ROSA, WHEN, FakeOffice, desk, lakeside, with_calls


@dataclass
class FakePrinter:
    """Keeps every sheet."""

    there: bool = True
    writes_files: bool = False
    sheets: list[Sheet] = field(default_factory=list)

    def ready(self) -> bool:
        return self.there

    def print(self, sheet: Sheet, sent: Callable[[int], None], refused: Callable[[], None]) -> None:
        self.sheets.append(sheet)
        if self.writes_files:
            refused()
        else:
            sent(2)


@dataclass
class FakePaper:
    """Implements `PaperUses` over the made-up office."""

    office: FakeOffice = field(default_factory=lambda: with_calls(lakeside()))
    journal: list[str] = field(default_factory=list)
    fails: bool = False
    packets: int = 0
    few: int = 50
    proofs: list[StepUp | None] = field(default_factory=list)
    jobs: list[tuple[str, int, int]] = field(default_factory=list)

    def is_bulk(self, desk: Desk, first: Moment, last: Moment) -> bool:
        return len(self.office.day(desk, first, last)) > self.few

    def is_bulk_calls(self, desk: Desk) -> bool:
        return len(self.office.to_call(desk)) > self.few

    def day(
        self, desk: Desk, first: Moment, last: Moment, name: str, again: StepUp | None = None
    ) -> tuple[Seen, ...]:
        if self.fails:
            raise StoreBusy
        self.proofs.append(again)
        self.journal.append(name)
        return self.office.day(desk, first, last)

    def call_list(self, desk: Desk, again: StepUp | None = None) -> tuple[Call, ...]:
        self.proofs.append(again)
        self.journal.append("calls")
        lines = self.office.to_call(desk)
        return tuple(Call(line, "312-555-0187" if line.reachable else "") for line in lines)

    def printed(self, desk: Desk, job: str, *, pages: int, patients: int) -> None:
        del desk
        self.jobs.append((job, pages, patients))

    def write_packet(self, desk: Desk, keys: Path, folders: tuple[Path, ...]) -> int:
        del desk, keys, folders
        self.packets += 1
        if self.fails:
            raise DiskFull
        return 3


class Scene:
    """The presenter with its printer."""

    def __init__(self, staff: Staff = ROSA) -> None:
        self.printer, self.paper, self.toasts = FakePrinter(), FakePaper(), list[Toast]()
        self.presenter = PaperPresenter(
            desk(staff=staff),
            self.printer,
            paper=self.paper,
            office=self.paper.office,
            told=self.toasts.append,
            when=WHEN,
        )


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_day_sheet_has_few_columns_and_says_who_printed_it_when(scene: Scene) -> None:
    scene.presenter.day(date(2026, 11, 24))
    (sheet,) = scene.printer.sheets
    assert sheet.title == "Lakeside Family Practice: Tuesday, November 24, 2026"
    assert sheet.heads == ("Time", "Patient", "With", "Status")
    assert sheet.rows[0] == ("08:00 to 08:30", "Maria Keller", "Dr. Amara Osei", "Completed")
    assert sheet.footer.startswith("Printed by Rosa Alvarez, Tue, Nov 24, 09:46, job ")
    assert "555" not in str(sheet)
    assert scene.paper.journal == ["2026-11-24"]


def test_the_call_list_holds_the_numbers_that_are_shared(scene: Scene) -> None:
    scene.presenter.calls()
    (sheet,) = scene.printer.sheets
    numbers = {row[1]: row[4] for row in sheet.rows}
    assert numbers["Elif Demir"] == "312-555-0187"
    assert numbers["Noah Lindqvist"] == "No telephone number is shared"


def test_without_a_printer_nothing_is_printed_or_journalled(scene: Scene) -> None:
    scene.printer.there = False
    scene.presenter.day(date(2026, 11, 24))
    assert (scene.printer.sheets, scene.paper.journal) == ([], [])
    assert scene.toasts[-1].words.startswith("No printer is set up")


@pytest.mark.req("REQ-91")
def test_a_job_has_an_id_on_every_page_and_in_the_journal(scene: Scene) -> None:
    scene.presenter.day(date(2026, 11, 24))
    (sheet,) = scene.printer.sheets
    assert sheet.patients == len({row[1] for row in sheet.rows})
    assert f"job {sheet.job}." in sheet.footer
    assert scene.paper.jobs == [(sheet.job, 2, sheet.patients)]


@pytest.mark.req("REQ-91")
def test_a_printer_that_writes_a_file_is_refused_and_said_so(scene: Scene) -> None:
    scene.printer.writes_files = True
    scene.presenter.day(date(2026, 11, 24))
    assert [pages for _, pages, _ in scene.paper.jobs] == [0]
    assert "encrypted" in scene.toasts[-1].words


def test_a_sheet_that_cannot_be_made_is_told(scene: Scene) -> None:
    scene.paper.fails = True
    scene.presenter.day(date(2026, 11, 24))
    assert scene.printer.sheets == []
    assert scene.toasts[-1].words == "The store was busy"


def test_a_role_without_the_right_prints_nothing() -> None:
    scene = Scene(Staff("3", "it", "Kim", frozenset({Role.IT_ADMINISTRATOR})))
    scene.presenter.day(date(2026, 11, 24))
    scene.presenter.calls()
    assert scene.printer.sheets == []
    assert {toast.words for toast in scene.toasts} == {"Your role does not allow this"}


def hourly(paper: FakePaper, toasts: list[Toast]) -> tuple[Desk, Callable[[], None], Downtime]:
    where = desk()
    made = Downtime(
        where,
        InlineRunner(),
        paper=paper,
        places=lambda: (Path("keys"), (Path("downtime"),)),
        told=toasts.append,
    )
    return where, made.look, made


def test_the_packet_is_renewed_once_an_hour() -> None:
    paper, toasts = FakePaper(), list[Toast]()
    where, look, _ = hourly(paper, toasts)
    look()
    look()
    assert paper.packets == 1
    where.clock.advance(minutes=60)  # type: ignore[attr-defined]
    look()
    assert (paper.packets, toasts) == (2, [])


def test_a_packet_that_could_not_be_written_is_told_and_tried_again() -> None:
    paper, toasts = FakePaper(fails=True), list[Toast]()
    where, look, made = hourly(paper, toasts)
    look()
    assert toasts[-1].words == "The downtime packet could not be written. The disk is full."
    made.leave()
    where.clock.advance(minutes=60)  # type: ignore[attr-defined]
    look()
    assert len(toasts) == 1


@pytest.mark.req("REQ-19", "REQ-91")
def test_req_19_many_patients_are_printed_only_after_the_password(scene: Scene) -> None:
    asked: list[Callable[[StepUp | None], None]] = []
    scene.paper.few = 3
    scene.presenter._again = lambda _why, do: asked.append(do)
    scene.presenter.day(date(2026, 11, 24))
    scene.presenter.calls()
    assert scene.printer.sheets == []
    proof = StepUp(ROSA, 0)
    for do in asked:
        do(proof)
    assert len(scene.printer.sheets) == 2
    assert scene.paper.proofs == [proof, proof]
