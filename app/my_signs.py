"""My signs: what can be done with the signs that the user has taught."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.attempt import attempt
from app.file_dialogs import ask_where_to_save, ask_which_to_open, filter_of
from app.name_dialog import NameDialog
from app.personal import PersonalSigns
from app.session import Session
from app.widgets.beside import beside
from app.widgets.button import push_button
from app.widgets.choice import Choice
from app.widgets.naming import explained, label, named
from app.words import tr
from engine.sources.personal_signs import valid_name


class MySigns(QWidget):
    """A choice of the user's signs, a button to teach one, and a menu with the rest."""

    teach = Signal()
    """A new sign shall be taught."""
    retake = Signal(str)
    """The takes of a sign shall be recorded anew."""
    looked_up = Signal(str)
    """A sign that has just come, come back or got this name shall be shown."""

    def __init__(
        self, personal: PersonalSigns, session: Session, *, tell: Callable[[str], None], done: Callable[[str], None]
    ) -> None:
        """Offer what can be done with `personal`; `tell` hears what went wrong, `done` what else nobody would see."""
        super().__init__()
        self.setObjectName("mySigns")
        self._personal = personal
        self._session = session
        self._tell = tell
        self._done = done
        self.choice = Choice("mySign", letters=4)
        explained(self.choice, tr("The signs that you have taught"), name=tr("My signs"))
        self.choice.setPlaceholderText(tr("None"))
        self.teach_button = push_button(
            "teachSign",
            tr("Teach a sign…"),
            tr("Record a few takes of a new sign; it is recognised at once"),
            self.teach.emit,
        )
        self.menu = QMenu(self)
        self.menu.setObjectName("mySignsMenu")
        self.more_button = named(QPushButton(tr("More")), "moreMySigns", role="menu")
        explained(self.more_button, tr("Rename, retake, delete, export or import signs"), name=tr("More for my signs"))
        self.more_button.setMenu(self.menu)
        self.rename_action = self._offer("renameMySign", tr("Rename…"), self._rename)
        self.retake_action = self._offer("retakeMySign", tr("Record anew…"), lambda: self.retake.emit(self._chosen))
        self.delete_action = self._offer("deleteMySign", tr("Delete"), self._delete)
        self.undo_action = self._offer("undoMySign", tr("Undo the last change"), self._undo)
        self.menu.addSeparator()
        self.export_action = self._offer("exportMySigns", tr("Export all…"), self._export)
        self.import_action = self._offer("importMySigns", tr("Import…"), self._import)
        self._personal.changed.connect(self._show)
        self._personal.imported.connect(self._look_up)
        self._arrange()
        self._show()

    def choose(self, name: str | None) -> None:
        """Mark a sign, if any."""
        self.choice.show_items([(each, each) for each in self._personal.names], name)

    @property
    def _chosen(self) -> str:
        return str(self.choice.currentData() or "")

    def _show(self) -> None:
        names = self._personal.names
        self.choose(self._chosen if self._chosen in names else next(iter(names), ""))
        self.choice.setEnabled(bool(names))
        for action in (self.rename_action, self.retake_action, self.delete_action, self.export_action):
            action.setEnabled(bool(names))
        self.undo_action.setEnabled(self._personal.can_undo)

    def _rename(self) -> None:
        name = self._chosen
        NameDialog(
            self,
            "renameDialog",
            tr("Rename a sign"),
            tr("Another name for “{name}”", name=name),
            so_far=name,
            judge=lambda typed: valid_name(
                typed, taken=set(self._personal.names) - {name}, glosses=self._session.glosses
            ),
            take=lambda typed: attempt(lambda: self._rename_to(name, typed), self._tell),
        ).open()

    def _rename_to(self, name: str, typed: str) -> None:
        self._look_up(self._personal.rename(name, typed, glosses=self._session.glosses))

    def _delete(self) -> None:
        attempt(lambda: self._forget(self._chosen), self._tell)

    def _forget(self, name: str) -> None:
        self._personal.delete(name)
        self._done(tr("Deleted: {name}. “Undo the last change” under “More” brings it back.", name=name))

    def _undo(self) -> None:
        attempt(self._take_back, self._tell)

    def _take_back(self) -> None:
        before = self._personal.names
        self._personal.undo()
        for name in set(self._personal.names) - set(before):
            self._look_up(name)

    def _export(self) -> None:
        ask_where_to_save(
            self,
            "exportMySignsDialog",
            tr("Export my signs"),
            kind=tr("Personal signs"),
            suggested=tr("my signs") + ".npz",
            save=self._personal.export,
        )

    def _import(self) -> None:
        ask_which_to_open(
            self,
            "importMySignsDialog",
            tr("Import signs"),
            filters=filter_of(tr("Personal signs"), "*.npz"),
            take=lambda path: self._personal.take_in(path, glosses=self._session.glosses),
        )

    def _look_up(self, name: str) -> None:
        self.choose(name)
        self.looked_up.emit(name)

    def _offer(self, name: str, text: str, do: Callable[[], object]) -> QAction:
        action = self.menu.addAction(text)
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: do())
        return action

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(tr("My signs"), role="title"))
        column.addLayout(beside(self.choice, self.more_button, self.teach_button))
