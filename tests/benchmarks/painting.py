"""Goal 10: the painted day of 500 visits, against a ready picture and a graphics scene."""

import itertools
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
)

from carekraft_desktop.domain.visits import Status
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.day import Block, Column
from carekraft_desktop.presenters.pieces import TONE_OF, Mark
from carekraft_desktop.presenters.today_state import TodayState
from carekraft_desktop.value import replace
from tests.benchmarks.bench import Bench
from tests.benchmarks.measure import Check, cpu, interleave
from tests.benchmarks.sample import name_of
from ui.app import application
from ui.theme import Theme
from ui.widgets.calendar import Calendar

WIDTH, HEIGHT = 1260, 900
COLUMNS, VISITS, MINUTES = 8, 504, 10
FIRST = 8 * 60


def filled_day() -> TodayState:
    """A day whose columns are full."""
    columns = tuple(
        Column(
            f"p{n}",
            date(2026, 11, 24),
            f"Dr. {name_of(n)}",
            "Family medicine",
            ((0, FIRST), (1140, 1440)),
        )
        for n in range(COLUMNS)
    )
    mark = Mark(wording.STATUS[Status.CONFIRMED], TONE_OF[Status.CONFIRMED])
    blocks = tuple(
        Block(
            visit_id=f"v{n}",
            column=n % COLUMNS,
            start=FIRST + n // COLUMNS * MINUTES,
            end=FIRST + (n // COLUMNS + 1) * MINUTES,
            name=name_of(n),
            line="09:00 · Confirmed",
            mark=mark,
            pending="",
            struck=False,
            spoken="",
        )
        for n in range(VISITS)
    )
    return TodayState(
        day=date(2026, 11, 24),
        title="A day",
        is_today=False,
        columns=columns,
        blocks=blocks,
        first=FIRST,
        last=1140,
        hours=tuple(f"{hour:02d}:00" for hour in range(8, 20)),
    )


class Blit(QAbstractScrollArea):
    """Draws a ready picture, as far down as its own bar says: what any scrolling costs."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        self._picture = picture
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setRange(0, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture and nothing else."""
        del event
        painter = QPainter(self.viewport())
        painter.drawPixmap(QPointF(0, -self.verticalScrollBar().value()), self._picture)
        painter.end()


class SceneOfDay:
    """The same day as C++ items: a rectangle, an icon and two texts cut to their room for each."""

    def __init__(self) -> None:
        self.view = QGraphicsView()
        self._scene = QGraphicsScene()

    def show_day(self, state: TodayState) -> None:
        """Build all items anew."""
        scene = QGraphicsScene()
        width = WIDTH / COLUMNS
        fill = QBrush(QColor("#dce8f6"))
        metrics = QFontMetricsF(QFont())
        icon = QPixmap(14, 14)
        icon.fill(QColor("#2b5a8c"))
        for block in state.blocks:
            top = (block.start - FIRST) * 88 / 60
            box = QGraphicsRectItem(QRectF(0, 0, width - 4, 13))
            box.setBrush(fill)
            box.setPos(block.column * width, top)
            for words, left, right in ((block.name, 4.0, 80.0), (block.line, 80.0, width - 20)):
                shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, right - left)
                QGraphicsSimpleTextItem(shown, box).setPos(left, 0)
            QGraphicsPixmapItem(icon, box).setPos(width - 20, 0)
            scene.addItem(box)
        self.view.setScene(scene)
        self._scene = scene


def day(bench: Bench) -> list[Check]:
    """Repaint, scroll, switch to another day."""
    app = application([])
    theme = Theme(app)
    theme.put_on("light", 100)
    calendar, blit, scene = Calendar(theme), Blit(_picture()), SceneOfDay()
    state = filled_day()
    widgets = (calendar, blit, scene.view)
    for widget in widgets:
        widget.resize(WIDTH, HEIGHT)
        widget.show()
    calendar.show_day(state)
    scene.show_day(state)
    QApplication.processEvents()
    checks = [*_repaint(bench, calendar, blit, scene), *_scroll(bench, calendar, blit)]
    checks += _switch(bench, calendar, scene, state)
    for widget in widgets:
        widget.close()
        widget.deleteLater()
    QApplication.processEvents()
    return checks


def _picture() -> QPixmap:
    picture = QPixmap(WIDTH, HEIGHT * 2)
    picture.fill(QColor("#eef2f7"))
    return picture


def _repaint(bench: Bench, calendar: Calendar, blit: Blit, scene: SceneOfDay) -> list[Check]:
    cases = {
        "ours": cpu(calendar.viewport().repaint, times=20),
        "blit": cpu(blit.viewport().repaint, times=20),
        "scene": cpu(scene.view.viewport().repaint, times=20),
    }
    measured = interleave(cases, rounds=_rounds(bench), limit="blit")
    what = f"repaint of {VISITS} visits, CPU"
    return [
        measured.check(10, what, "blit of a ready picture", 6.0, ours="ours", against="blit"),
        measured.check(10, what, "graphics scene", 0.5, ours="ours", against="scene"),
    ]


def _scroll(bench: Bench, calendar: Calendar, blit: Blit) -> list[Check]:
    steps = itertools.cycle([*range(0, 60, 3), *range(60, 0, -3)])
    bar = calendar.verticalScrollBar()

    def ours() -> None:
        bar.setValue(next(steps))
        calendar.viewport().repaint()

    def limit() -> None:
        blit.verticalScrollBar().setValue(next(steps))
        blit.viewport().repaint()

    cases = {"ours": cpu(ours, times=40), "blit": cpu(limit, times=40)}
    measured = interleave(cases, rounds=_rounds(bench), limit="blit")
    return [
        measured.check(
            10,
            "scroll by a step, CPU",
            "blit of a ready picture, with a bar that moves",
            1.2,
            ours="ours",
            against="blit",
        )
    ]


def _switch(bench: Bench, calendar: Calendar, scene: SceneOfDay, state: TodayState) -> list[Check]:
    ready = itertools.cycle([_fresh(state, number) for number in range(60)])

    def ours() -> None:
        calendar.show_day(next(ready))
        calendar.viewport().repaint()

    def limit() -> None:
        scene.show_day(next(ready))
        scene.view.viewport().repaint()

    cases = {"ours": cpu(ours, times=5), "scene": cpu(limit, times=5)}
    measured = interleave(cases, rounds=_rounds(bench), limit="scene")
    what = "another day with new names: layout and paint, CPU"
    return [measured.check(10, what, "graphics scene", 0.5, ours="ours", against="scene")]


def _fresh(state: TodayState, number: int) -> TodayState:
    """The day with names that were not laid out before."""
    named = tuple(
        replace(block, name=name_of((number + 1) * VISITS + n))
        for n, block in enumerate(state.blocks)
    )
    return replace(state, blocks=named)


def _rounds(bench: Bench) -> int:
    return max(5, bench.size.rounds)
