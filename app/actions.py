"""Everything the window can be told to do: one table, from which buttons, shortcuts and tooltips are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from app.selected_text import copy_selected_text_or
from app.words import mark, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow


class Action(Enum):
    """What the user can do; the value is the action's object name."""

    GO_TO_LIVE = "goToLive"
    GO_TO_PRACTICE = "goToPractice"
    GO_TO_VOCABULARY = "goToVocabulary"
    GO_TO_INSIDE = "goToInside"
    GO_TO_SETTINGS = "goToSettings"
    START_STOP = "startStop"
    OPEN_FILE = "openFile"
    SHOW_DEMO = "showDemo"
    MIRROR = "mirror"
    ZOOM = "zoom"
    PLOT = "plot"
    REPLAY = "replay"
    RECORD = "record"
    SESSIONS = "sessions"
    RESTORE_RECORDING = "restoreRecording"
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
    GO_ON = "goOn"
    SHOW_EXAMPLE = "showExample"
    SKIP = "skip"
    END_ROUND = "endRound"
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
        text: on a button, in English.
        explanation: in its tooltip, in English.
        shortcut: in Qt's portable notation.
        handler: what happens.
        icon: name of a file in assets/icons.
        checked: for something that is on or off, whether it is on at first.
        in_transcript: the shortcut is heard by the list of signs alone, for elsewhere its key means something else.
        in_practice: it is for that place alone, which enables it; elsewhere its key means something else.
        twin: a key that does the same, for it bears the same word on keyboards, or does so in other programmes.
    """

    text: str
    explanation: str
    shortcut: str
    handler: "Callable[[MainWindow], object]"
    icon: str | None = None
    checked: bool | None = None
    in_transcript: bool = False
    in_practice: bool = False
    twin: str | None = None


ACTIONS: Final[Mapping[Action, ActionSpec]] = {
    Action.GO_TO_LIVE: ActionSpec(
        mark("Live"),
        mark("Watch the signer"),
        "Alt+1",
        lambda window: window.go_to(Action.GO_TO_LIVE),
        icon="live",
        checked=True,
    ),
    Action.GO_TO_PRACTICE: ActionSpec(
        mark("Practice"),
        mark("Be asked for signs, and see how they went"),
        "Alt+2",
        lambda window: window.go_to(Action.GO_TO_PRACTICE),
        icon="practice",
        checked=False,
    ),
    Action.GO_TO_VOCABULARY: ActionSpec(
        mark("Vocabulary"),
        mark("Look signs up and make lessons"),
        "Alt+3",
        lambda window: window.go_to(Action.GO_TO_VOCABULARY),
        icon="vocabulary",
        checked=False,
    ),
    Action.GO_TO_INSIDE: ActionSpec(
        mark("Inside"),
        mark("See what the model attended to, what decided, and what is known of it"),
        "Alt+4",
        lambda window: window.go_to(Action.GO_TO_INSIDE),
        icon="inside",
        checked=False,
    ),
    Action.GO_TO_SETTINGS: ActionSpec(
        mark("Settings"),
        mark("Language, colours, text size, hands, privacy"),
        "Alt+5",
        lambda window: window.go_to(Action.GO_TO_SETTINGS),
        icon="settings",
        checked=False,
    ),
    Action.START_STOP: ActionSpec(
        mark("Start"),
        mark("Start or stop the chosen source"),
        "Ctrl+R",
        lambda window: window.session.toggle(),
        icon="start",
    ),
    Action.OPEN_FILE: ActionSpec(
        mark("Open…"),
        mark("Open a video or a recording"),
        "Ctrl+O",
        lambda window: window.pickers.choose_file(),
        icon="open",
    ),
    Action.SHOW_DEMO: ActionSpec(
        mark("Demo"), mark("Watch a drawn figure sign"), "Ctrl+D", lambda window: window.watch("demo"), icon="demo"
    ),
    Action.MIRROR: ActionSpec(
        mark("Mirror"),
        mark("Show the picture as in a mirror; recognition does not change"),
        "Ctrl+M",
        lambda window: window.viewing.apply_mirror(),
        icon="mirror",
        checked=False,
    ),
    Action.ZOOM: ActionSpec(
        mark("Zoom"),
        mark("Show the signer as large as fits; recognition does not change"),
        "Ctrl+G",
        lambda window: window.viewing.apply_zoom(),
        icon="zoom",
        checked=False,
    ),
    Action.PLOT: ActionSpec(
        mark("Plot"),
        mark("Show the probabilities of the last ten seconds"),
        "Ctrl+P",
        lambda window: window.viewing.apply_plot(),
        icon="plot",
        checked=True,
    ),
    Action.REPLAY: ActionSpec(
        mark("Replay"),
        mark("Watch the last sign again, slowly, with what the model attended to, and back"),
        "Ctrl+B",
        lambda window: window.viewing.apply_replay(),
        icon="replay",
        checked=False,
    ),
    Action.RECORD: ActionSpec(
        mark("Record"),
        mark("Record what is watched, to play it again later, and stop"),
        "F9",
        lambda window: window.recording_control.apply(),
        icon="record",
        checked=False,
    ),
    Action.SESSIONS: ActionSpec(
        mark("Sessions…"),
        mark("Play, rename, export or delete what was recorded"),
        "Ctrl+Shift+O",
        lambda window: window.show_sessions(),
    ),
    Action.RESTORE_RECORDING: ActionSpec(
        mark("Bring back the recording"),
        mark("Make a session of a recording that was cut short"),
        "Ctrl+Shift+B",
        lambda window: window.recording.restore(),
    ),
    Action.CHOOSE_SOURCE: ActionSpec(
        mark("Source"), mark("What to watch"), "Ctrl+1", lambda window: window.open_picker(window.toolbar.source)
    ),
    Action.CHOOSE_MODEL: ActionSpec(
        mark("Model"), mark("What names the signs"), "Ctrl+2", lambda window: window.open_picker(window.toolbar.model)
    ),
    Action.CHOOSE_DEVICE: ActionSpec(
        mark("Device"), mark("Where the model runs"), "Ctrl+3", lambda window: window.open_picker(window.toolbar.device)
    ),
    Action.CORRECT_SIGN: ActionSpec(
        mark("Correct…"),
        mark("Choose another gloss for the sign, or write one"),
        "F2",
        lambda window: window.live.transcript.correct(),
        icon="correct",
        in_transcript=True,
    ),
    Action.INSERT_SIGN: ActionSpec(
        mark("Insert…"),
        mark("Insert a sign that was missed after this one"),
        "Ins",
        lambda window: window.live.transcript.insert(),
        icon="insert",
        in_transcript=True,
    ),
    Action.DELETE_SIGNS: ActionSpec(
        mark("Delete"),
        mark("Delete the chosen signs"),
        "Del",
        lambda window: window.live.transcript.delete(),
        icon="dismiss",
        in_transcript=True,
    ),
    Action.UNDO: ActionSpec(
        mark("Undo"),
        mark("Take back the last change to the transcript"),
        "Ctrl+Z",
        lambda window: window.viewing.show_transcript().undo(),
        icon="undo",
    ),
    Action.REDO: ActionSpec(
        mark("Redo"),
        mark("Do again what was taken back"),
        "Ctrl+Shift+Z",
        lambda window: window.viewing.show_transcript().redo(),
        icon="redo",
        twin="Ctrl+Y",
    ),
    Action.COPY_TRANSCRIPT: ActionSpec(
        mark("Copy"),
        mark("Copy the chosen signs, or the whole transcript"),
        "Ctrl+C",
        lambda window: copy_selected_text_or(window.live.transcript.copy),
        icon="copy",
    ),
    Action.EXPORT_TRANSCRIPT: ActionSpec(
        mark("Export…"),
        mark("Save the transcript as subtitles, for ELAN, as a table or as JSON"),
        "Ctrl+E",
        lambda window: window.live.transcript.export(),
        icon="export",
    ),
    Action.CLEAR_TRANSCRIPT: ActionSpec(
        mark("Clear"),
        mark("Empty the transcript"),
        "Ctrl+L",
        lambda window: window.viewing.show_transcript().clear(),
        icon="clear",
    ),
    Action.RESTORE_TRANSCRIPT: ActionSpec(
        mark("Restore the last transcript"),
        mark("Bring back the signs of the session before this one"),
        "Ctrl+Shift+R",
        lambda window: window.viewing.show_transcript().restore(),
        icon="restore",
    ),
    Action.SPEAK_SIGNS: ActionSpec(
        mark("Speak signs"),
        mark("Say each sign aloud as it is recognised"),
        "Ctrl+T",
        lambda window: window.transcript.speak(window.by_action[Action.SPEAK_SIGNS].isChecked()),
        checked=False,
    ),
    Action.TRANSCRIPT_MENU: ActionSpec(
        mark("More"),
        mark("Everything that can be done with the transcript"),
        "Ctrl+Shift+M",
        lambda window: window.viewing.show_transcript().open_menu(),
        icon="more",
    ),
    Action.GO_ON: ActionSpec(
        mark("Next"),
        mark("In Practice: begin a round, go on, or repeat what was not right"),
        "Return",
        lambda window: window.practice.go_on(),
        in_practice=True,
        twin="Enter",
    ),
    Action.SHOW_EXAMPLE: ActionSpec(
        mark("Example"),
        mark("In Practice: see the sign that is asked for"),
        "H",
        lambda window: window.practice.see_example(),
        in_practice=True,
    ),
    Action.SKIP: ActionSpec(
        mark("Skip"),
        mark("In Practice: leave out the sign that is asked for"),
        "S",
        lambda window: window.practice.skip(),
        in_practice=True,
    ),
    Action.END_ROUND: ActionSpec(
        mark("End round"),
        mark("In Practice: end the round; answers are kept"),
        "E",
        lambda window: window.practice.leave(),
        in_practice=True,
    ),
    Action.PRESENT: ActionSpec(
        mark("Full screen"),
        mark("The picture and the last sign on the whole screen, and back"),
        "F11",
        lambda window: window.full_screen.apply(),
        icon="present",
        checked=False,
    ),
    Action.SHOW_SHORTCUTS: ActionSpec(
        mark("Keys"), mark("All keys at a glance"), "F1", lambda window: window.help.show_shortcuts()
    ),
    Action.SHOW_LOG: ActionSpec(
        mark("Log"), mark("What was logged last"), "Ctrl+Shift+L", lambda window: window.help.show_log()
    ),
    Action.SAVE_REPORT: ActionSpec(
        mark("Save a report…"),
        mark("Write versions, settings and log into a file, without pictures"),
        "Ctrl+Shift+S",
        lambda window: window.help.choose_report(),
    ),
    Action.DISMISS: ActionSpec(
        mark("Dismiss"), mark("Close the newest message"), "Esc", lambda window: window.toasts.dismiss(), icon="dismiss"
    ),
    Action.QUIT: ActionSpec(
        mark("Quit"), mark("Stop everything and close the window"), "Ctrl+Q", lambda window: window.close()
    ),
}

assert set(ACTIONS) == set(Action)


def make_actions(window: "MainWindow") -> dict[Action, QAction]:
    """Return the window's actions; their shortcuts work wherever the focus is, but for those of the transcript."""
    actions = {}
    for name, spec in ACTIONS.items():
        action = QAction(window)
        action.setObjectName(name.value)
        action.setShortcuts([QKeySequence(keys) for keys in (spec.shortcut, spec.twin) if keys is not None])
        action.setEnabled(not spec.in_practice)
        if spec.checked is not None:
            action.setCheckable(True)
            action.setChecked(spec.checked)
        action.triggered.connect(lambda _checked=False, handler=spec.handler: handler(window))
        if spec.in_transcript:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # the list adds it to itself
        else:
            window.addAction(action)
        actions[name] = action
    name_actions(actions)
    return actions


def name_actions(actions: Mapping[Action, QAction]) -> None:
    """Give the actions their texts and tooltips in the language in use."""
    for name, action in actions.items():
        action.setText(text_of(name))
        action.setToolTip(tooltip(name))


def text_of(action: Action) -> str:
    """Return the action's text in the language in use."""
    return tr(ACTIONS[action].text)


def tooltip(action: Action) -> str:
    """Return what the action does and its shortcut as this system writes it."""
    spec = ACTIONS[action]
    return f"{tr(spec.explanation)} ({QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)})"
