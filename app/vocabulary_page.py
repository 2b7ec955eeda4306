"""The vocabulary: every sign of the model in use is looked up and shown as it moves, ticked for a lesson, or taught."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.bridge import Picture
from app.draft import Draft
from app.examples import Examples
from app.lesson_panel import LessonPanel
from app.lessons import LessonStore
from app.my_signs import MySigns
from app.page import Page
from app.personal import PersonalSigns
from app.session import Session
from app.settings import Hand
from app.settings_store import SettingsStore
from app.sign_course import SignCourse
from app.theme import Theme
from app.widgets.beside import beside
from app.widgets.gloss_list import GlossList, GlossModel
from app.widgets.naming import explained, label, named
from app.widgets.sign_player import PICTURE, SignPlayer, poses_of
from app.widgets.teach_panel import TeachPanel
from app.widgets.text import ElidedLabel
from app.widgets.text_field import text_field
from app.words import mark, tr
from engine.sources.personal_signs import PersonalSign

AVERAGE: Final = mark("The average motion of several signers, never one person's recording.")
HANDS_ALONE: Final = mark("The average of the hands in several recordings, which show no arms.")
OWN: Final = mark("Your own sign: the first of your takes.")
NOT_YET: Final = mark("One moment.")
NO_PROTOTYPE: Final = mark("This sign has no motion to show yet: too few recordings to average.")
LIST_KEYS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
"""They choose from the list while one types."""


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
        self._personal = personal
        self._examples = examples
        self._mirrored = mirrored
        self._shown = ("", False)
        self._own: PersonalSign | None = None
        self.search = text_field("glossSearch", tr("Find a sign"))
        self.ticked_alone = named(QPushButton(tr("Ticked")), "tickedAlone")
        explained(self.ticked_alone, tr("List the ticked signs alone, or all signs"), name=tr("Ticked signs alone"))
        self.ticked_alone.setCheckable(True)
        self.model = GlossModel()
        self.glosses = GlossList(self.model)
        self.player = SignPlayer("sign")
        self.my_signs = MySigns(personal, session, tell=tell, done=done)
        self.teach_panel = TeachPanel(clock)
        self._course = SignCourse(self.teach_panel, draft=draft, personal=personal, session=session, tell=tell)
        self.count = label(name="glossCount", role="muted")
        self.gloss = named(ElidedLabel(), "chosenGloss", role="display")
        self.note = label(name="chosenNote", role="muted", wrap=True)
        self.lessons = LessonPanel(lessons, settings, self.model, tell=tell, done=done)
        self.first_control = self.search
        self._right = named(QStackedWidget(), "vocabularyRight")
        self._arrange()
        self._connect()
        self._examples.prepare()
        self._show_model()
        self.lessons.show_lesson()

    def _connect(self) -> None:
        self.search.textChanged.connect(self.glosses.search)
        self.ticked_alone.toggled.connect(self.glosses.show_ticked_alone)
        for filtered in (self.search.textChanged, self.ticked_alone.toggled):
            filtered.connect(self._show_count)
        self.search.returnPressed.connect(self.glosses.setFocus)
        self.glosses.chosen.connect(self._show_sign)
        self.model.ticked_changed.connect(self._show_count)
        self.lessons.ticked.connect(self._list_anew)
        self._session.offers_changed.connect(self._show_model)
        self._settings.changed.connect(self._show_settings)
        self._personal.changed.connect(self._show_personal)
        self._personal.renamed.connect(self.lessons.rename_sign)
        self._examples.changed.connect(self._show_examples)
        self.my_signs.teach.connect(lambda: self._teach(None))
        self.my_signs.retake.connect(self._teach)
        self.my_signs.choice.picked.connect(self._look_up)
        self.my_signs.looked_up.connect(self._look_up)
        self._course.left.connect(self._leave)
        self._course.kept.connect(self._show_kept)

    def show_picture(self, picture: Picture) -> None:
        """Pass a picture to where a sign is taught, if one is."""
        if self.teaching:
            overlay = self._settings.settings.overlay
            self.teach_panel.show_picture(picture, mirrored=self._mirrored(), overlay=overlay)

    def tick(self) -> None:
        """Let the course of teaching go on."""
        if self.teaching:
            self._course.tick()

    @property
    def teaching(self) -> bool:
        """A sign is being taught."""
        return self._right.currentWidget() is self.teach_panel

    def take_over(self, former: Page) -> None:
        assert isinstance(former, VocabularyPage)
        self.lessons.take_over(former.lessons)
        self.search.setText(former.search.text())
        self.ticked_alone.setChecked(former.ticked_alone.isChecked())
        self.glosses.choose(former.gloss.text())
        self.my_signs.choose(former.my_signs.choice.currentData())
        if former.teaching:
            self._right.setCurrentWidget(self.teach_panel)
            self._course.take_over(former._course)

    def apply_theme(self, theme: Theme) -> None:
        self.teach_panel.apply_theme(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        # The search field leaves these to us.
        if self.search.hasFocus() and event.key() in LIST_KEYS:
            self.glosses.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self.lessons.look_again()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        self.teach_panel.teaching.stop()

    def _teach(self, name: str | None) -> None:
        """Teach a new sign, or one of the user's own anew."""
        self._right.setCurrentWidget(self.teach_panel)
        self._course.begin(name)

    def _leave(self) -> None:
        self._right.setCurrentIndex(0)
        self.my_signs.teach_button.setFocus()

    def _show_kept(self, name: str) -> None:
        self.my_signs.choose(name)
        self._look_up(name)

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

    def _show_personal(self) -> None:
        """List another sign or one less, and show the one that is looked at as it is now."""
        self._show_model()
        self._show_sign(self.gloss.text())

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

    def _show_sign(self, gloss: str) -> None:
        """Play a sign from its beginning, unless it is the one that plays."""
        left_handed = self._settings.settings.dominant_hand is Hand.LEFT
        self.player.set_overlay(self._settings.settings.overlay)
        own = self._personal.sign(gloss) if self._examples.is_own(gloss) else None
        if (gloss, left_handed) == self._shown and own is self._own:
            return
        self._shown, self._own = (gloss, left_handed), own
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

    def _list_anew(self) -> None:
        """List the signs of another lesson, where the ticked ones alone are listed."""
        self.glosses.show_ticked_alone(self.ticked_alone.isChecked())
        self._show_count()

    def _arrange(self) -> None:
        panel = named(QFrame(), "glossPanel", role="panel")
        left = QVBoxLayout(panel)
        left.setContentsMargins(16, 14, 16, 16)
        left.setSpacing(10)
        left.addLayout(beside(self.search, self.ticked_alone))
        left.addWidget(self.glosses, stretch=1)
        left.addWidget(self.count)
        left.addWidget(self.lessons)
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
