"""A bug: a report that a person reads before it is saved. The one modal box of the program."""

from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from ui.widgets.parts import button, column, label, line


class BugBox(QDialog):
    """Shows the report; closes by itself when the program locks."""

    def __init__(self, report: str, parent: QWidget | None) -> None:
        """`report` holds no values of patients."""
        super().__init__(parent)
        self.setWindowTitle("CareKraft · Report")
        self.resize(620, 420)
        self._report = report
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName("Report")
        save = button("Save the report")
        save.clicked.connect(self._save)
        close = button("Go on working", "primary")
        close.clicked.connect(self.accept)
        inside = column(self, margin=20, gap=12)
        inside.addWidget(label("Something unexpected happened", "title"))
        inside.addWidget(
            label(
                "What was saved is safe. The report below says where it broke and holds nothing"
                " about patients; read it, and save it for your administrator if you like.",
                wrap=True,
            )
        )
        inside.addWidget(text, 1)
        foot = line()
        foot.addStretch(1)
        foot.addWidget(save)
        foot.addWidget(close)
        inside.addLayout(foot)

    def _save(self) -> None:
        # Our own dialog: it is hidden with the window when the program locks.
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Save the report",
            "carekraft-report.txt",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if name:
            with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path Qt chose
                file.write(self._report)
