"""The transcript in the window: the last sign in large type, all signs beside it, and what can be done with them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu

from app.actions import ACTIONS, Action, text_of, tooltip
from app.theme import Theme
from app.transcript.document import Line
from app.transcript.export_dialog import ask_for_export
from app.transcript.gloss_editor import GlossEditor
from app.transcript.line_words import transcript_text
from app.transcript.speech import NO_SPEECH
from app.transcript.table import TranscriptTable
from app.transcript.table_model import TranscriptModel
from app.transcript.transcript import Transcript
from app.view_model import clock_time
from app.widgets.button import ActionButton
from app.widgets.last_sign import LastSign
from app.widgets.naming import label, named
from app.words import mark, tr

BUTTONS: Final = (
    Action.UNDO,
    Action.REDO,
    Action.COPY_TRANSCRIPT,
    Action.EXPORT_TRANSCRIPT,
    Action.CLEAR_TRANSCRIPT,
    Action.TRANSCRIPT_MENU,
)
MENU: Final = (
    (Action.CORRECT_SIGN, Action.INSERT_SIGN, Action.DELETE_SIGNS),
    (Action.UNDO, Action.REDO),
    (Action.COPY_TRANSCRIPT, Action.EXPORT_TRANSCRIPT),
    (Action.CLEAR_TRANSCRIPT, Action.RESTORE_TRANSCRIPT),
    (Action.SPEAK_SIGNS,),
)
"""What the menu holds, in groups."""
CHANGED: Final = {Action.UNDO: mark("Undo {change}"), Action.REDO: mark("Redo {change}")}


class TranscriptPanel(QFrame):
    """Shows a transcript and passes on what the user wants of it."""

    def __init__(self, actions: Mapping[Action, QAction], transcript: Transcript) -> None:
        super().__init__()
        self.setObjectName("transcriptPanel")
        self.setProperty("role", "panel")
        self._actions = actions
        self._transcript = transcript
        self._folder = ""
        self.model = TranscriptModel()
        self.table = TranscriptTable(self.model)
        self.last_sign = LastSign()
        self.menu = self._make_menu()
        self._more = ActionButton(actions[Action.TRANSCRIPT_MENU], role="quiet", bare=True)
        self._restore_button = ActionButton(actions[Action.RESTORE_TRANSCRIPT], role="quiet")
        for action, spec in ACTIONS.items():
            if spec.in_transcript:
                self.table.addAction(actions[action])
        self._arrange()
        transcript.changed.connect(self._show)
        self.table.opened.connect(actions[Action.CORRECT_SIGN].trigger)
        self.table.customContextMenuRequested.connect(self._open_menu_at)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable_actions())
        self._show()

    @cached_property
    def editor(self) -> GlossEditor:
        """Asks for a gloss; made when it first has to, for every change of colours would take time for its parts."""
        return GlossEditor(self)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown, oldest first."""
        return self.model.lines

    def take_over(self, former: "TranscriptPanel") -> None:
        """Be used instead of another panel: with the same signs selected, and the same folder to export to."""
        self._folder = former._folder
        self.table.take_over(former.table)

    def correct(self) -> None:
        """Ask for another gloss for the current sign, or the last one where none is current."""
        line = self._current_line()
        if line is None:
            return
        self._show_place(line)
        self.editor.ask(
            tr("Correct the sign at {time}", time=clock_time(line.entry.event.start_ns)),
            candidates=line.entry.event.candidates,
            vocabulary=self._transcript.vocabulary,
            now=line.entry.gloss,
            beside=self._place_of(line),
            answer=lambda gloss: self._transcript.correct(line.number, gloss),
        )

    def insert(self) -> None:
        """Ask for the gloss of a sign that was missed behind the current one, or behind all."""
        line = self._current_line()
        where = (
            tr("Insert a sign")
            if line is None
            else tr("Insert a sign after {time}", time=clock_time(line.entry.event.start_ns))
        )

        def insert(gloss: str) -> None:
            number = self._transcript.insert(gloss, after=None if line is None else line.number)
            row = self.model.row_of(number)
            if row is not None:
                self.table.go_to(row)

        self.editor.ask(
            where,
            candidates=(),
            vocabulary=self._transcript.vocabulary,
            now=None,
            beside=self._place_of(line),
            answer=insert,
        )

    def delete(self) -> None:
        """Delete the selected signs; the next one is selected then, so that one can go on."""
        rows = self.table.chosen
        if rows:
            self._transcript.delete([self.lines[row].number for row in rows])
            if self.lines:
                self.table.go_to(min(rows[0], len(self.lines) - 1))

    def undo(self) -> None:
        """Take the last edit back, where one sees it."""
        before = self.lines
        self._transcript.undo()
        self._show_change(before)

    def redo(self) -> None:
        """Do again what was taken back last, where one sees it."""
        before = self.lines
        self._transcript.redo()
        self._show_change(before)

    def clear(self) -> None:
        """Delete all signs."""
        self._transcript.clear()

    def restore(self) -> None:
        """Bring the signs of the session before this one back."""
        self._transcript.restore()

    def copy(self) -> None:
        """Put the selected signs on the clipboard, or all of them where none is selected."""
        lines = [self.lines[row] for row in self.table.chosen] or self.lines
        QGuiApplication.clipboard().setText(transcript_text(line.entry for line in lines))

    def export(self) -> None:
        """Ask for a file, first where the last one went, and write the whole transcript into it."""

        def export(path: Path) -> None:
            self._folder = str(path.parent)
            self._transcript.export(path)

        ask_for_export(self.window(), self._folder, export)

    def open_menu(self) -> None:
        """Show everything that can be done with the transcript."""
        self.menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def apply_theme(self, theme: Theme) -> None:
        self.model.apply_theme(theme)
        self.table.apply_theme(theme)
        self.last_sign.apply_theme(theme)

    def _arrange(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(2)
        header.addWidget(label(tr("Transcript"), role="title"))
        header.addStretch()
        for action in BUTTONS[:-1]:
            header.addWidget(ActionButton(self._actions[action], role="quiet", bare=True))
        header.addWidget(self._more)
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 8, 10, 8)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        last = QHBoxLayout()
        last.addWidget(label(tr("Last sign"), role="title"))
        last.addStretch()
        last.addWidget(ActionButton(self._actions[Action.REPLAY], role="quiet", bare=True))
        grid.addLayout(last, 0, 0)
        grid.addLayout(header, 0, 1)
        grid.addWidget(self.last_sign, 1, 0, 2, 1)
        grid.addWidget(self.table, 1, 1)
        grid.addWidget(self._restore_button, 2, 1, Qt.AlignmentFlag.AlignHCenter)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 4)

    def _make_menu(self) -> QMenu:
        menu = named(QMenu(self), "transcriptMenu")
        menu.setToolTipsVisible(True)
        for group in MENU:
            for action in group:
                menu.addAction(self._actions[action])
            menu.addSeparator()
        return menu

    def _open_menu_at(self, place: QPoint) -> None:
        self.menu.popup(self.table.viewport().mapToGlobal(place))

    def _show(self) -> None:
        lines = self._transcript.lines
        self.model.show(lines)
        self.last_sign.show_entry(self._transcript.last_entry)
        self._restore_button.setVisible(not lines and self._transcript.restorable > 0)
        self._enable_actions()

    def _enable_actions(self) -> None:
        transcript = self._transcript
        for action, name in ((Action.UNDO, transcript.undo_name), (Action.REDO, transcript.redo_name)):
            self._actions[action].setEnabled(name is not None)
            self._actions[action].setText(text_of(action) if name is None else tr(CHANGED[action], change=tr(name)))
        for action in (
            Action.COPY_TRANSCRIPT,
            Action.EXPORT_TRANSCRIPT,
            Action.CLEAR_TRANSCRIPT,
            Action.CORRECT_SIGN,
        ):
            self._actions[action].setEnabled(bool(self.lines))
        self._actions[Action.DELETE_SIGNS].setEnabled(bool(self.table.chosen))
        restore = self._actions[Action.RESTORE_TRANSCRIPT]
        restore.setEnabled(transcript.restorable > 0)
        restore.setText(
            tr("Restore the last transcript (%n sign(s))", "", transcript.restorable)
            if transcript.restorable
            else text_of(Action.RESTORE_TRANSCRIPT)
        )
        speak = self._actions[Action.SPEAK_SIGNS]
        speak.setEnabled(transcript.can_speak)
        speak.setToolTip(tooltip(Action.SPEAK_SIGNS) + ("" if transcript.can_speak else f"\n{tr(NO_SPEECH)}"))

    def _current_line(self) -> Line | None:
        """Return the current sign if one sees that it is, otherwise the last one."""
        if not self.lines:
            return None
        row = self.table.currentIndex().row()
        return self.lines[row if row in self.table.chosen else -1]

    def _show_place(self, line: Line) -> None:
        row = self.model.row_of(line.number)
        if row is not None:
            self.table.go_to(row)

    def _show_change(self, before: Sequence[Line]) -> None:
        """Bring the last line that has changed into sight, or the one before it where it is gone."""
        row = last_change(before, self.lines)
        if row is not None:
            self.table.show_row(row)

    def _place_of(self, line: Line | None) -> QRect:
        row = None if line is None else self.model.row_of(line.number)
        return self.table.place_of(-1 if row is None else row)


def last_change(before: Sequence[Line], after: Sequence[Line]) -> int | None:
    """Return the row of the last line that differs, or of the one before it where it is gone; None without any."""
    if not after or before == after:
        return None
    pairs = zip(reversed(before), reversed(after), strict=False)
    alike = next((place for place, (former, line) in enumerate(pairs) if former != line), min(len(before), len(after)))
    return max(len(after) - 1 - alike, 0)
