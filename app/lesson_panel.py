"""The lesson in use: chosen, made of the signs that are ticked, deleted and brought back."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.attempt import attempt
from app.lessons import LessonStore, with_new_name
from app.picker_items import ALL_SIGNS, lesson_items
from app.settings_store import SettingsStore
from app.widgets.beside import beside
from app.widgets.button import push_button
from app.widgets.choice import Choice
from app.widgets.gloss_list import GlossModel
from app.widgets.naming import explained, label
from app.widgets.text_field import text_field
from app.words import tr
from engine.errors import UserFacingError


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a lesson is going to be made of.

    Attributes:
        lesson: that is in use meanwhile, if any.
        name: that is typed.
        glosses: that are ticked, with those that the model in use lacks.
    """

    lesson: str | None = None
    name: str = ""
    glosses: frozenset[str] = frozenset()


class LessonPanel(QWidget):
    """Ticks the signs of the lesson in use, and follows the settings and the lessons by itself.

    Ticks and a name that are no lesson yet when others take their place can be brought back.
    """

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
        self._settled = _Begun()
        """Of this there is nothing to keep: it was ticked for the lesson in use, or is saved."""
        self._aside: _Begun | None = None
        self._aside_last = False
        """It was put aside after the last lesson that can be brought back."""
        self._shown: str | None = None
        self._in_file: frozenset[str] | None = None
        """The signs of the lesson in use when they were ticked."""
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
            "undoDeleteLesson", tr("Undo"), tr("Bring back what was deleted or replaced last"), self._undo
        )
        self._arrange()
        self.choice.picked.connect(lambda name: settings.change(lesson=name or None))
        self.name.returnPressed.connect(self._save)
        model.ticked_changed.connect(self._enable)
        lessons.changed.connect(self._follow_lessons)
        settings.changed.connect(self._follow_settings)

    def show_lessons(self) -> None:
        """Offer the lessons that there are by now; the ticks stay."""
        self.choice.show_items(lesson_items(self._lessons.names), self._shown or ALL_SIGNS)
        self.delete_button.setEnabled(self._shown is not None)
        self.undo_button.setVisible(self._aside is not None or self._lessons.former is not None)

    def show_lesson(self) -> None:
        """Offer the lessons and tick the signs of the one in use."""
        before = self._begun
        name = self._shown = self._settings.settings.lesson
        self.name.setText(name or "")
        self._in_file = self._read()
        self._model.tick(self._in_file or ())
        if before not in (self._settled, self._begun):
            self._put_aside(before)
        self._settled = self._begun
        self.show_lessons()
        self.ticked.emit()

    def look_again(self) -> None:
        """Follow what anybody has done in the folder meanwhile, which Save would write over unseen."""
        now = self._read()
        if self._shown is not None and (now is None or now != self._in_file):
            self._lessons.changed.emit(self._shown)
        else:
            self.show_lessons()

    def take_over(self, former: "LessonPanel") -> None:
        """Go on with what is begun in another panel, which will not be shown any more."""
        self._aside, self._aside_last = former._aside, former._aside_last
        self._model.tick(former._begun.glosses)
        self.name.setText(former.name.text())
        self.show_lessons()

    def rename_sign(self, gloss: str, new_gloss: str) -> None:
        """Let a sign that is ticked, or was when ticks were put aside, be so under the name that it has now."""

        def renamed(begun: _Begun) -> _Begun:
            return replace(begun, glosses=with_new_name(begun.glosses, gloss, new_gloss))

        self._model.tick(renamed(self._begun).glosses)
        self._settled = renamed(self._settled)
        self._in_file = self._in_file and with_new_name(self._in_file, gloss, new_gloss)
        self._aside = self._aside and renamed(self._aside)

    @property
    def _begun(self) -> _Begun:
        return _Begun(self._shown, self.name.text().strip(), self._model.ticked | self._model.ticked_elsewhere)

    def _read(self) -> frozenset[str] | None:
        """Return the signs of the lesson in use; None where it cannot be read, which is told by who names its signs."""
        name = self._settings.settings.lesson
        try:
            return frozenset() if name is None else self._lessons.glosses(name)
        except UserFacingError:
            return None

    def _put_aside(self, begun: _Begun) -> None:
        self._aside, self._aside_last = begun, True
        self._done(tr("Ticks that were not saved as a lesson: “Undo” in Vocabulary brings them back."))

    def _follow_lessons(self, name: str) -> None:
        self._aside_last = False
        if name == self._shown:
            self.show_lesson()
        else:
            self.show_lessons()

    def _follow_settings(self) -> None:
        if self._settings.settings.lesson != self._shown:
            self.show_lesson()

    def _enable(self) -> None:
        self.save_button.setEnabled(bool(self._model.ticked))

    def _save(self) -> None:
        attempt(lambda: self._save_as(self.name.text().strip()), self._tell)

    def _save_as(self, name: str) -> None:
        # What the lesson holds of another model's signs cannot be seen here, and so not be meant to go.
        unseen = self._model.ticked_elsewhere if name == self._shown else frozenset()
        replaced = name != self._shown and name in self._lessons.names
        self._lessons.save(name, self._model.ticked | unseen)
        self._settled = self._begun
        self._settings.change(lesson=name)
        if replaced:
            self._done(tr("Replaced: {name}. “Undo” brings back the lesson that it was.", name=name))

    def _delete(self) -> None:
        name = self._settings.settings.lesson or ""
        self._settings.change(lesson=None)
        attempt(lambda: self._forget(name), self._tell)

    def _forget(self, name: str) -> None:
        self._lessons.delete(name)
        self._done(tr("Deleted: {name}. “Undo” brings it back.", name=name))

    def _undo(self) -> None:
        if self._aside is not None and (self._aside_last or self._lessons.former is None):
            self._tick_again(self._aside)
        else:
            attempt(lambda: self._settings.change(lesson=self._lessons.bring_back()), self._tell)

    def _tick_again(self, aside: _Begun) -> None:
        """Bring back what was put aside, with the lesson that was in use then."""
        self._aside = None
        if self._begun != self._settled:
            self._put_aside(self._begun)
            self._settled = self._begun
        self._settings.change(lesson=aside.lesson if aside.lesson in self._lessons.names else None)
        self.name.setText(aside.name)
        self._model.tick(aside.glosses)
        self.show_lessons()
        self.ticked.emit()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(beside(label(tr("Recognised in Live"), role="title"), self.undo_button))
        column.addLayout(beside(self.choice, self.delete_button))
        column.addLayout(beside(self.name, self.save_button))
