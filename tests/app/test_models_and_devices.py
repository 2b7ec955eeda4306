"""Models and devices are chosen, loaded, refused and changed while the window runs."""

from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.view_model import Situation, situation
from engine.errors import UserFacingError
from engine.sources.personal_signs import PersonalSign
from engine.types import Activity, Keypoints, SignEvent, StreamUpdate
from tests.app.conftest import Launch
from tests.app.driving import choose, headline, until
from tests.app.scripted import World, prediction, sign_event, take


def test_pictures_come_while_the_model_is_still_being_loaded(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.models_may_load.clear()
    window = launch()
    qtbot.waitUntil(lambda: window.live.stage.shows_picture)

    qtbot.waitUntil(lambda: window.live.state_line.hint.text() == "The model is being loaded.")
    assert headline(window) == "Warming up"

    world.models_may_load.set()
    until(qtbot, window, Situation.IDLE)
    assert window.toolbar.model.currentText() == "base"


def test_a_model_is_changed_while_the_camera_runs(qtbot: QtBot, window: MainWindow, world: World) -> None:
    qtbot.waitUntil(lambda: "small" in window.toolbar.model.values)

    choose(qtbot, window.toolbar.model, "small")
    qtbot.waitUntil(lambda: window.session.facts.model == "small")

    assert world.loaded[-1] == ("small", "auto")
    assert len(world.sources) == 1
    assert situation(window.session.facts) is Situation.IDLE


def test_a_sign_under_way_is_named_once_though_the_model_is_changed_in_it(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    first, second = SigningStream(), SigningStream()
    streams = iter((first, second))
    world.new_stream = lambda: next(streams)
    window = launch()
    until(qtbot, window, Situation.SIGNING)
    qtbot.waitUntil(lambda: "small" in window.toolbar.model.values)

    choose(qtbot, window.toolbar.model, "small")
    qtbot.waitUntil(lambda: window.session.facts.model == "small")
    seen = first.seen
    qtbot.waitUntil(lambda: first.seen > seen + 1)
    first.rests = second.rests = True
    qtbot.waitUntil(lambda: second.seen > 0)

    qtbot.waitUntil(lambda: bool(window.live.transcript.lines))
    assert [line.entry.event.gloss for line in window.live.transcript.lines] == ["eat"]


def test_a_sign_that_is_learned_is_named_from_the_next_sign_on(qtbot: QtBot, launch: Launch, world: World) -> None:
    first, second = SigningStream(), SigningStream()
    streams = iter((first, second))
    world.new_stream = lambda: next(streams)
    window = launch()
    until(qtbot, window, Situation.SIGNING)

    window.personal.put(PersonalSign("hut", (take(),)))
    qtbot.waitUntil(lambda: "hut" in window.session.recognised)
    seen = first.seen
    qtbot.waitUntil(lambda: first.seen > seen + 1)
    assert not second.seen
    first.rests = second.rests = True

    qtbot.waitUntil(lambda: second.seen > 0)


class SigningStream:
    """Sees a sign until the test lets the hands rest; ended before, it announces what it has seen of it.

    Attributes:
        seen: so many frames.
        rests: the hands do, from now on.
    """

    def __init__(self) -> None:
        self.seen = 0
        self.rests = False
        self._under_way = False

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        self.seen += 1
        if self.rests:
            return StreamUpdate(keypoints.time_ns, Activity.IDLE, events=self.finish())
        self._under_way = True
        return StreamUpdate(keypoints.time_ns, Activity.SIGNING)

    def finish(self) -> tuple[SignEvent, ...]:
        under_way, self._under_way = self._under_way, False
        return (sign_event("eat"),) if under_way else ()


def test_a_bad_model_is_refused_and_the_one_in_use_stays(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.refused["small"] = "small: weights.safetensors is damaged. Install the model again."
    window = launch("--model", "base")
    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: "small" in window.toolbar.model.values)

    choose(qtbot, window.toolbar.model, "small")
    qtbot.waitUntil(lambda: window.toasts.messages == (world.refused["small"],))

    assert window.session.facts.model == "base"
    assert window.toolbar.model.currentText() == "base"
    assert situation(window.session.facts) is Situation.IDLE


def test_without_any_model_the_picture_is_shown_and_the_lack_is_told(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    world.refused["mine"] = "mine: there is no model of this name. Choose another."
    window = launch("--model", "mine")

    until(qtbot, window, Situation.NO_MODEL)

    assert window.live.stage.shows_picture
    assert window.toasts.messages == (world.refused["mine"],)


def test_a_recogniser_that_breaks_is_put_aside_and_comes_back_when_chosen(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    world.signer.does(Activity.SIGNING, prediction(("eat", 0.9)))
    qtbot.waitUntil(lambda: window.session.facts.prediction is not None)
    world.signer.breaks_the_recogniser(UserFacingError("The model ran out of memory. Choose a smaller one."))
    until(qtbot, window, Situation.NO_MODEL)
    assert window.session.facts.prediction is None, "nobody judges the sign under way any more"
    world.signer.does(Activity.IDLE)
    assert "out of memory" in window.toasts.messages[0]

    choose(qtbot, window.toolbar.model, "base")
    until(qtbot, window, Situation.IDLE)


def test_the_automatic_device_tells_what_it_fell_back_to(qtbot: QtBot, launch: Launch) -> None:
    window = launch("--device", "cpu")
    until(qtbot, window, Situation.IDLE)
    assert window.toolbar.device.currentText() == "CPU"

    choose(qtbot, window.toolbar.device, "auto")
    qtbot.waitUntil(lambda: window.toolbar.device.currentText() == "Auto (CPU)")

    assert window.toasts.messages == ("No CUDA GPU found: the CPU does the work.",)
    assert "No CUDA GPU found" in window.toolbar.device.toolTip()


def test_the_automatic_device_does_not_nag_at_every_start(window: MainWindow) -> None:
    assert window.toasts.messages == ()
    assert "No CUDA GPU found" in window.toolbar.device.toolTip()


def test_a_device_that_is_not_there_is_refused(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window.toolbar.device, "cuda")
    qtbot.waitUntil(lambda: len(window.toasts.messages) == 1)

    assert window.toolbar.device.currentText() == "Auto (CPU)"
    assert situation(window.session.facts) is Situation.IDLE
