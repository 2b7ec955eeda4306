"""The place of the picture in Live."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from app.actions import Action
from app.bridge import Picture
from app.review import Review
from app.theme import Theme
from app.view_model import Situation, Status
from app.widgets.button import ActionButton
from app.widgets.naming import named
from app.widgets.picture import PictureView
from app.widgets.placeholder import Placeholder
from app.widgets.replay import Replay
from app.words import tr

WITHOUT_PICTURE: Final = (Situation.NO_CAMERA, Situation.CAMERA_LOST, Situation.FAILED)
"""Here the last picture would hide what has to be said, and what else can be watched."""


class Stage(QStackedWidget):
    """Shows the picture, or in words why there is none and what can be done about it, or a replay instead of both."""

    def __init__(
        self, actions: Mapping[Action, QAction], on_painted: Callable[[Picture], None], review: Review
    ) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.picture = PictureView(on_painted)
        demo = named(ActionButton(actions[Action.SHOW_DEMO], role="primary", text=tr("Watch the demo")), "offerDemo")
        file = named(ActionButton(actions[Action.OPEN_FILE], text=tr("Open a file…")), "offerFile")
        self.placeholder = Placeholder("placeholder", (demo, file))
        self.replay = Replay("replay", review, actions[Action.MIRROR])
        self.back = ActionButton(actions[Action.REPLAY], text=tr("Back to live"))
        self.replay.header.addWidget(self.back)
        for view in (self.placeholder, self.picture, self.replay):
            self.addWidget(view)
        self._hidden = False
        self._replaying = False
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        # Qt would keep room for what is not shown as well, in the text size that it was last shown in.
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()

    @property
    def shows_picture(self) -> bool:
        return self.currentWidget() is self.picture

    def show_status(self, status: Status) -> None:
        """Let the picture stand as long as there is one, unless it would hide what has to be said."""
        self._hidden = status.situation in WITHOUT_PICTURE
        self.placeholder.show_status(status, offering=self._hidden)
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
