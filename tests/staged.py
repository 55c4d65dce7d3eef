"""Pages filled as they would be in an office's day, for pictures and for tests of the window."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TypeVar, cast

from PySide6.QtWidgets import QApplication, QWidget

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.marks import Mark, MarkKind, Marks
from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.errors import CodeRefused, TooManyTries, WrongPassword
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.again import Again, Proving
from carekraft_desktop.presenters.banner import banner
from carekraft_desktop.presenters.knock import Knock
from carekraft_desktop.presenters.lists import ListsPresenter, Tab
from carekraft_desktop.presenters.on_file import OnFilePresenter
from carekraft_desktop.presenters.outbox import OutboxPresenter
from carekraft_desktop.presenters.palette import PalettePresenter
from carekraft_desktop.presenters.person import PersonPresenter
from carekraft_desktop.presenters.pieces import Problem, Toast
from carekraft_desktop.presenters.privacy import PrivacyPresenter
from carekraft_desktop.presenters.referrals import ReferralsPresenter
from carekraft_desktop.presenters.set_up import SetUpState, Step, Typed
from carekraft_desktop.presenters.settings import About, Look, Preferences, SettingsState
from carekraft_desktop.presenters.shell import Page, ShellState
from carekraft_desktop.presenters.template import TemplatePresenter
from carekraft_desktop.presenters.today import TodayPresenter
from carekraft_desktop.presenters.unlock import Choosable, UnlockState
from carekraft_desktop.services.sync import Link, SyncState
from carekraft_desktop.value import replace
from tests import (
    staged_backups,
    staged_bring_back,
    staged_incidents,
    staged_journal,
    staged_keeping,
    staged_life,
    staged_officer,
    staged_people,
    staged_retiring,
)
from tests.fakes.clipboard import FakeClipboard
from tests.fakes.life import FakeOnFile, FakePrivacy
from tests.fakes.office import (
    WHEN,
    FakeOffice,
    at,
    desk,
    lakeside,
    with_calls,
    with_news,
    with_twin,
)
from tests.fakes.persons import FakePersons
from tests.fakes.referring import FakeReferring
from tests.fakes.timers import FakeTimers
from tests.staged_referrals import MORE as MORE_REFERRALS
from tests.staged_referrals import SCENES as REFERRAL_SCENES
from tests.staged_referrals import staged_referrals
from ui.frame import Frame
from ui.keys import first_keys
from ui.pages.lists import ListsPage
from ui.pages.outbox import OutboxPage
from ui.pages.person import PersonPage
from ui.pages.referrals import ReferralsPage
from ui.pages.set_up import SetUpPage
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage
from ui.rooms import Room
from ui.theme import Theme
from ui.widgets.focus import FocusRing
from ui.widgets.parts import column

SomePage = TypeVar("SomePage", bound=QWidget)
UP_TO_DATE = SyncState(Link.UP_TO_DATE, at("09:42"), waiting=3, unread=2)


class Stage:
    """A frame with its presenters over a made-up office."""

    def __init__(
        self, theme: Theme, office: FakeOffice | None = None, clock: str = "09:46"
    ) -> None:
        """Shows Today."""
        self.office = office or lakeside()
        self.desk = desk(clock)
        self.timers = FakeTimers()
        self.theme = theme
        self.frame = Frame(theme)
        self.toasts: list[Toast] = []
        self.acts: list[str] = []
        self.today = TodayPresenter(
            self.desk,
            self.frame.today.show_state,
            visits=self.office,
            office=self.office,
            outbox=self.office,
            changes=self.office,
            marks=self.office,
            handover=self.office,
            clipboard=FakeClipboard(),
            timers=self.timers,
            told=self.toasts.append,
            acted=lambda: self.acts.append("today"),
            open_person=lambda _id: None,
            when=WHEN,
        )
        self.referring = FakeReferring()
        self.did: list[str] = []
        self.palette = PalettePresenter(
            self.desk,
            self.frame.show_palette,
            find=self.office,
            does={name: partial(self.did.append, name) for name in wording.ACTIONS},
            keys=first_keys(),
            open_visit=self.today.visit.show_visit,
            open_person=lambda _id: None,
            go_to=self.today.days.go_to,
            when=WHEN,
        )
        self.frame.bind(self.palette)
        self.frame.today.bind(self.today)
        rooms = self.frame.rooms
        rooms.add(Page.TODAY, lambda: Room(self.frame.today, self.today))
        rooms.add(Page.OUTBOX, lambda: Room(self.outbox_page, self.outbox))
        rooms.add(Page.SETTINGS, lambda: Room(self.settings_page, self.today))
        rooms.add(Page.LISTS, lambda: Room(self.lists_page, self.lists))
        rooms.add(Page.PERSON, lambda: Room(self.person_page, self.person))
        rooms.add(Page.REFERRALS, lambda: Room(self.referrals_page, self.referrals))
        self.shell = ShellState(Page.TODAY, "Lakeside Family Practice", "Rosa Alvarez")
        self.frame.show_shell(self.shell)
        self.today.refresh()

    # Pages are made when they are first asked for, as in the window: most scenes show one.

    @cached_property
    def outbox_page(self) -> OutboxPage:
        return self._in_frame(OutboxPage(self.theme))

    @cached_property
    def outbox(self) -> OutboxPresenter:
        page = self.outbox_page
        made = OutboxPresenter(
            self.desk,
            page.show_state,
            visits=self.office,
            outbox=self.office,
            told=self.toasts.append,
            acted=lambda: self.acts.append("outbox"),
            open_visit=self.today.visit.show_visit,
            when=WHEN,
        )
        page.bind(made)
        return made

    @cached_property
    def lists_page(self) -> ListsPage:
        return self._in_frame(ListsPage(self.theme))

    @cached_property
    def lists(self) -> ListsPresenter:
        page = self.lists_page
        made = ListsPresenter(
            self.desk,
            page.show_state,
            visits=self.office,
            office=self.office,
            marks=self.office,
            handover=self.office,
            calls=self.office,
            clipboard=FakeClipboard(),
            timers=self.timers,
            told=self.toasts.append,
            acted=lambda: self.acts.append("lists"),
            open_visit=self.today.visit.show_visit,
            printed=lambda: self.acts.append("print"),
            when=WHEN,
        )
        page.bind(made)
        return made

    @cached_property
    def person_page(self) -> PersonPage:
        return self._in_frame(PersonPage(self.theme))

    @cached_property
    def person(self) -> PersonPresenter:
        page = self.person_page
        made = PersonPresenter(
            self.desk,
            page.show_state,
            persons=FakePersons(self.office),
            office=self.office,
            timers=self.timers,
            told=self.toasts.append,
            open_visit=self.today.visit.show_visit,
            when=WHEN,
        )
        page.bind(made)
        return made

    @cached_property
    def referrals_page(self) -> ReferralsPage:
        return self._in_frame(ReferralsPage(self.theme))

    @cached_property
    def referrals(self) -> ReferralsPresenter:
        page = self.referrals_page
        made = staged_referrals(self, page.show_state)
        page.bind(made)
        return made

    @cached_property
    def settings_page(self) -> SettingsPage:
        return self._in_frame(SettingsPage(self.theme))

    def _in_frame(self, page: SomePage) -> SomePage:
        self.frame.stack.addWidget(page)
        return page

    def shell_state(self, sync: SyncState = UP_TO_DATE, **more: object) -> None:
        """Put the frame into a state."""
        answers = len(self.office.inbox(self.desk))
        self.shell = replace(
            self.shell,
            banner=banner(sync, when=WHEN, now=self.desk.now()),
            to_answer=answers,
            waiting=sync.waiting,
            to_read=sync.unread,
            **more,
        )
        self.frame.show_shell(self.shell)


_alive: list[object] = []
"""Presenters of pictures, kept while their page is painted."""


def _staged(theme: Theme, do: Callable[[Stage], None], office: FakeOffice | None = None) -> QWidget:
    stage = Stage(theme, office)
    stage.shell_state()
    do(stage)
    _alive[:] = [stage]
    return stage.frame


def today(theme: Theme) -> QWidget:
    """A request is open, a toast offers to undo."""

    def do(stage: Stage) -> None:
        stage.today.visit.choose_request("r1")
        stage.frame.resize(1440, 900)
        stage.shell_state(toast=Toast("Marked as arrived", undo="x"))

    return _staged(theme, do)


def visit(theme: Theme) -> QWidget:
    """A confirmed visit, partly withheld and withdrawn, contact revealed."""

    def do(stage: Stage) -> None:
        stage.today.visit.choose("a5")
        stage.today.visit.reveal(DataClass.CONTACT)
        stage.today.days.toggle_cancelled()

    return _staged(theme, do)


def conflict(theme: Theme) -> QWidget:
    """The patient cancelled; offline for a while."""

    def do(stage: Stage) -> None:
        stage.today.days.toggle_cancelled()
        stage.today.visit.choose("d3")
        stage.shell_state(SyncState(Link.OFFLINE, at("09:04"), waiting=3, unread=2))

    return _staged(theme, do)


def reasons(theme: Theme) -> QWidget:
    """Why a request is declined."""

    def do(stage: Stage) -> None:
        stage.today.visit.choose_request("r1")
        stage.today.answers.act(Act.DECLINE)

    return _staged(theme, do)


def times(theme: Theme) -> QWidget:
    """Where a visit is moved."""

    def do(stage: Stage) -> None:
        stage.today.visit.choose("a5")
        stage.today.answers.act(Act.MOVE)
        stage.shell_state(SyncState(Link.OFFLINE, at("07:04"), waiting=3, unread=0))

    return _staged(theme, do)


def changes(theme: Theme) -> QWidget:
    """Something has changed, several requests are marked, a colleague is on one."""

    def do(stage: Stage) -> None:
        claim = Mark(
            "claim.r2",
            1,
            MarkKind.CLAIM,
            "r2",
            "staff-2",
            "Sam Lee",
            "ws-9",
            "Front desk 2",
            at("09:40"),
            at("09:55"),
        )
        stage.office.marked["r2"] = Marks(claim=claim)
        stage.today.visit.choose_request("d4")
        stage.today.inbox.mark("r1")
        stage.today.inbox.mark("r3")
        stage.shell_state()

    return _staged(theme, do, with_news(lakeside()))


def week(theme: Theme) -> QWidget:
    """The week of one provider, with a visit open and a Saturday booked."""

    def do(stage: Stage) -> None:
        for day, clock, name in (
            (-1, "09:00", "Ines Costa"),
            (-1, "09:30", "Piotr Nowak"),
            (1, "11:00", "Dana Carter"),
            (2, "08:30", "Farid Aziz"),
            (3, "15:00", "Bea Lang"),
            (4, "10:00", "Igor Blum"),
        ):
            stage.office.book(f"w{day}{clock}", "osei", clock, 45, name, day=day)
        stage.today.visit.choose("a5")
        stage.today.days.toggle_week()

    return _staged(theme, do)


def jump(theme: Theme) -> QWidget:
    """The field for a day, with what it is understood as."""

    def do(stage: Stage) -> None:
        stage.today.days.ask_day()
        stage.frame.today.jump.setText("dec 3")

    return _staged(theme, do)


def moving(theme: Theme) -> QWidget:
    """A visit is held over a free time."""

    def do(stage: Stage) -> None:
        stage.today.visit.choose("a5")
        stage.today.hand.drag("a5", 1, 12 * 60 + 32)

    return _staged(theme, do)


def moving_clash(theme: Theme) -> QWidget:
    """A visit is held where another one is."""

    def do(stage: Stage) -> None:
        stage.today.hand.drag("d4", 1, 11 * 60)

    return _staged(theme, do)


def overlap(theme: Theme) -> QWidget:
    """Why it goes there all the same."""

    def do(stage: Stage) -> None:
        stage.today.hand.drag("d4", 1, 11 * 60)
        stage.today.hand.drop()

    return _staged(theme, do)


def empty(theme: Theme) -> QWidget:
    """Nothing has arrived yet."""

    def do(stage: Stage) -> None:
        stage.shell_state(SyncState(Link.RECEIVING, at("09:45"), receiving=(1200, 5300)))

    return _staged(theme, do, FakeOffice())


def outbox(theme: Theme) -> QWidget:
    """Acts on their way and two that ended otherwise."""

    def do(stage: Stage) -> None:
        stage.shell_state(page=Page.OUTBOX)
        stage.outbox.refresh()
        stage.outbox.choose("lost")

    return _staged(theme, do)


def _lists(theme: Theme, tab: Tab, do: Callable[[Stage], None] | None = None) -> QWidget:
    def show(stage: Stage) -> None:
        stage.shell_state(page=Page.LISTS)
        stage.lists.go(tab)
        if do is not None:
            do(stage)

    return _staged(theme, show, with_calls(with_news(lakeside())))


def to_enter(theme: Theme) -> QWidget:
    """What the practice system does not have."""
    return _lists(theme, Tab.ENTER)


def to_call(theme: Theme) -> QWidget:
    """Somebody is being called."""

    def do(stage: Stage) -> None:
        stage.lists.choose("a6")
        stage.lists.press("call")

    return _lists(theme, Tab.CALL, do)


def sweep(theme: Theme) -> QWidget:
    """What is left of the day."""
    return _lists(theme, Tab.SWEEP)


def _knock(theme: Theme, ask: Act | None = None) -> QWidget:
    """A request comes while somebody is at the lists, with others behind it."""

    def do(stage: Stage) -> None:
        knock = Knock(
            stage.desk,
            stage.frame.knock.show_state,
            visits=stage.office,
            office=stage.office,
            when=WHEN,
            elsewhere=lambda: True,
            told=stage.toasts.append,
            acted=lambda: None,
            open_request=lambda _visit, _act: None,
            seen=lambda _place, _ids: None,
        )
        stage.frame.knock.bind(knock)
        knock.come([seen.entry.id for seen in stage.office.inbox(stage.desk)][:2])
        stage.frame.knock.enter()
        if ask is not None:
            knock.ask(ask)

    return _lists(theme, Tab.ENTER, do)


def lists_empty(theme: Theme) -> QWidget:
    """Nothing is to be entered."""

    def do(stage: Stage) -> None:
        stage.shell_state(page=Page.LISTS)
        stage.lists.refresh()

    return _staged(theme, do, FakeOffice())


def _person(theme: Theme, patient_id: str, do: Callable[[Stage], None]) -> QWidget:
    def show(stage: Stage) -> None:
        do(stage)
        stage.shell_state(page=Page.PERSON)
        stage.person.open(patient_id)

    return _staged(theme, show, with_twin(lakeside()))


def person(theme: Theme) -> QWidget:
    """Somebody with two records."""
    return _person(theme, "pat-a5", lambda _stage: None)


def person_child(theme: Theme) -> QWidget:
    """A child, contact uncovered."""

    def show(stage: Stage) -> None:
        stage.shell_state(page=Page.PERSON)
        stage.person.open("pat-d1")
        stage.person.reveal(DataClass.CONTACT)

    return _staged(theme, show)


def outbox_empty(theme: Theme) -> QWidget:
    """Nothing is waiting."""

    def do(stage: Stage) -> None:
        stage.shell_state(SyncState(Link.UP_TO_DATE, at("09:42")), page=Page.OUTBOX)
        stage.outbox.refresh()

    return _staged(theme, do, FakeOffice())


def settings(theme: Theme) -> QWidget:
    """As a front desk has them."""

    def do(stage: Stage) -> None:
        stage.shell_state(page=Page.SETTINGS)
        scale = round(theme.factor * 100)
        look = Look(theme.tokens.name)
        about = About(
            "0.1.0",
            "Lakeside Family Practice",
            "https://exchange.example.org",
            "Rosa Alvarez (r.alvarez)",
            "Front desk",
        )
        stage.settings_page.show_state(SettingsState(Preferences(look, scale, 5), about))
        template = TemplatePresenter(
            stage.desk,
            stage.settings_page.template.show_state,
            handover=stage.office,
            told=stage.toasts.append,
        )
        template.refresh()

    return _staged(theme, do)


def keys(theme: Theme) -> QWidget:
    """The F1 sheet."""

    def do(stage: Stage) -> None:
        stage.frame.resize(1440, 900)
        stage.frame.show_keys()

    return _staged(theme, do)


def find(theme: Theme) -> QWidget:
    """The palette with people, a day and actions."""

    def do(stage: Stage) -> None:
        stage.frame.resize(1440, 900)
        stage.palette.open()
        if stage.frame.finder is not None:
            stage.frame.finder.box.setText("m")

    return _staged(theme, do)


def find_recent(theme: Theme) -> QWidget:
    """The empty palette after Down."""

    def do(stage: Stage) -> None:
        stage.palette.open()
        stage.palette.step(1)
        stage.palette.step(1)

    return _staged(theme, do)


PEOPLE = (Choosable("1", "Rosa Alvarez"), Choosable("2", "Dr. Amara Osei"))


def _window(theme: Theme, page: QWidget) -> QWidget:
    window = QWidget()
    window.setObjectName("window")
    column(window).addWidget(page)
    FocusRing(theme, window)
    return window


def unlock(theme: Theme) -> QWidget:
    """Locked because nobody was there; the password did not fit."""
    page = UnlockPage(theme)
    state = UnlockState(PEOPLE, "1", wording.LOCKED_BY["idle"])
    problem = Problem.of(WrongPassword())
    page.show_state(replace(state, problem=problem, beside="password"))
    return _window(theme, page)


def _rescue(theme: Theme, make: Callable[[Theme], QWidget]) -> QWidget:
    """The worst day, which fills the window."""
    return _window(theme, make(theme))


def unlock_wait(theme: Theme) -> QWidget:
    """Too many tries, on a computer without a keyring."""
    page = UnlockPage(theme)
    problem = Problem.of(TooManyTries(24))
    page.show_state(
        UnlockState(PEOPLE, "1", needs_code=True, problem=problem, beside="password", wait=24)
    )
    return _window(theme, page)


def recover(theme: Theme) -> QWidget:
    """With the paper key."""
    page = UnlockPage(theme)
    page.show_state(UnlockState(PEOPLE, "1", recovering=True))
    return _window(theme, page)


def set_up(theme: Theme) -> QWidget:
    """The code was refused; nothing typed is lost."""
    page = SetUpPage(theme)
    page.show_typed(Typed("https://exchange.example.org", "4KD2-9QTM", "Front desk 1"))
    problem = Problem.of(CodeRefused())
    page.show_state(SetUpState(Step.OFFICE, problem=problem, beside="code"))
    return _window(theme, page)


def set_up_person(theme: Theme) -> QWidget:
    """The first person."""
    page = SetUpPage(theme)
    page.show_typed(Typed(display="Rosa Alvarez", name="r.alvarez", password="x" * 7))
    hint = wording.password_hint("x" * 7, "")
    page.show_state(SetUpState(Step.PERSON, hint="Still missing: a password", password_hint=hint))
    return _window(theme, page)


def set_up_paper(theme: Theme) -> QWidget:
    """The recovery key."""
    page = SetUpPage(theme)
    groups = ("7KQ2", "M4XD", "9WTA", "B6RN", "3FHJ", "V8PC", "2YSE", "K5GM", "D7QX")
    page.show_state(
        SetUpState(Step.PAPER, key_groups=groups, workstation_code="4QXR-7M2K-WD9T-A3FP-8JHN")
    )
    return _window(theme, page)


def _people(theme: Theme, make: staged_people.Maker) -> QWidget:
    """The people in the frame."""
    stage = Stage(theme)
    page, presenter = make(theme)
    stage.frame.stack.addWidget(page)
    stage.frame.rooms.add(Page.PEOPLE, lambda: Room(page, presenter))
    stage.shell_state(page=Page.PEOPLE)
    _alive[:] = [stage, presenter]
    return stage.frame


def _keeping(theme: Theme, make: staged_keeping.Maker) -> QWidget:
    """One's own way in, or access and keys, in the frame."""
    stage = Stage(theme)
    place, page, presenter = make(theme)
    stage.frame.stack.addWidget(page)
    stage.frame.rooms.add(place, lambda: Room(page, presenter))
    stage.shell_state(page=place)
    _alive[:] = [stage, presenter]
    return stage.frame


def again(theme: Theme) -> QWidget:
    """The password is asked for once more, and did not fit."""

    def do(stage: Stage) -> None:
        stage.frame.resize(1440, 900)
        asking = Again(
            stage.desk,
            lambda state: stage.frame.show_again(state, asking),
            proving=cast("Proving", None),
        )
        asking.state = staged_keeping.ASKED
        stage.frame.show_again(asking.state, asking)

    return _staged(theme, do)


def emergency(theme: Theme) -> QWidget:
    """Somebody sees more than their role allows."""

    def do(stage: Stage) -> None:
        stage.today.visit.choose("a5")
        staged_keeping.show_glass(stage.frame.glass)

    return _staged(theme, do)


def covered(theme: Theme) -> QWidget:
    """Locked with the office open below; two things have come."""
    page = UnlockPage(theme)
    people = tuple(replace(each, pin=True) for each in PEOPLE)
    news = ("10:02  1 new booking", "10:09  2 cancelled bookings")
    why = wording.LOCKED_BY["idle"]
    page.show_state(UnlockState(people, "1", why, covered=True, news=news))
    return _window(theme, page)


def _journal(theme: Theme, make: staged_journal.Maker) -> QWidget:
    """The journal in the frame."""
    stage = Stage(theme)
    page, presenter = make(theme)
    stage.frame.stack.addWidget(page)
    stage.frame.rooms.add(Page.JOURNAL, lambda: Room(page, presenter))
    stage.shell_state(page=Page.JOURNAL)
    _alive[:] = [stage, presenter]
    return stage.frame


def person_privacy(theme: Theme) -> QWidget:
    """A patient's card with what is agreed, asked and kept."""

    def do(stage: Stage) -> None:
        privacy = PrivacyPresenter(
            staged_officer.officer(),
            stage.person_page.privacy.show_state,
            privacy=FakePrivacy(is_held=True),
            told=stage.toasts.append,
            changed=lambda: None,
        )
        on_file = OnFilePresenter(
            staged_officer.officer(),
            stage.person_page.privacy.on_file.show_state,
            on_file=FakeOnFile(),
            told=stage.toasts.append,
            changed=lambda: None,
        )
        stage.person_page.bind_privacy(privacy, on_file)
        for each in (privacy, on_file):
            each.follow("pat-a5")
            each.toggle()
            _alive.append(each)

    return _person(theme, "pat-a5", do)


def _officer(theme: Theme, place: Page, make: staged_officer.Maker) -> QWidget:
    """One of the privacy officer's pages in the frame."""
    stage = Stage(theme)
    page, presenter = make(theme)
    stage.frame.stack.addWidget(page)
    stage.frame.rooms.add(place, lambda: Room(page, presenter))
    stage.shell_state(page=place)
    _alive[:] = [stage, presenter]
    return stage.frame


SCENES: dict[str, Callable[[Theme], QWidget]] = {
    "today": today,
    "visit": visit,
    "conflict": conflict,
    "reasons": reasons,
    "times": times,
    "changes": changes,
    "week": week,
    "jump": jump,
    "moving": moving,
    "moving-clash": moving_clash,
    "overlap": overlap,
    "empty": empty,
    "to-enter": to_enter,
    "to-call": to_call,
    "sweep": sweep,
    "lists-empty": lists_empty,
    "request-elsewhere": _knock,
    "request-elsewhere-why": partial(_knock, ask=Act.DECLINE),
    "request-elsewhere-when": partial(_knock, ask=Act.PROPOSE),
    "person": person,
    "person-child": person_child,
    "outbox": outbox,
    "outbox-empty": outbox_empty,
    "settings": settings,
    "keys": keys,
    "find": find,
    "find-recent": find_recent,
    "unlock": unlock,
    "unlock-wait": unlock_wait,
    "covered": covered,
    "again": again,
    "recover": recover,
    "set-up": set_up,
    "set-up-person": set_up_person,
    "set-up-paper": set_up_paper,
    **{name: partial(_journal, make=make) for name, make in staged_journal.SCENES.items()},
    **{
        name: partial(_officer, place=place, make=make)
        for name, (place, make) in staged_officer.SCENES.items()
    },
    "person-privacy": person_privacy,
    **{name: partial(_staged, do=do) for name, do in REFERRAL_SCENES.items()},
}
PICTURES = (
    SCENES
    | {name: partial(_staged, do=do) for name, do in MORE_REFERRALS.items()}
    | {name: partial(_keeping, make=make) for name, make in staged_keeping.SCENES.items()}
    | {name: partial(_people, make=make) for name, make in staged_people.SCENES.items()}
    | {
        name: partial(_officer, place=place, make=make)
        for name, (place, make) in staged_incidents.SCENES.items()
    }
    | {
        name: partial(_officer, place=place, make=make)
        for name, (place, make) in (staged_backups.SCENES | staged_retiring.SCENES).items()
    }
    | {
        name: partial(_rescue, make=make)
        for name, make in (staged_retiring.ALONE | staged_bring_back.ALONE).items()
    }
    | {name: partial(_rescue, make=make) for name, make in staged_backups.RESCUES.items()}
    | {"emergency": emergency}
    | {
        name: partial(_officer, place=place, make=make)
        for name, (place, make) in staged_life.SCENES.items()
    }
)
"""Everything that is painted."""


def application() -> QApplication:
    """The running one."""
    return cast("QApplication", QApplication.instance())
