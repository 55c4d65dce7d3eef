"""Renders every page in each look and size into `pictures-output/`: `python -m tests.pictures`."""

import os
import subprocess
import sys
from pathlib import Path

LOOKS = ("light", "dark", "high-contrast")
OUTPUT = Path(__file__).resolve().parent.parent / "pictures-output"
SIZE = (1440, 900)


def main(argv: list[str]) -> int:
    """Without arguments all of them; with `RATIO SCALE` one set in this process."""
    if len(argv) == 2:
        _render(int(argv[1]), argv[0])
        return 0
    for ratio, scale in (("1", "100"), ("1.5", "100"), ("1", "150"), ("1", "200")):
        place = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": ratio}
        command = [sys.executable, "-m", "tests.pictures", ratio, scale]
        subprocess.run(command, env=place, check=True)
    return 0


def _render(scale: int, ratio: str) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from tests import staged_reviews
    from tests.staged import PICTURES
    from ui import fonts
    from ui.theme import Theme

    application = QApplication([])
    fonts.load()
    theme = Theme(application)
    OUTPUT.mkdir(exist_ok=True)
    looks = LOOKS if scale < 200 else LOOKS[:1]
    for look in looks:
        theme.put_on(look, scale)
        for name, make in (PICTURES | staged_reviews.SCENES).items():
            widget = make(theme)
            widget.resize(*SIZE)
            widget.show()
            for _ in range(4):
                application.processEvents()
            widget.grab().save(str(OUTPUT / f"{name}-{look}-{scale}-x{ratio}.png"))
            widget.hide()
            widget.deleteLater()
            # The event loop, which would see to it, does not run here.
            application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
