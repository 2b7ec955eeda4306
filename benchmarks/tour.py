"""Every screen of the window, one after the other: brought about by its actions, held as long as it is looked at."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QScrollArea

from app.actions import Action
from app.application import create_app
from app.inside_page import InsidePage
from app.main_window import MainWindow
from app.page import Page
from app.practice_round import Outcome, Verdict
from app.services import engine_services
from app.sessions_dialog import SessionsDialog
from app.settings_page import SettingsPage
from app.teaching import Phase
from app.view_model import Situation, situation
from app.vocabulary_page import VocabularyPage
from app.widgets.replay import Replay
from engine.sources import open_source
from engine.sources.base import FrameSource
from engine.sources.demo import DemoSource
from engine.sources.prototypes import load_prototypes

LESSON: Final = "First signs"
GLOSSES: Final = ("book", "bird", "hot", "brown", "africa", "chair")
"""What the demo signs during the tour, over and over, and what is practised."""
LIKELY: Final = 0.6
"""A probability that looks good in a picture."""


@contextmanager
def demo_window(*, glosses: tuple[str, ...] | None = None) -> Iterator[MainWindow]:
    """Open the window with the demo and the default model, without cameras, speech or anything remembered.

    Args:
        glosses: what the demo signs; all prototypes unless given.
    """

    def source(spec: str) -> FrameSource:
        if spec != "demo" or glosses is None:
            return open_source(spec)
        prototypes = load_prototypes()
        return DemoSource(prototypes={gloss: prototypes[gloss] for gloss in glosses})

    with tempfile.TemporaryDirectory() as folder:
        services = replace(
            engine_services(),
            open_source=source,
            list_cameras=lambda: (),
            watch_cameras=lambda: None,
            find_speaker=lambda: None,
            config_folder=lambda: Path(folder, "settings"),
            data_folder=lambda: Path(folder, "data"),
        )
        _, window = create_app(["masa-live", "--source", "demo", "--device", "cpu"], services=services)
        try:
            until(lambda: window.session.model is not None)
            yield window
        finally:
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def until(condition: Callable[[], bool]) -> None:
    """Let the window work until something holds; its own timer sees to it that this is looked at."""
    while not condition():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def settle(window: MainWindow) -> None:
    """Let the window draw what it was told.

    Layouts, styles and the plots follow within two of its ticks; colours and sizes take longer where the machine is
    busy, and layouts again follow these.
    """
    _wait_two_ticks(window)
    until(lambda: window.appearance.at_rest)
    _wait_two_ticks(window)


def _wait_two_ticks(window: MainWindow) -> None:
    ticks: list[None] = []

    def ticked() -> None:
        ticks.append(None)

    window.ticked.connect(ticked)
    until(lambda: len(ticks) >= 2)
    window.ticked.disconnect(ticked)


def tour(window: MainWindow) -> Iterator[str]:
    """Yield the names of all screens, each while it is shown."""
    for part in (_live, _recording, _transcript, _inside, _help):
        yield from part(window)
    for part in (_vocabulary, _teaching, _practice, _settings, _nothing_plays):
        yield from part(window)


def _live(window: MainWindow) -> Iterator[str]:
    until(lambda: len(window.transcript.lines) >= 4)
    until(lambda: _sure(window))
    yield "live"
    for action in (Action.PLOT, Action.ZOOM):
        window.by_action[action].trigger()
    yield "live-zoomed"
    for action in (Action.PLOT, Action.ZOOM):
        window.by_action[action].trigger()
    window.by_action[Action.REPLAY].trigger()
    until(lambda: window.review.newest.explanation is not None)
    _stop_in_the_middle(window.live.stage.replay)
    yield "replay"
    window.by_action[Action.REPLAY].trigger()
    window.by_action[Action.PRESENT].trigger()
    until(lambda: window.session.facts.last_event is not None)
    yield "presentation"
    window.by_action[Action.PRESENT].trigger()


def _recording(window: MainWindow) -> Iterator[str]:
    window.by_action[Action.RECORD].trigger()
    heard = len(window.transcript.lines)
    until(lambda: len(window.transcript.lines) > heard)
    yield "recording"
    window.by_action[Action.RECORD].trigger()
    until(lambda: bool(window.toasts.messages))
    yield "recorded"
    window.toasts.dismiss()
    window.by_action[Action.SESSIONS].trigger()
    until(lambda: any(dialog.names for dialog in window.findChildren(SessionsDialog)))
    yield "sessions"
    _close_what_lies_over(window)


def _transcript(window: MainWindow) -> Iterator[str]:
    lines = window.transcript.lines
    window.transcript.correct(lines[0].number, GLOSSES[-1])
    window.transcript.insert(GLOSSES[0], after=lines[1].number)
    yield "transcript-edited"
    for action, name in (
        (Action.CORRECT_SIGN, "transcript-correct"),
        (Action.TRANSCRIPT_MENU, "transcript-menu"),
        (Action.EXPORT_TRANSCRIPT, "transcript-export"),
    ):
        window.by_action[action].trigger()
        yield name
        _close_what_lies_over(window)


def _inside(window: MainWindow) -> Iterator[str]:
    window.go_to(Action.GO_TO_INSIDE)
    page = _page(window, InsidePage)
    until(lambda: page.latency is not None and page.motion is not None)
    heard = len(window.transcript.lines)
    until(lambda: len(window.transcript.lines) > heard + 1 and page.replay.shown.explanation is not None)
    _stop_in_the_middle(page.replay)
    for tab, name in enumerate(("inside", "inside-live", "inside-model")):
        page.tabs.setCurrentIndex(tab)
        yield name
    page.tabs.setCurrentIndex(0)


def _help(window: MainWindow) -> Iterator[str]:
    window.go_to(Action.GO_TO_LIVE)
    for action, name in ((Action.SHOW_SHORTCUTS, "keys"), (Action.SHOW_LOG, "log"), (Action.SAVE_REPORT, "report")):
        window.by_action[action].trigger()
        yield name
        _close_what_lies_over(window)


def _vocabulary(window: MainWindow) -> Iterator[str]:
    window.go_to(Action.GO_TO_VOCABULARY)
    page = _page(window, VocabularyPage)
    window.lessons.save(LESSON, GLOSSES)
    window.settings.change(lesson=LESSON)
    page.glosses.choose(GLOSSES[0])
    until(lambda: window.examples.complete)  # read on another thread, once somebody looks
    page.player.go_to(25)
    yield "vocabulary"
    page.search.setText("ta")
    yield "vocabulary-search"
    page.search.clear()


def _teaching(window: MainWindow) -> Iterator[str]:
    page = _page(window, VocabularyPage)
    page.my_signs.teach_button.click()
    page.teach_panel.name.setText("my name sign")
    until(lambda: page.teach_panel.picture.picture is not None)
    yield "teach"
    page.teach_panel.record_button.click()
    until(lambda: page.teach_panel.teaching.progress.phase is Phase.RECORDING)
    yield "teach-recording"
    until(lambda: page.teach_panel.teaching.progress.phase is Phase.READY)
    yield "teach-judged"
    page.teach_panel.leave_button.click()


def _practice(window: MainWindow) -> Iterator[str]:
    window.settings.change(practice_signs=5)
    window.go_to(Action.GO_TO_PRACTICE)
    yield "practice-start"
    practice = window.practice
    practice.go_on()
    yield "practice-asked"
    until(lambda: _answered(window, Verdict.OTHER))
    yield "practice-other"
    until(lambda: _answered(window, Verdict.RIGHT))
    yield "practice"
    while practice.round is not None and not practice.round.finished:
        practice.skip()
        practice.go_on()
    yield "practice-summary"
    practice.leave()
    yield "practice-record"


def _settings(window: MainWindow) -> Iterator[str]:
    window.go_to(Action.GO_TO_SETTINGS)
    area = _page(window, SettingsPage).findChild(QScrollArea, "settingsScroll")
    assert area is not None
    bar = area.verticalScrollBar()
    yield "settings"
    bar.setValue(bar.maximum())
    yield "settings-below"
    bar.setValue(0)


def _nothing_plays(window: MainWindow) -> Iterator[str]:
    window.watch("missing.mp4")
    until(lambda: situation(window.session.facts) is Situation.FAILED)
    yield "failed"
    window.toasts.dismiss()
    window.watch(None)
    until(lambda: situation(window.session.facts) is Situation.NO_CAMERA)
    yield "no-camera"


def _sure(window: MainWindow) -> bool:
    """A sign is being made, and its best candidate is accepted."""
    prediction = window.session.facts.prediction
    return prediction is not None and not prediction.rejected and prediction.candidates[0].probability > LIKELY


def _answered(window: MainWindow, verdict: Verdict) -> bool:
    """The demo's last try had this verdict; a sign that it has missed is left for the next, or for another round."""
    practice = window.practice.round
    if practice is None or practice.finished or practice.outcome is Outcome.MISSED:
        window.practice.go_on()
        return False
    return practice.answer is not None and practice.answer.verdict is verdict


def _stop_in_the_middle(replay: Replay) -> None:
    assert replay.shown.sign is not None
    replay.player.go_to(len(replay.shown.sign.clip.times_ns) // 2)


def _close_what_lies_over(window: MainWindow) -> None:
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.close()


Kind = TypeVar("Kind", bound=Page)


def _page(window: MainWindow, kind: type[Kind]) -> Kind:
    return next(page for page in window.places.pages if isinstance(page, kind))
