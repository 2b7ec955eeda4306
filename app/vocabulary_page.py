"""The vocabulary: every sign of the model in use, shown as it moves, and lessons made of some of them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.bridge import Picture
from app.draft import Draft
from app.examples import Examples
from app.lessons import LessonStore
from app.my_signs import MySigns
from app.page import Page
from app.personal import PersonalSigns
from app.picker_items import ALL_SIGNS, lesson_items
from app.session import Session
from app.settings import Hand
from app.settings_store import SettingsStore
from app.theme import Theme
from app.widgets.button import push_button
from app.widgets.choice import Choice
from app.widgets.gloss_list import GlossList, GlossModel
from app.widgets.naming import explained, label, named
from app.widgets.sign_player import PICTURE, SignPlayer, poses_of
from app.widgets.teach_panel import TeachPanel
from app.words import mark, tr
from engine.errors import UserFacingError
from engine.sources.personal_signs import PersonalSign, valid_name

AVERAGE: Final = mark("The average motion of several signers, never one person's recording.")
HANDS_ALONE: Final = mark("The average motion of several signers' hands; recordings of this sign show no arms.")
OWN: Final = mark("Your own sign: the first of your takes.")
NOT_YET: Final = mark("One moment.")
NO_PROTOTYPE: Final = mark("This sign has no motion to show yet: too few recordings to average.")


class VocabularyPage(Page):
    """Search and list on the left, the chosen sign on the right, lessons under the list."""

    def __init__(
        self,
        *,
        session: Session,
        settings: SettingsStore,
        lessons: LessonStore,
        personal: PersonalSigns,
        draft: Draft,
        examples: Examples,
        mirrored: Callable[[], bool],
        tell: Callable[[str], None],
        done: Callable[[str], None],
        clock: Callable[[], int],
    ) -> None:
        """Build the page.

        Args:
            session: whose model's vocabulary is shown.
            settings: hold the lesson in use, the leading hand and the overlay.
            lessons: that can be chosen, made and deleted.
            personal: signs that the user has taught, and may teach here.
            draft: the sign that is being taught.
            examples: what signs are shown with.
            mirrored: whether the user sees pictures as in a mirror.
            tell: gets lines that the user should read: something failed.
            done: gets lines that say what was done, where nothing else shows it.
            clock: monotonic nanoseconds.
        """
        super().__init__()
        self.setObjectName("vocabulary")
        self._session = session
        self._settings = settings
        self._lessons = lessons
        self._personal = personal
        self._draft = draft
        self._examples = examples
        self._mirrored = mirrored
        self._tell = tell
        self._shown = ("", False)
        self._lesson_shown: str | None = None
        self.search = QLineEdit()
        self.ticked_alone = named(QPushButton(tr("Ticked")), "tickedAlone")
        self.model = GlossModel()
        self.glosses = GlossList(self.model)
        self.player = SignPlayer("sign")
        self.my_signs = MySigns(personal, session, tell=tell, done=done)
        self.teach_panel = TeachPanel(clock)
        self._retaken: str | None = None
        self.count = label(name="glossCount", role="muted")
        self.gloss = label(name="chosenGloss", role="display")
        self.note = label(name="chosenNote", role="muted", wrap=True)
        self.lesson = Choice("lessonChoice", letters=14)
        self.lesson_name = QLineEdit()
        self.save_button = push_button(
            "saveLesson",
            tr("Save lesson"),
            tr("Keep the ticked signs as a lesson of this name, and use it"),
            self._save_lesson,
        )
        self.delete_button = push_button(
            "deleteLesson",
            tr("Delete"),
            tr("Delete the chosen lesson; all signs are recognised again"),
            self._delete_lesson,
        )
        self.setFocusProxy(self.search)
        self._right = named(QStackedWidget(), "vocabularyRight")
        self._name_controls()
        self._arrange()
        self._connect()
        self._examples.prepare()
        self._show_model()
        self._show_lessons()

    def _name_controls(self) -> None:
        for field, name, words in (
            (self.search, "glossSearch", tr("Find a sign")),
            (self.lesson_name, "lessonName", tr("Name of the lesson")),
        ):
            field.setObjectName(name)
            field.setAccessibleName(words)
            field.setPlaceholderText(words)
            field.setToolTip(words)
            field.setClearButtonEnabled(True)
        self.ticked_alone.setCheckable(True)
        explained(self.ticked_alone, tr("List the ticked signs alone, or all signs"), name=tr("Ticked signs alone"))
        words = tr("Which signs are recognised in Live: all, or those of a lesson")
        explained(self.lesson, words, name=tr("Signs recognised in Live"))

    def _connect(self) -> None:
        self.search.textChanged.connect(self.glosses.search)
        self.ticked_alone.toggled.connect(self.glosses.show_ticked_alone)
        for filtered in (self.search.textChanged, self.ticked_alone.toggled):
            filtered.connect(self._show_count)
        self.search.returnPressed.connect(self.glosses.setFocus)
        self.glosses.chosen.connect(self._show_sign)
        self.model.ticked_changed.connect(self._show_count)
        self.lesson.picked.connect(lambda name: self._settings.change(lesson=name or None))
        self.lesson_name.returnPressed.connect(self._save_lesson)
        self._session.offers_changed.connect(self._show_model)
        self._lessons.changed.connect(self._show_lessons)
        self._settings.changed.connect(self._show_settings)
        self._personal.changed.connect(self._show_model)
        self._examples.changed.connect(self._show_examples)
        self.my_signs.teach.connect(lambda: self._teach(None))
        self.my_signs.retake.connect(self._teach)
        self.my_signs.choice.picked.connect(self._look_up)
        self.my_signs.looked_up.connect(self._look_up)
        self.teach_panel.kept.connect(self._keep)
        self.teach_panel.left.connect(self._leave)
        self.teach_panel.takes_changed.connect(self._keep_draft)
        self.teach_panel.name.editingFinished.connect(self._rename_draft)

    def show_picture(self, picture: Picture) -> None:
        """Pass a picture to where a sign is taught, if one is."""
        if self.teaching:
            overlay = self._settings.settings.overlay
            self.teach_panel.show_picture(picture, mirrored=self._mirrored(), overlay=overlay)

    def tick(self) -> None:
        """Let the course of teaching go on."""
        if self.teaching:
            self.teach_panel.tick(playing=self._session.facts.playing)

    @property
    def teaching(self) -> bool:
        """A sign is being taught."""
        return self._right.currentWidget() is self.teach_panel

    def take_over(self, former: Page) -> None:
        assert isinstance(former, VocabularyPage)
        self.model.tick(former.model.ticked)
        self.lesson_name.setText(former.lesson_name.text())
        self.search.setText(former.search.text())
        self.ticked_alone.setChecked(former.ticked_alone.isChecked())
        self.glosses.choose(former.gloss.text())
        self.my_signs.choose(former.my_signs.choice.currentData())
        if former.teaching:
            self._retaken = former._retaken
            self._right.setCurrentWidget(self.teach_panel)
            self.teach_panel.take_over(former.teach_panel)

    def apply_theme(self, theme: Theme) -> None:
        self.teach_panel.apply_theme(theme)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        self.teach_panel.teaching.stop()

    def _teach(self, name: str | None) -> None:
        """Begin with a new sign, or with other takes of one; or go on where that was broken off."""
        self._retaken = name
        self._right.setCurrentWidget(self.teach_panel)
        draft = self._draft
        retaken = draft.name if draft.name in self._personal.names else None
        if draft.takes and name == retaken:
            self.teach_panel.begin(draft.name, fixed=name is not None, takes=draft.takes)
        else:
            self.teach_panel.begin(name or "", fixed=name is not None)
        self.tick()

    def _keep_draft(self) -> None:
        self._draft.keep(self.teach_panel.name.text(), self.teach_panel.teaching.takes)

    def _rename_draft(self) -> None:
        if self.teach_panel.teaching.takes:
            self._keep_draft()

    def _keep(self) -> None:
        panel, model = self.teach_panel, self._session.model
        try:
            name = self._retaken or valid_name(
                panel.name.text(), taken=self._personal.names, glosses=() if model is None else model.glosses
            )
            self._personal.put(PersonalSign(name, panel.teaching.takes))
        except UserFacingError as error:
            self._tell(str(error))
            panel.name.setFocus()
            return
        self._leave()
        self._shown = ("", False)
        self.my_signs.choose(name)
        self._look_up(name)

    def _leave(self) -> None:
        self._draft.forget()
        self.teach_panel.teaching.stop()
        self._right.setCurrentIndex(0)
        self.my_signs.teach_button.setFocus()

    def _look_up(self, name: str) -> None:
        self.search.clear()
        self.ticked_alone.setChecked(False)
        self.glosses.choose(name)

    def _show_model(self) -> None:
        model = self._session.model
        glosses = () if model is None else tuple({*model.glosses, *self._personal.names})
        if self.model.glosses != tuple(sorted(glosses)) or not glosses:
            looked_at = self.gloss.text()
            self.model.show_glosses(glosses, self._examples.glosses if self._examples.complete else glosses)
            self.glosses.choose(looked_at)
            self._show_lessons()

    def _show_examples(self) -> None:
        """Show what could not be shown before the prototypes were there."""
        self.model.show_motions(self._examples.glosses)
        self._shown = ("", False)
        self._show_sign(self.gloss.text())

    def _show_count(self) -> None:
        known, shown, ticked = len(self.model.glosses), len(self.glosses.shown), len(self.model.ticked)
        if not known:
            self.count.setText(tr("No model is in use yet."))
        elif shown == known:
            self.count.setText(tr("%n sign(s), {ticked} ticked", "", known, ticked=ticked))
        else:
            self.count.setText(tr("{shown} of %n sign(s), {ticked} ticked", "", known, shown=shown, ticked=ticked))
        self.save_button.setEnabled(ticked > 0)

    def _show_sign(self, gloss: str) -> None:
        """Play a sign from its beginning, unless it is the one that plays."""
        left_handed = self._settings.settings.dominant_hand is Hand.LEFT
        self.player.set_overlay(self._settings.settings.overlay)
        if (gloss, left_handed) == self._shown:
            return
        self._shown = gloss, left_handed
        clip = self._examples.clip(gloss, PICTURE, left_handed=left_handed)
        self.gloss.setText(gloss)
        self.note.setText(tr(self._origin(gloss)) if gloss else "")
        self.player.show_poses(() if clip is None else poses_of(clip))

    def _origin(self, gloss: str) -> str:
        """Say where the motion of a sign is from, or why there is none."""
        motion = self._examples.motion(gloss)
        if motion is None:
            return NO_PROTOTYPE if self._examples.complete else NOT_YET
        if self._examples.is_own(gloss):
            return OWN
        return AVERAGE if motion.has_arms else HANDS_ALONE

    def _show_settings(self) -> None:
        self._show_sign(self.gloss.text())
        if self._settings.settings.lesson != self._lesson_shown:
            self._show_lessons()

    def _show_lessons(self) -> None:
        """Offer the lessons and tick the signs of the one in use."""
        name = self._lesson_shown = self._settings.settings.lesson
        self.lesson.show_items(lesson_items(self._lessons.names), name or ALL_SIGNS)
        self.delete_button.setEnabled(name is not None)
        self.lesson_name.setText(name or "")
        if name in self._lessons.names:
            try:
                self.model.tick(self._lessons.glosses(name))
            except UserFacingError as error:
                self._tell(str(error))
        else:
            self.model.tick(())
        self.glosses.show_ticked_alone(self.ticked_alone.isChecked())
        self._show_count()

    def _save_lesson(self) -> None:
        name = self.lesson_name.text().strip()
        try:
            self._lessons.save(name, self.model.ticked)
        except UserFacingError as error:
            self._tell(str(error))
        else:
            self._settings.change(lesson=name)

    def _delete_lesson(self) -> None:
        name = self._settings.settings.lesson
        self._settings.change(lesson=None)
        try:
            self._lessons.delete(name or "")
        except UserFacingError as error:
            self._tell(str(error))

    def _arrange(self) -> None:
        panel = named(QFrame(), "glossPanel", role="panel")
        left = QVBoxLayout(panel)
        left.setContentsMargins(16, 14, 16, 16)
        left.setSpacing(10)
        left.addLayout(_row(self.search, self.ticked_alone))
        left.addWidget(self.glosses, stretch=1)
        left.addWidget(self.count)
        left.addWidget(label(tr("Recognised in Live"), role="title"))
        left.addLayout(_row(self.lesson, self.delete_button))
        left.addLayout(_row(self.lesson_name, self.save_button))
        left.addWidget(self.my_signs)
        shown = QWidget()
        right = QVBoxLayout(shown)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        for words in (self.gloss, self.note):
            words.setAlignment(Qt.AlignmentFlag.AlignLeft)
            right.addWidget(words)
        right.addSpacing(6)
        right.addWidget(self.player, stretch=1)
        self._right.addWidget(shown)
        self._right.addWidget(self.teach_panel)
        page = QHBoxLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.setSpacing(20)
        page.addWidget(panel, stretch=10)
        page.addWidget(self._right, stretch=19)


def _row(wide: QWidget, button: QWidget) -> QHBoxLayout:
    """Lay a button beside a control that takes the room it leaves."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(wide, stretch=1)
    row.addWidget(button)
    return row
