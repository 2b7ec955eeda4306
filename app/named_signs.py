"""Which signs are named: those of the lesson in use, and the user's own."""

from PySide6.QtCore import QObject, Signal

from app.attempt import attempt
from app.lessons import LessonStore
from app.model_in_use import Lesson
from app.personal import PersonalSigns
from app.session import Session
from app.settings_store import SettingsStore
from app.transcript.transcript import Transcript
from engine.errors import UserFacingError


class NamedSigns(QObject):
    """Tells the session what to name, and the transcript what it may be corrected with."""

    notice = Signal(str)
    """One line that the user should read."""

    def __init__(
        self,
        session: Session,
        transcript: Transcript,
        *,
        settings: SettingsStore,
        lessons: LessonStore,
        personal: PersonalSigns,
    ) -> None:
        super().__init__()
        self._session = session
        self._transcript = transcript
        self._settings = settings
        self._lessons = lessons
        self._personal = personal
        settings.changed.connect(self._use_lesson)
        lessons.changed.connect(self._use_lesson)
        personal.changed.connect(self._use_personal_signs)
        personal.renamed.connect(self._rename_in_lessons)
        session.offers_changed.connect(self._offer_glosses)
        self._offer_glosses()

    def _use_lesson(self) -> None:
        name = self._settings.settings.lesson
        try:
            self._session.use_lesson(None if name is None else Lesson(name, self._lessons.glosses(name)))
        except UserFacingError as error:
            self.notice.emit(str(error))
            self._settings.change(lesson=None)

    def _use_personal_signs(self) -> None:
        self._session.use_personal_signs(self._personal.signs)
        self._use_lesson()  # one of them may have another name there
        self._offer_glosses()

    def _rename_in_lessons(self, name: str, new_name: str) -> None:
        attempt(lambda: self._lessons.rename_sign(name, new_name), self.notice.emit)

    def _offer_glosses(self) -> None:
        """Let the transcript be corrected with all glosses that can be recognised."""
        self._transcript.vocabulary = tuple(dict.fromkeys((*self._session.glosses, *self._personal.names)))
