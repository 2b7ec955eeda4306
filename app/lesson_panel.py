"""The lesson in use: chosen, made of the signs that are ticked, deleted and brought back."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.attempt import attempt
from app.lessons import LessonStore
from app.picker_items import ALL_SIGNS, lesson_items
from app.settings_store import SettingsStore
from app.widgets.beside import beside
from app.widgets.button import push_button
from app.widgets.choice import Choice
from app.widgets.gloss_list import GlossModel
from app.widgets.naming import explained, label
from app.widgets.text_field import text_field
from app.words import tr


class LessonPanel(QWidget):
    """Ticks the signs of the lesson in use, and follows the settings and the folder of lessons by itself."""

    ticked = Signal()
    """The signs of another lesson are ticked."""

    def __init__(
        self,
        lessons: LessonStore,
        settings: SettingsStore,
        model: GlossModel,
        *,
        tell: Callable[[str], None],
        done: Callable[[str], None],
    ) -> None:
        """Offer the lessons, made of what is ticked in `model`; `tell` hears what went wrong, `done` of deletions."""
        super().__init__()
        self._lessons = lessons
        self._settings = settings
        self._model = model
        self._tell = tell
        self._done = done
        self._shown: str | None = None
        self.choice = Choice("lessonChoice", letters=14)
        words = tr("Which signs are recognised in Live: all, or those of a lesson")
        explained(self.choice, words, name=tr("Signs recognised in Live"))
        self.name = text_field("lessonName", tr("Name of the lesson"))
        self.save_button = push_button(
            "saveLesson",
            tr("Save lesson"),
            tr("Keep the ticked signs as a lesson of this name, and use it"),
            self._save,
        )
        self.delete_button = push_button(
            "deleteLesson",
            tr("Delete"),
            tr("Delete the chosen lesson; all signs are recognised again"),
            self._delete,
        )
        self.undo_button = push_button(
            "undoDeleteLesson", tr("Undo"), tr("Bring back the lesson that was deleted last"), self._undo
        )
        self._arrange()
        self.choice.picked.connect(lambda name: settings.change(lesson=name or None))
        self.name.returnPressed.connect(self._save)
        model.ticked_changed.connect(self._enable)
        lessons.changed.connect(self.show_lessons)
        settings.changed.connect(self._follow)

    def show_lessons(self) -> None:
        """Offer the lessons and tick the signs of the one in use."""
        name = self._shown = self._settings.settings.lesson
        self.choice.show_items(lesson_items(self._lessons.names), name or ALL_SIGNS)
        self.delete_button.setEnabled(name is not None)
        self.undo_button.setVisible(self._lessons.deleted is not None)
        self.name.setText(name or "")
        if name in self._lessons.names:
            attempt(lambda: self._model.tick(self._lessons.glosses(name)), self._tell)
        else:
            self._model.tick(())
        self.ticked.emit()

    def _follow(self) -> None:
        if self._settings.settings.lesson != self._shown:
            self.show_lessons()

    def _enable(self) -> None:
        self.save_button.setEnabled(bool(self._model.ticked))

    def _save(self) -> None:
        attempt(lambda: self._save_as(self.name.text().strip()), self._tell)

    def _save_as(self, name: str) -> None:
        # What the lesson holds of another model's signs cannot be seen here, and so not be meant to go.
        unseen = self._model.ticked_elsewhere if name == self._shown else frozenset()
        self._lessons.save(name, self._model.ticked | unseen)
        self._settings.change(lesson=name)

    def _delete(self) -> None:
        name = self._settings.settings.lesson or ""
        self._settings.change(lesson=None)
        attempt(lambda: self._forget(name), self._tell)

    def _forget(self, name: str) -> None:
        self._lessons.delete(name)
        self._done(tr("Deleted: {name}. “Undo” brings it back.", name=name))

    def _undo(self) -> None:
        attempt(lambda: self._settings.change(lesson=self._lessons.bring_back()), self._tell)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(beside(label(tr("Recognised in Live"), role="title"), self.undo_button))
        column.addLayout(beside(self.choice, self.delete_button))
        column.addLayout(beside(self.name, self.save_button))
