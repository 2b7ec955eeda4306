"""The place of the picture, and what stands there as long as there is none."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions import Action
from app.bridge import Picture
from app.review import Review
from app.theme import Theme
from app.view_model import Situation, Status
from app.widgets.button import ActionButton
from app.widgets.naming import label, named
from app.widgets.picture import PictureView
from app.widgets.replay import Replay
from app.words import tr


class Stage(QStackedWidget):
    """Shows the picture, or in words why there is none and what can be done about it, or a replay instead of both."""

    def __init__(
        self, actions: Mapping[Action, QAction], on_painted: Callable[[Picture], None], review: Review
    ) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.picture = PictureView(on_painted)
        self.placeholder = Placeholder(actions)
        self.replay = Replay("replay", review, actions[Action.MIRROR])
        self.back = ActionButton(actions[Action.REPLAY], text=tr("Back to live"))
        self.replay.header.addWidget(self.back)
        for view in (self.placeholder, self.picture, self.replay):
            self.addWidget(view)
        self._hidden = False
        self._replaying = False

    @property
    def shows_picture(self) -> bool:
        return self.currentWidget() is self.picture

    def show_status(self, status: Status) -> None:
        """Let the picture stand as long as there is one, unless it would hide what has to be said."""
        self.placeholder.show_status(status)
        self._hidden = status.situation in Placeholder.OFFERED_IN
        self._choose()

    def show_picture(self, picture: Picture) -> None:
        """Show another picture."""
        self.picture.show_picture(picture)
        self._choose()

    def show_replay(self, replaying: bool) -> None:
        """Show the last sign again, or what happens."""
        self._replaying = replaying
        self._choose()

    def clear(self) -> None:
        """Forget the picture."""
        self.picture.clear()
        self._choose()

    def apply_theme(self, theme: Theme) -> None:
        self.picture.apply_theme(theme)
        self.replay.apply_theme(theme)

    def _choose(self) -> None:
        without = self._hidden or self.picture.picture is None
        live = self.placeholder if without else self.picture
        self.setCurrentWidget(self.replay if self._replaying else live)


class Placeholder(QFrame):
    """The state in large words, with two ways on where there is no camera."""

    OFFERED_IN = (Situation.NO_CAMERA, Situation.CAMERA_LOST, Situation.FAILED)

    def __init__(self, actions: Mapping[Action, QAction]) -> None:
        super().__init__()
        named(self, "placeholder", role="panel")
        self.headline = label(name="placeholderHeadline", role="display", wrap=True)
        self.hint = label(name="placeholderHint", role="hint", wrap=True)
        self.offers = QWidget()
        self.demo = named(
            ActionButton(actions[Action.SHOW_DEMO], role="primary", text=tr("Watch the demo")), "offerDemo"
        )
        self.file = named(ActionButton(actions[Action.OPEN_FILE], text=tr("Open a file…")), "offerFile")

        row = QHBoxLayout(self.offers)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(12)
        for widget in (self.demo, self.file):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addStretch()
        for words in (self.headline, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        column.addWidget(self.offers, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def show_status(self, status: Status) -> None:
        self.headline.setText(status.headline)
        self.hint.setText(status.hint)
        self.offers.setVisible(status.situation in self.OFFERED_IN)
