"""Two things to look up beside the window: the keys, and the log."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.actions import ACTIONS
from app.widgets.button import push_button
from app.widgets.naming import label, named
from app.widgets.text import em
from app.words import tr


class _HelpDialog(QDialog):
    """Stands beside the window until it is closed, or the window is in another language."""

    def __init__(self, window: QWidget, name: str, title: str) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.reject()


class ShortcutSheet(_HelpDialog):
    """Every action of the table with its keys, in two columns; it scrolls where the window is small."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "shortcutSheet", tr("Keys"))
        table = named(QWidget(), "scrolled")
        grid = QGridLayout(table)  # one for both: side by side, two would get less height than their lines need
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        half = -(-len(ACTIONS) // 2)
        for number, spec in enumerate(ACTIONS.values()):
            part, row = divmod(number, half)
            keys = QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(label(keys, role="key"), row, 2 * part, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(tr(spec.explanation), wrap=True), row, 2 * part + 1, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(2 * part + 1, 1)
        grid.setRowStretch(half, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(14)
        column.addWidget(label(tr("Keys"), role="display"))
        told = tr(
            "They work everywhere, those for a single sign in the list of signs, those for a round in Practice. "
            "Tab goes from control to control."
        )
        column.addWidget(label(told, role="muted", wrap=True))
        area = named(QScrollArea(), "shortcutScroll")
        area.setAccessibleName(tr("Keys"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(table)
        column.addWidget(area)
        column.addWidget(_close_button(self, "closeShortcuts"), alignment=Qt.AlignmentFlag.AlignRight)
        widest, highest = round(92 * em(window)), round(55 * em(window))
        self.resize(min(widest, round(0.94 * window.width())), min(highest, round(0.94 * window.height())))
        area.setFocus()  # the arrow keys scroll


class LogView(_HelpDialog):
    """The last log lines as text that can be selected and copied."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "logView", tr("Log"))
        self.lines = named(QPlainTextEdit(), "logLines")
        self.lines.setAccessibleName(tr("Last log lines"))
        self.lines.setReadOnly(True)
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.addWidget(label(tr("Log"), role="display"))
        column.addWidget(self.lines)
        column.addWidget(_close_button(self, "closeLog"), alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(round(60 * em(window)), round(34 * em(window)))

    def show_text(self, text: str) -> None:
        """Show the lines that there are by now, down to the last one."""
        self.lines.setPlainText(text or tr("Nothing has been logged since the start."))
        self.lines.verticalScrollBar().setValue(self.lines.verticalScrollBar().maximum())


def _close_button(dialog: QDialog, name: str) -> QPushButton:
    """Return what closes a dialog by mouse: where it is a sheet, it has no title bar."""
    return push_button(name, tr("Close"), tr("Back to the window (Esc)"), dialog.reject)
