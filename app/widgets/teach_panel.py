"""Teaching a sign: its name, the picture, what to do now, and the takes so far."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.bridge import Picture
from app.engine_words import translated
from app.settings import Overlay
from app.teaching import ENOUGH, MOST, Phase, Progress, Teaching
from app.theme import Theme
from app.view_model import Facts, Situation, status
from app.widgets.button import push_button
from app.widgets.naming import label, named
from app.widgets.picture import PictureView
from app.widgets.text_field import TextField
from app.words import mark, tr
from engine.types import KeypointClip

HINT: Final = mark(
    "{enough} to {most} takes are wanted. Begin and end each with your hands down. Joints alone are kept, no picture."
)
NO_CAMERA: Final = mark("Nothing plays: start a camera in Live first.")
WITHOUT_START: Final = (Situation.STOPPED, Situation.ENDED)
"""Here the state says no more than to press Start, which is in Live."""


class TeachPanel(QFrame):
    """Shows the course of a `Teaching`; whoever owns it calls `show_picture` and `tick`."""

    kept = Signal()
    """The user wants the takes to be kept under the name in `name`."""
    left = Signal()
    """The user wants none of it."""
    takes_changed = Signal()
    """There is another good take, or one less."""

    def __init__(self, clock: Callable[[], int]) -> None:
        super().__init__()
        named(self, "teachPanel", role="panel")
        self._clock = clock
        self.teaching = Teaching(clock)
        self.name = TextField()
        self.name.setObjectName("teachName")
        self.name.setAccessibleName(tr("Name of the sign"))
        self.name.setPlaceholderText(tr("Name of the sign"))
        self.name.textEdited.connect(lambda _: self.tell_of_name(""))
        self.name_problem = label(name="teachNameProblem", role="hint", wrap=True)
        self.picture = PictureView(lambda _: None)
        self.picture.setObjectName("teachPicture")
        self.headline = label(name="teachHeadline", role="display", wrap=True)
        self.advice = label(name="teachAdvice", role="hint", wrap=True)
        self.record_button = push_button(
            "teachRecord", "", tr("Record a take, or stop recording"), self._record, role="primary"
        )
        self.drop_button = push_button("teachDrop", tr("Drop last"), tr("Drop the last take"), self._drop)
        self.keep_button = push_button("teachKeep", tr("Keep"), tr("Keep the sign under this name"), self.kept.emit)
        self.leave_button = push_button("teachLeave", tr("Cancel"), tr("Teach nothing"), self.left.emit)
        self._facts = Facts()
        self._takes = 0
        self._arrange()

    def begin(self, name: str = "", *, fixed: bool = False, takes: Sequence[KeypointClip] = ()) -> None:
        """Start over with another sign, or with the takes of it that there are.

        Args:
            name: of the sign.
            fixed: it is the name of a sign that is retaken.
            takes: good ones.
        """
        self.teaching = Teaching(self._clock, takes)
        self._takes = len(takes)
        self.name.setText(name)
        self.name.setReadOnly(fixed)
        self.tell_of_name("")
        (self.record_button if fixed else self.name).setFocus()
        self.tick(self._facts)

    def tell_of_name(self, problem: str) -> None:
        """Say why what was typed cannot be the name; with nothing to say, say so no more."""
        told = translated(problem)
        self.name_problem.setText(told)
        self.name_problem.setVisible(bool(problem))
        self.name.setAccessibleDescription(told)

    def end(self) -> None:
        """Have no takes any more: whatever is done to a panel that is left must not bring them back."""
        self.teaching.stop()
        self.teaching = Teaching(self._clock)
        self._takes = 0

    def take_over(self, former: "TeachPanel") -> None:
        """Go on with the takes of another panel, which will not be shown any more."""
        self.teaching = former.teaching
        self._takes = former._takes
        self.name.setText(former.name.text())
        self.name.setReadOnly(former.name.isReadOnly())
        self.tick(former._facts)

    def show_picture(self, picture: Picture, *, mirrored: bool, overlay: Overlay) -> None:
        """Show what the camera sees, and let it be recorded."""
        self.picture.set_mirrored(mirrored)
        self.picture.set_overlay(overlay)
        self.picture.show_picture(picture)
        if picture.keypoints is not None:
            self.teaching.hear(picture.keypoints)

    def tick(self, facts: Facts) -> None:
        """Bring everything up to date."""
        self._facts = facts
        self.teaching.tick()
        if not facts.delivers:
            self._give_up()
        progress = self.teaching.progress
        ready = progress.phase is Phase.READY
        headline, advice = (_headline(progress), _advice(progress)) if facts.delivers else _without_picture(facts)
        self.headline.setText(headline)
        self.advice.setText(advice)
        self._stand_out(progress.phase is Phase.RECORDING)
        self.record_button.setText(_on_the_button(progress))
        self.record_button.setEnabled(facts.delivers and not (ready and self.teaching.full))
        self.drop_button.setEnabled(ready and progress.takes > 0)
        self.keep_button.setEnabled(ready and self.teaching.enough)
        if progress.takes != self._takes:
            self._takes = progress.takes
            self.takes_changed.emit()

    def apply_theme(self, theme: Theme) -> None:
        self.picture.apply_theme(theme)

    def _give_up(self) -> None:
        """End the take that is being recorded, and show no picture that stands still."""
        self.teaching.stop()
        if self.picture.picture is not None:
            self.picture.clear()

    def _stand_out(self, recording: bool) -> None:
        """Colour the headline while a take is recorded: whoever signs looks from some way off."""
        role = "sign now" if recording else "display"
        if role != self.headline.property("role"):
            self.headline.setProperty("role", role)
            self.headline.style().polish(self.headline)

    def _record(self) -> None:
        if self.teaching.progress.phase is Phase.READY:
            self.teaching.start()
        else:
            self.teaching.stop()
        self.tick(self._facts)

    def _drop(self) -> None:
        self.teaching.drop_last()
        self.tick(self._facts)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.name)
        column.addWidget(self.name_problem)
        column.addWidget(self.picture, stretch=1)
        column.addWidget(self.headline)
        column.addWidget(self.advice)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.record_button, self.drop_button):
            row.addWidget(button)
        row.addStretch()
        for button in (self.leave_button, self.keep_button):
            row.addWidget(button)
        column.addLayout(row)


def _headline(progress: Progress) -> str:
    match progress.phase:
        case Phase.COUNTDOWN:
            return tr("Hands down … {seconds}", seconds=progress.seconds)
        case Phase.RECORDING:
            return tr("● Sign now: {seconds} s left", seconds=progress.seconds)
    if progress.complaints:
        return tr("Once more, please")
    if progress.takes >= ENOUGH:
        return tr("%n good take(s): keep the sign, or add one", "", progress.takes)
    return tr("Take {number} of {enough}", number=progress.takes + 1, enough=ENOUGH)


def _advice(progress: Progress) -> str:
    if progress.phase is Phase.READY and progress.complaints:
        return translated(progress.complaints[0])
    return tr(HINT, enough=ENOUGH, most=MOST)


def _without_picture(facts: Facts) -> tuple[str, str]:
    """Return headline and advice where nothing can be recorded."""
    now = status(facts)
    return now.headline, tr(NO_CAMERA) if now.situation in WITHOUT_START else now.hint


def _on_the_button(progress: Progress) -> str:
    return tr("Record") if progress.phase is Phase.READY else tr("Stop")
