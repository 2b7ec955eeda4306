"""How a sign is taught: begun or gone on with, kept as a draft with every take, at last kept under its name."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.draft import Draft
from app.personal import PersonalSigns
from app.session import Session
from app.widgets.teach_panel import TeachPanel
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
        panel.name.editingFinished.connect(self._rename_draft)

    def begin(self, name: str | None) -> None:
        """Begin with a new sign, or with other takes of one; or go on where that was broken off."""
        self._retaken = name
        draft, fixed = self._draft, name is not None
        retaken = draft.name if draft.name in self._personal.names else None
        if draft.takes and name == retaken:
            self._panel.begin(draft.name, fixed=fixed, takes=draft.takes)
        else:
            self._panel.begin(name or "", fixed=fixed)
        self.tick()

    def take_over(self, former: "SignCourse") -> None:
        """Go on with what another course has begun, whose panel will not be shown any more."""
        self._retaken = former._retaken
        self._panel.take_over(former._panel)

    def tick(self) -> None:
        """Go on; to be called several times a second."""
        self._panel.tick(playing=self._session.facts.playing)

    def _keep_draft(self) -> None:
        self._draft.keep(self._panel.name.text(), self._panel.teaching.takes)

    def _rename_draft(self) -> None:
        if self._panel.teaching.takes:
            self._keep_draft()

    def _keep(self) -> None:
        panel = self._panel
        try:
            name = self._retaken or valid_name(
                panel.name.text(), taken=self._personal.names, glosses=self._session.glosses
            )
            self._personal.put(PersonalSign(name, panel.teaching.takes))
        except UserFacingError as error:
            self._tell(str(error))
            panel.name.setFocus()
            return
        self._leave()
        self.kept.emit(name)

    def _leave(self) -> None:
        self._draft.forget()
        self._panel.teaching.stop()
        self.left.emit()
