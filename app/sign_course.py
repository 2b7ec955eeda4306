"""How a sign is taught: begun or gone on with, kept as a draft with every take, at last kept under its name."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.attempt import attempt
from app.draft import Draft
from app.personal import PersonalSigns
from app.session import Session
from app.widgets.teach_panel import TeachPanel
from app.words import tr
from engine.errors import UserFacingError
from engine.sources.personal_signs import PersonalSign, valid_name


class SignCourse(QObject):
    """Stands between the panel where a sign is taught and what is kept of that."""

    kept = Signal(str)
    """The sign is one of the user's own now, under this name."""
    left = Signal()
    """Nothing more is taught: the sign is kept, or the user wants none of it."""

    def __init__(
        self,
        panel: TeachPanel,
        *,
        draft: Draft,
        personal: PersonalSigns,
        session: Session,
        tell: Callable[[str], None],
    ) -> None:
        """Follow what is done in `panel`; `tell` hears why a sign cannot be kept."""
        super().__init__(panel)
        self._panel = panel
        self._draft = draft
        self._personal = personal
        self._session = session
        self._tell = tell
        self._retaken: str | None = None
        panel.kept.connect(self._keep)
        panel.left.connect(self._leave)
        panel.takes_changed.connect(self._keep_draft)
        panel.name.editingFinished.connect(self._take_name)
        personal.renamed.connect(self._follow_name)
        session.started.connect(panel.picture.clear)

    def begin(self, name: str | None) -> None:
        """Begin with a new sign, or with other takes of one; what is not kept yet comes first, whatever it is."""
        self._draft.go_on()
        if self._draft.takes:
            self._retaken = self._retaken_so_far
            self._panel.begin(self._draft.name, fixed=self._retaken is not None, takes=self._draft.takes)
            if self._retaken != name:
                self._tell(tr("These takes are not kept yet. Keep or cancel them first, then go on with another sign."))
        else:
            self._retaken = name
            self._panel.begin(name or "", fixed=name is not None)
        self.tick()

    def take_over(self, former: "SignCourse") -> None:
        """Go on with what another course has begun, whose panel will not be shown any more."""
        self._retaken = former._retaken
        self._panel.take_over(former._panel)

    def tick(self) -> None:
        """Go on; to be called several times a second."""
        self._panel.tick(self._session.facts)

    @property
    def _retaken_so_far(self) -> str | None:
        """The sign that the draft is a retake of; None where it is a new one, or that sign is gone."""
        name = self._draft.name
        return name if self._draft.retake and name in self._personal.names else None

    def _keep_draft(self) -> None:
        self._draft.keep(self._panel.name.text(), self._panel.teaching.takes, retake=self._retaken is not None)

    def _take_name(self) -> None:
        """Tell at once of a name that cannot be: after three takes is too late."""
        if self._retaken is None and self._panel.name.text():
            attempt(self._valid_name, self._panel.tell_of_name)
        self._rename_draft()

    def _valid_name(self) -> str:
        """Return the name that was typed as it will be kept, or raise a UserFacingError."""
        return valid_name(self._panel.name.text(), taken=self._personal.names, glosses=self._session.glosses)

    def _rename_draft(self) -> None:
        if self._panel.teaching.takes:
            self._keep_draft()

    def _follow_name(self, name: str, new_name: str) -> None:
        """Retake a sign under the name that it has now: under the one before, its takes would be another sign."""
        if name == self._retaken:
            self._retaken = new_name
            self._panel.name.setText(new_name)
            self._rename_draft()

    def _keep(self) -> None:
        panel = self._panel
        try:
            name = self._retaken or self._valid_name()
            self._personal.put(PersonalSign(name, panel.teaching.takes))
        except UserFacingError as error:
            self._tell(str(error))
            panel.name.setFocus()
            return
        self._leave()
        self.kept.emit(name)
        lesson = self._session.facts.lesson
        if lesson is not None and name not in self._session.recognised:
            self._tell(
                tr(
                    "{name} is not named while the lesson {lesson} lacks it: tick it and save, or choose all signs.",
                    name=name,
                    lesson=lesson,
                )
            )

    def _leave(self) -> None:
        self._retaken = None
        self._panel.end()
        self._draft.forget()
        self.left.emit()
