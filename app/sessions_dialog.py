"""What was recorded: a list to play, rename, export and delete sessions from."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.disk import Disk
from app.file_dialogs import ask_where_to_save
from app.name_dialog import NameDialog
from app.view_model import clock_time
from app.widgets.button import push_button
from app.widgets.naming import label, named
from app.widgets.row_table import RowTable
from app.widgets.text import em
from app.words import mark, tr
from engine.sessions.library import (
    KeptSession,
    delete_session,
    export_session,
    kept_sessions,
    rename_session,
    valid_session_name,
)

COLUMNS: Final = (mark("Name"), mark("Recorded"), mark("Length"), mark("Signs"), mark("Video"))
NOT_YET: Final = mark("One moment.")
NONE_YET: Final = mark("Nothing is recorded yet. Press Record while something plays.")


class SessionsDialog(QDialog):
    """The sessions of a folder. What is deleted can be brought back until the list is closed."""

    chosen = Signal(str)
    """The path of the session that shall be played."""
    listed = Signal()
    """The sessions are there."""

    def __init__(
        self,
        window: QWidget,
        folder: Path,
        *,
        reader: Disk,
        copier: Disk,
        tell: Callable[[str], None],
        done: Callable[[str], None],
        moved: Callable[[Path, Path | None], None],
    ) -> None:
        """List sessions.

        Args:
            window: in front of which they are listed.
            folder: of the sessions.
            reader: looks at them, once.
            copier: copies and deletes them, which may take long.
            tell: hears of failures.
            done: hears of what was done where nothing shows it.
            moved: hears of sessions that have another path, and which, or None for those that are deleted.
        """
        super().__init__(window)
        self.setObjectName("sessionsDialog")
        self.setWindowTitle(tr("Sessions"))
        self.setAccessibleName(tr("Sessions"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._copier = copier
        self._tell = tell
        self._done = done
        self._moved = moved
        self._kept: tuple[KeptSession, ...] | None = None
        self._sessions: tuple[KeptSession, ...] = ()
        self._deleted: list[Path] = []
        self._being_renamed: set[Path] = set()
        self._closed = False
        self.table = named(_Table(), "sessionsTable")
        self.hint = label("", "sessionsHint", role="muted", wrap=True)
        self.play_button = push_button(
            "playSession", tr("Play"), tr("Play it again (Enter)"), self._play, role="primary"
        )
        self.rename_button = push_button("renameSession", tr("Rename…"), tr("Give it another name (F2)"), self._rename)
        self.export_button = push_button("exportSession", tr("Export…"), tr("Copy it to another place"), self._export)
        self.delete_button = push_button("deleteSession", tr("Delete"), tr("Delete it (Del)"), self._delete)
        self.undo_button = push_button(
            "undoDeleteSession", tr("Undo"), tr("Bring back what was deleted last"), self._undo
        )
        self.close_button = push_button("closeSessions", tr("Close"), tr("Close this list (Esc)"), self.reject)
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.itemDoubleClicked.connect(lambda _: self._play())
        self.finished.connect(lambda _: self._close())
        self._arrange(em(window))
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # `keyPressEvent` says what Enter means
        self._show()
        reader.do(lambda: kept_sessions(folder), done=lambda found: self._take_in(*found), failed=self._give_up)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the sessions that are listed, newest first."""
        return tuple(session.name for session in self._sessions)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        focused = self.focusWidget()
        entered = focused if isinstance(focused, QPushButton) else self.play_button
        keys = {
            Qt.Key.Key_Return: entered,
            Qt.Key.Key_Enter: entered,
            Qt.Key.Key_F2: self.rename_button,
            Qt.Key.Key_Delete: self.delete_button,
        }
        button = keys.get(Qt.Key(event.key()))
        if button is None:
            super().keyPressEvent(event)
        else:
            button.click()

    @property
    def _chosen(self) -> KeptSession | None:
        row = self.table.currentRow()
        return self._sessions[row] if 0 <= row < len(self._sessions) else None

    def _take_in(self, sessions: tuple[KeptSession, ...], problems: tuple[str, ...]) -> None:
        """List what was found, unless the user is gone by now."""
        for problem in problems:
            self._tell(problem)
        if not self._closed:
            self._kept = sessions
            self._show()
            self.table.setFocus()
            self.listed.emit()

    def _give_up(self, why: str) -> None:
        self._take_in((), (why,))

    def _show(self, *, choose: Path | None = None) -> None:
        """Show what is not deleted, and choose a session."""
        self._sessions = tuple(session for session in self._kept or () if session.path not in self._deleted)
        self.table.show_rows([_cells(session) for session in self._sessions])
        paths = [session.path for session in self._sessions]
        self.table.setCurrentCell(paths.index(choose) if choose in paths else 0, 0)
        self._enable()

    def _enable(self) -> None:
        chosen = self._chosen
        waits = chosen is not None and chosen.path in self._being_renamed
        for button in (self.play_button, self.rename_button, self.export_button, self.delete_button):
            button.setEnabled(chosen is not None and not waits)
        self.undo_button.setEnabled(bool(self._deleted))
        self.table.setVisible(bool(self._sessions))
        if len(self._deleted) > 1:
            told = tr("%n session(s) are deleted when this list is closed.", "", len(self._deleted))
        elif self._deleted:
            told = tr("{name} is deleted when this list is closed.", name=self._deleted[-1].stem)
        elif self._kept is None or waits:
            told = tr(NOT_YET)
        else:
            told = "" if self._sessions else tr(NONE_YET)
        self.hint.setText(told)
        self.hint.setVisible(bool(told))

    def _play(self) -> None:
        if self._chosen is not None and self.play_button.isEnabled():
            self.chosen.emit(str(self._chosen.path))
            self.accept()

    def _rename(self) -> None:
        session = self._chosen
        if session is None:
            return
        others = {each.name for each in self._kept or ()} - {session.name}
        NameDialog(
            self,
            "renameSessionDialog",
            tr("Rename a session"),
            tr("Another name for “{name}”", name=session.name),
            so_far=session.name,
            judge=lambda typed: valid_session_name(typed, taken=others),
            take=lambda typed: self._rename_to(session, typed),
        ).open()

    def _rename_to(self, session: KeptSession, typed: str) -> None:
        """Rename a session once copies of it are whole; until then nothing else can be done with it."""
        self._being_renamed.add(session.path)
        self.table.setFocus()  # a button that is disabled would leave the focus to the next one
        self._enable()
        self._copier.do(
            lambda: rename_session(session.path, typed),
            done=lambda path: self._show_renamed(session, path),
            failed=lambda why: self._show_renamed(session, session.path, why),
        )

    def _show_renamed(self, session: KeptSession, path: Path, problem: str | None = None) -> None:
        """Show the name that a session has now, unless the user is gone by now."""
        if problem is not None:
            self._tell(problem)
        elif path != session.path:
            self._moved(session.path, path)
        if self._closed:
            return
        chosen = self._chosen
        self._being_renamed.discard(session.path)
        self._kept = tuple(replace(each, path=path) if each is session else each for each in self._kept or ())
        self._show(choose=path if chosen is None or chosen is session else chosen.path)

    def _export(self) -> None:
        session = self._chosen
        if session is None:
            return
        ask_where_to_save(
            self,
            "exportSessionDialog",
            tr("Export a session"),
            kind=tr("Sessions"),
            suggested=session.path.name,
            save=lambda path: self._copier.do(
                lambda: export_session(session.path, path),
                done=lambda _: self._done(tr("Exported to {file}.", file=path.name)),
                failed=self._tell,
            ),
        )

    def _delete(self) -> None:
        """Delete the chosen session; the next one is chosen then, so that one can go on."""
        row = self.table.currentRow()
        if self._chosen is not None:
            self._deleted.append(self._chosen.path)
            left = [*self._sessions[:row], *self._sessions[row + 1 :]]
            self._show(choose=left[min(row, len(left) - 1)].path if left else None)

    def _undo(self) -> None:
        self._show(choose=self._deleted.pop())

    def _close(self) -> None:
        self._closed = True
        for path in self._deleted:
            self._delete_for_good(path)

    def _delete_for_good(self, path: Path) -> None:
        """Delete a session once copies of it are whole."""
        self._copier.do(lambda: delete_session(path), done=lambda _: self._moved(path, None), failed=self._tell)

    def _arrange(self, unit: float) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.play_button, self.rename_button, self.export_button, self.delete_button):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(14)
        column.addWidget(label(tr("Sessions"), role="display"))
        column.addWidget(self.table, stretch=1)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hint.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # where there is no table
        column.addWidget(self.hint)
        column.addLayout(row)
        self.resize(round(50 * unit), round(28 * unit))


class _Table(RowTable):
    """Rows to choose a session from."""

    def __init__(self) -> None:
        super().__init__([tr(column) for column in COLUMNS], widest=0)
        self.setAccessibleName(tr("Sessions"))
        self.setToolTip(tr("What was recorded, newest first"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Delete):
            event.ignore()  # the dialog hears them
        else:
            super().keyPressEvent(event)


def _cells(session: KeptSession) -> tuple[str, ...]:
    return (
        session.name,
        f"{session.started:%Y-%m-%d %H:%M}",
        clock_time(session.duration_ns),
        str(session.signs),
        tr("yes") if session.video else "",
    )
