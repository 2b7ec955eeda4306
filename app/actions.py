"""Everything the window can be told to do: one table, from which buttons, shortcuts and tooltips are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
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
    CORRECT_SIGN = "correctSign"
    INSERT_SIGN = "insertSign"
    DELETE_SIGNS = "deleteSigns"
    UNDO = "undo"
    REDO = "redo"
    COPY_TRANSCRIPT = "copyTranscript"
    EXPORT_TRANSCRIPT = "exportTranscript"
    CLEAR_TRANSCRIPT = "clearTranscript"
    RESTORE_TRANSCRIPT = "restoreTranscript"
    SPEAK_SIGNS = "speakSigns"
    TRANSCRIPT_MENU = "moreTranscript"
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
        in_transcript: the shortcut is heard by the list of signs alone, for elsewhere its key means something else.
    """

    text: str
    explanation: str
    shortcut: str
    handler: "Callable[[MainWindow], object]"
    icon: str | None = None
    checked: bool | None = None
    in_transcript: bool = False


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
    Action.CORRECT_SIGN: ActionSpec(
        "Correct…",
        "Choose another gloss for the sign, or write one",
        "F2",
        lambda window: window.live.transcript.correct(),
        icon="correct",
        in_transcript=True,
    ),
    Action.INSERT_SIGN: ActionSpec(
        "Insert…",
        "Insert a sign that was missed after this one",
        "Ins",
        lambda window: window.live.transcript.insert(),
        icon="insert",
        in_transcript=True,
    ),
    Action.DELETE_SIGNS: ActionSpec(
        "Delete",
        "Delete the chosen signs",
        "Del",
        lambda window: window.live.transcript.delete(),
        icon="dismiss",
        in_transcript=True,
    ),
    Action.UNDO: ActionSpec(
        "Undo",
        "Take back the last change to the transcript",
        "Ctrl+Z",
        lambda window: window.transcript.undo(),
        icon="undo",
    ),
    Action.REDO: ActionSpec(
        "Redo",
        "Do again what was taken back",
        "Ctrl+Shift+Z",
        lambda window: window.transcript.redo(),
        icon="redo",
    ),
    Action.COPY_TRANSCRIPT: ActionSpec(
        "Copy",
        "Copy the chosen signs, or the whole transcript",
        "Ctrl+C",
        lambda window: window.live.transcript.copy(),
        icon="copy",
    ),
    Action.EXPORT_TRANSCRIPT: ActionSpec(
        "Export…",
        "Save the transcript as subtitles, for ELAN, as a table or as JSON",
        "Ctrl+E",
        lambda window: window.live.transcript.export(),
        icon="export",
    ),
    Action.CLEAR_TRANSCRIPT: ActionSpec(
        "Clear", "Empty the transcript", "Ctrl+L", lambda window: window.transcript.clear(), icon="clear"
    ),
    Action.RESTORE_TRANSCRIPT: ActionSpec(
        "Restore the last transcript",
        "Bring back the signs of the session before this one",
        "Ctrl+Shift+R",
        lambda window: window.transcript.restore(),
        icon="restore",
    ),
    Action.SPEAK_SIGNS: ActionSpec(
        "Speak signs",
        "Say each sign aloud as it is recognised",
        "Ctrl+T",
        lambda window: window.transcript.speak(window.by_action[Action.SPEAK_SIGNS].isChecked()),
        checked=False,
    ),
    Action.TRANSCRIPT_MENU: ActionSpec(
        "More",
        "Everything that can be done with the transcript",
        "Ctrl+Shift+M",
        lambda window: window.live.transcript.open_menu(),
        icon="more",
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
        "Ctrl+Shift+S",
        lambda window: window.help.choose_report(),
    ),
    Action.DISMISS: ActionSpec(
        "Dismiss", "Close the newest message", "Esc", lambda window: window.toasts.dismiss(), icon="dismiss"
    ),
    Action.QUIT: ActionSpec("Quit", "Stop everything and close the window", "Ctrl+Q", lambda window: window.close()),
}

assert set(ACTIONS) == set(Action)


def make_actions(window: "MainWindow") -> dict[Action, QAction]:
    """Return the window's actions; their shortcuts work wherever the focus is, but for those of the transcript."""
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
        if spec.in_transcript:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # the list adds it to itself
        else:
            window.addAction(action)
        actions[name] = action
    return actions


def tooltip(action: Action) -> str:
    """Return what the action does and its shortcut as this system writes it."""
    spec = ACTIONS[action]
    return f"{spec.explanation} ({QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)})"
