"""Practice: what to practise, the round with the live picture beside the sign that is asked for, and the score."""

from collections.abc import Mapping

from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QHideEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.actions import Action, text_of
from app.bridge import Picture
from app.lessons import LessonStore
from app.page import Page
from app.picker_items import ALL_SIGNS, lesson_items
from app.practice import Practice
from app.practice_round import PracticeRound
from app.session import Session
from app.settings import Hand
from app.settings_store import SettingsStore
from app.theme import Theme
from app.view_model import status
from app.widgets.button import ActionButton, push_button
from app.widgets.naming import named
from app.widgets.picture import PictureView
from app.widgets.placeholder import Placeholder
from app.widgets.practice_prompt import PracticePrompt
from app.widgets.practice_start import PracticeStart
from app.widgets.practice_summary import PracticeSummary
from app.widgets.sign_player import PICTURE, poses_of
from app.widgets.state_line import StateLine
from app.words import tr


class PracticePage(Page):
    """Follows a `Practice`; what it shows is always what that says."""

    def __init__(
        self,
        *,
        practice: Practice,
        session: Session,
        settings: SettingsStore,
        lessons: LessonStore,
        actions: Mapping[Action, QAction],
    ) -> None:
        super().__init__()
        self.setObjectName("practice")
        self._practice = practice
        self._session = session
        self._settings = settings
        self._lessons = lessons
        self._actions = actions
        self._example_of: tuple[str, bool] | None = None
        self._known = True
        self._said = ""
        self._offered: frozenset[str] = frozenset()
        self.state_line = StateLine()
        self.start = PracticeStart(actions, practice.progress)
        self.prompt = PracticePrompt(actions)
        self.summary = PracticeSummary(actions)
        self.picture = PictureView(lambda _: None)
        self.picture.setObjectName("practicePicture")
        self.nothing = Placeholder("nothingPlays", self._offers())
        self.views = named(QStackedWidget(), "practiceViews")
        self._left = named(QStackedWidget(), "practiceLeft")
        self._round = QWidget()
        self._arrange()
        self._connect()
        self._practice.examples.prepare()
        self._show()

    def show_picture(self, picture: Picture) -> None:
        """Show what the camera sees, as long as somebody looks."""
        if self.isVisible():
            self.picture.show_picture(picture)
            self._choose_left()

    def apply_theme(self, theme: Theme) -> None:
        for part in (self.state_line, self.prompt, self.picture):
            part.apply_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._practice.watch(True)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        self._practice.watch(False)
        self._enable_actions()

    def _offers(self) -> tuple[QPushButton, ...]:
        """Return what can be done where nothing plays."""
        start = named(ActionButton(self._actions[Action.START_STOP], role="primary"), "practiceStartSource")
        words = tr("Let a drawn figure sign: it does not make what is asked, but shows what a round is like")
        demo = push_button("practiceDemo", tr("Play the demo"), words, lambda: self._session.play("demo"))
        return start, demo

    def _connect(self) -> None:
        self._practice.changed.connect(self._show)
        self._session.changed.connect(self._show_state)
        self._session.started.connect(self.picture.clear)
        self._session.offers_changed.connect(self._show)
        self._settings.changed.connect(self._show)
        self._lessons.changed.connect(self._show)
        self._practice.examples.changed.connect(self._show_examples)
        self.start.lesson.picked.connect(lambda name: self._settings.change(lesson=name or None))
        self.start.count.picked.connect(lambda count: self._settings.change(practice_signs=int(count)))
        mirror = self._actions[Action.MIRROR]
        for view in (self.picture, self.prompt.player.view):
            mirror.toggled.connect(view.set_mirrored)
            view.set_mirrored(mirror.isChecked())

    def _show(self) -> None:
        """Bring everything up to date, but for the state."""
        overlay = self._settings.settings.overlay
        self.picture.set_overlay(overlay)
        self.prompt.player.set_overlay(overlay)
        practice = self._practice.round
        if practice is None:
            self._show_start()
            self._turn_to(self.start)
        elif practice.finished:
            self.summary.show_round(practice)
            self._turn_to(self.summary)
        else:
            self._show_example(practice.gloss)
            self._show_prompt(practice)
            self._turn_to(self._round)
        self._enable_actions()
        self._lead_focus()
        self._show_state()
        self._announce()

    def _show_examples(self) -> None:
        """Show the example that was not there yet."""
        self._example_of = None
        self._show()

    def _show_start(self) -> None:
        settings = self._settings.settings
        self._offered = self._practice.glosses
        self.start.show_choices(
            lesson_items(self._lessons.names),
            settings.lesson or ALL_SIGNS,
            count=settings.practice_signs,
            available=len(self._offered),
        )

    def _show_state(self) -> None:
        now = status(self._session.facts)
        self.state_line.show_status(now)
        self.nothing.show_status(now, offering=not self._session.facts.playing)
        self._choose_left()
        practice = self._practice.round
        if practice is None and self._practice.glosses != self._offered:
            self._show_start()
            self._enable_actions()
        elif practice is not None and not practice.finished and self._knows(practice) != self._known:
            self._show_prompt(practice)
            self._announce()

    def _show_prompt(self, practice: PracticeRound) -> None:
        self._known = self._knows(practice)
        self.prompt.show_round(practice, self._practice.difference, known=self._known)

    def _knows(self, practice: PracticeRound) -> bool:
        """The sign that is asked for can be recognised now."""
        return practice.gloss in self._practice.glosses

    def _choose_left(self) -> None:
        """Let the picture stand as long as others come: one that stands still must not look alive."""
        shows = self._session.facts.delivers and self.picture.picture is not None
        self._left.setCurrentWidget(self.picture if shows else self.nothing)

    def _show_example(self, gloss: str) -> None:
        """Play the motion of a sign from its beginning, unless it is the one that plays."""
        left_handed = self._settings.settings.dominant_hand is Hand.LEFT
        if (gloss, left_handed) != self._example_of:
            self._example_of = gloss, left_handed
            clip = self._practice.examples.clip(gloss, PICTURE, left_handed=left_handed)
            self.prompt.show_example(() if clip is None else poses_of(clip))

    def _enable_actions(self) -> None:
        """Let the plain keys be heard here, and only where they mean something."""
        practice = self._practice.round
        seen = self.isVisible()
        is_open = practice is not None and not practice.finished and not practice.decided
        go_on = self._actions[Action.GO_ON]
        if practice is None:
            go_on.setText(tr("Begin"))
            go_on.setEnabled(seen and bool(self._practice.glosses))
        elif practice.finished:
            left = len(practice.to_repeat)
            go_on.setText(tr("Again with these %n sign(s)", "", left) if left else tr("Another round"))
            go_on.setEnabled(seen)
        else:
            go_on.setText(text_of(Action.GO_ON))
            go_on.setEnabled(seen and practice.decided)
        self._actions[Action.SKIP].setEnabled(seen and is_open)
        has_example = practice is not None and is_open and self._practice.examples.motion(practice.gloss) is not None
        unseen = practice is not None and not practice.example_seen
        self._actions[Action.SHOW_EXAMPLE].setEnabled(seen and has_example and unseen)
        self._actions[Action.END_ROUND].setEnabled(seen and practice is not None)

    def _turn_to(self, view: QWidget) -> None:
        """Show a part of the page; the focus waits on the page instead of going to the first control of that part."""
        if view is not self.views.currentWidget() and self.views.isAncestorOf(self.window().focusWidget() or self):
            self.setFocus()
        self.views.setCurrentWidget(view)

    def _lead_focus(self) -> None:
        """Bring the focus, where the control that had it is gone, to what goes on."""
        if self.hasFocus():
            for way_on in (self.start.begin_button, self.prompt.go_on_button, self.summary.again_button):
                if way_on.isVisible() and way_on.isEnabled():
                    way_on.setFocus()

    def _announce(self) -> None:
        """Let a screen reader say what is new."""
        view = self.views.currentWidget()
        words = self.prompt.words if view is self._round else self.summary.words if view is self.summary else ""
        if words != self._said and self.isVisible():
            self._said = words
            if words:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _arrange(self) -> None:
        self._left.addWidget(self.nothing)
        self._left.addWidget(self.picture)
        row = QHBoxLayout(self._round)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._left, stretch=17)
        row.addWidget(self.prompt, stretch=13)
        for view in (self.start, self._round, self.summary):
            self.views.addWidget(view)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 16)
        page.setSpacing(10)
        page.addWidget(self.state_line)
        page.addWidget(self.views, stretch=1)
