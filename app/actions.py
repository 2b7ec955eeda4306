"""Everything the window can be told to do: one table, from which buttons, shortcuts and tooltips are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from app.main_window import MainWindow


class Action(Enum):
    """What the user can do; the value is the action's object name."""

    GO_TO_LIVE = "goToLive"
    GO_TO_VOCABULARY = "goToVocabulary"
    GO_TO_SETTINGS = "goToSettings"
    START_STOP = "startStop"
    OPEN_FILE = "openFile"
    SHOW_DEMO = "showDemo"
    MIRROR = "mirror"
    PLOT = "plot"
    CHOOSE_SOURCE = "chooseSource"
    CHOOSE_MODEL = "chooseModel"
    CHOOSE_DEVICE = "chooseDevice"
    COPY_TRANSCRIPT = "copyTranscript"
    CLEAR_TRANSCRIPT = "clearTranscript"
    PRESENT = "present"
    SHOW_SHORTCUTS = "showShortcuts"
    SHOW_LOG = "showLog"
    SAVE_REPORT = "saveReport"
    DISMISS = "dismiss"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One row of the table.

    Attributes:
        text: on a button.
        explanation: in its tooltip.
        shortcut: in Qt's portable notation.
        handler: what happens.
        icon: name of a file in assets/icons.
        checked: for something that is on or off, whether it is on at first.
    """

    text: str
    explanation: str
    shortcut: str
    handler: "Callable[[MainWindow], object]"
    icon: str | None = None
    checked: bool | None = None


ACTIONS: Final[Mapping[Action, ActionSpec]] = {
    Action.GO_TO_LIVE: ActionSpec(
        "Live",
        "Watch the signer",
        "Alt+1",
        lambda window: window.go_to(Action.GO_TO_LIVE),
        icon="live",
        checked=True,
    ),
    Action.GO_TO_VOCABULARY: ActionSpec(
        "Vocabulary",
        "Look signs up and make lessons",
        "Alt+3",
        lambda window: window.go_to(Action.GO_TO_VOCABULARY),
        icon="vocabulary",
        checked=False,
    ),
    Action.GO_TO_SETTINGS: ActionSpec(
        "Settings",
        "Colours, text size, hands, privacy",
        "Alt+5",
        lambda window: window.go_to(Action.GO_TO_SETTINGS),
        icon="settings",
        checked=False,
    ),
    Action.START_STOP: ActionSpec(
        "Start", "Start or stop the chosen source", "Ctrl+R", lambda window: window.session.toggle(), icon="start"
    ),
    Action.OPEN_FILE: ActionSpec(
        "Open…", "Open a video or a recording", "Ctrl+O", lambda window: window.choose_file(), icon="open"
    ),
    Action.SHOW_DEMO: ActionSpec(
        "Demo", "Watch a drawn figure sign", "Ctrl+D", lambda window: window.watch("demo"), icon="demo"
    ),
    Action.MIRROR: ActionSpec(
        "Mirror",
        "Show the picture as in a mirror; recognition does not change",
        "Ctrl+M",
        lambda window: window.apply_mirror(),
        icon="mirror",
        checked=False,
    ),
    Action.PLOT: ActionSpec(
        "Plot",
        "Show the probabilities of the last ten seconds",
        "Ctrl+P",
        lambda window: window.apply_plot(),
        icon="plot",
        checked=True,
    ),
    Action.CHOOSE_SOURCE: ActionSpec(
        "Source", "What to watch", "Ctrl+1", lambda window: window.open_picker(window.toolbar.source)
    ),
    Action.CHOOSE_MODEL: ActionSpec(
        "Model", "What names the signs", "Ctrl+2", lambda window: window.open_picker(window.toolbar.model)
    ),
    Action.CHOOSE_DEVICE: ActionSpec(
        "Device", "Where the model runs", "Ctrl+3", lambda window: window.open_picker(window.toolbar.device)
    ),
    Action.COPY_TRANSCRIPT: ActionSpec(
        "Copy",
        "Copy the chosen signs, or the whole transcript",
        "Ctrl+Shift+C",
        lambda window: window.live.transcript.copy(),
        icon="copy",
    ),
    Action.CLEAR_TRANSCRIPT: ActionSpec(
        "Clear", "Empty the transcript", "Ctrl+L", lambda window: window.live.transcript.clear(), icon="clear"
    ),
    Action.PRESENT: ActionSpec(
        "Full screen",
        "The picture and the last sign on the whole screen, and back",
        "F11",
        lambda window: window.apply_presentation(),
        icon="present",
        checked=False,
    ),
    Action.SHOW_SHORTCUTS: ActionSpec(
        "Keys", "All keys at a glance", "F1", lambda window: window.help.show_shortcuts()
    ),
    Action.SHOW_LOG: ActionSpec("Log", "What was logged last", "Ctrl+Shift+L", lambda window: window.help.show_log()),
    Action.SAVE_REPORT: ActionSpec(
        "Save a report…",
        "Write versions, settings and log into a file, without pictures",
        "Ctrl+Shift+R",
        lambda window: window.help.choose_report(),
    ),
    Action.DISMISS: ActionSpec(
        "Dismiss", "Close the newest message", "Esc", lambda window: window.toasts.dismiss(), icon="dismiss"
    ),
    Action.QUIT: ActionSpec("Quit", "Stop everything and close the window", "Ctrl+Q", lambda window: window.close()),
}

assert set(ACTIONS) == set(Action)


def make_actions(window: "MainWindow") -> dict[Action, QAction]:
    """Return the window's actions; their shortcuts work wherever the focus is."""
    actions = {}
    for name, spec in ACTIONS.items():
        action = QAction(spec.text, window)
        action.setObjectName(name.value)
        action.setShortcut(QKeySequence(spec.shortcut))
        action.setToolTip(tooltip(name))
        if spec.checked is not None:
            action.setCheckable(True)
            action.setChecked(spec.checked)
        action.triggered.connect(lambda _checked=False, handler=spec.handler: handler(window))
        window.addAction(action)
        actions[name] = action
    return actions


def tooltip(action: Action) -> str:
    """Return what the action does and its shortcut as this system writes it."""
    spec = ACTIONS[action]
    return f"{spec.explanation} ({QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)})"
