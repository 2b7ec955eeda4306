"""The places of the window: one table, in the order of the rail."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

from app.actions import Action
from app.page import Page

if TYPE_CHECKING:
    from app.main_window import MainWindow


LATER: Final = ("app.practice_page", "app.vocabulary_page", "app.inside_page", "app.settings_page")
"""Modules of the pages that the window's start does without."""


def import_pages() -> None:
    """Import what the places show, so that the first visit need not; for another thread, once the window is seen."""
    for module in LATER:
        import_module(module)


def _practice(window: "MainWindow") -> Page:
    from app.practice_page import PracticePage

    page = PracticePage(
        practice=window.practice,
        session=window.session,
        settings=window.settings,
        lessons=window.lessons,
        actions=window.by_action,
    )
    window.pictured.connect(page.show_picture)
    return page


def _vocabulary(window: "MainWindow") -> Page:
    from app.vocabulary_page import VocabularyPage

    page = VocabularyPage(
        session=window.session,
        settings=window.settings,
        lessons=window.lessons,
        personal=window.personal,
        draft=window.draft,
        examples=window.examples,
        tell=window.tell,
        done=lambda message: window.toasts.say(message, calm=True),
        mirrored=window.by_action[Action.MIRROR].isChecked,
        clock=window.services.clock,
    )
    window.pictured.connect(page.show_picture)
    window.ticked.connect(page.tick)
    return page


def _inside(window: "MainWindow") -> Page:
    from app.inside_page import InsidePage

    return InsidePage(
        session=window.session, review=window.review, last_seconds=window.last_seconds, actions=window.by_action
    )


def _settings(window: "MainWindow") -> Page:
    from app.settings_page import SettingsPage

    page = SettingsPage(
        window.settings,
        window.by_action,
        languages=window.languages.available,
        transcripts=window.transcript.folder,
        signs=window.personal.folder,
        record=window.progress.path,
        sessions=window.recording.folder,
        delivered=lambda: window.live.delivered,
    )
    window.ticked.connect(page.tick)
    return page


PLACES: Final[Mapping[Action, Callable[["MainWindow"], Page]]] = {
    Action.GO_TO_LIVE: lambda window: window.make_live(),
    Action.GO_TO_PRACTICE: _practice,
    Action.GO_TO_VOCABULARY: _vocabulary,
    Action.GO_TO_INSIDE: _inside,
    Action.GO_TO_SETTINGS: _settings,
}
"""By the action that goes there, what builds its page; an import inside keeps the window's start quick."""
