"""What the window remembers: choices, sources, models, and settings that are damaged."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.settings_store import DAMAGED_NAME, FILE_NAME
from app.view_model import Situation
from tests.app.conftest import Launch
from tests.app.driving import button, choose, click, remember, remembered, until
from tests.app.scripted import World


def test_the_window_remembers_what_was_chosen(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: "small" in window.toolbar.model.values)
    click(qtbot, window, "mirrorButton")
    click(qtbot, window, "plotButton")
    choose(qtbot, window.toolbar.model, "small")
    qtbot.waitUntil(lambda: window.session.facts.model == "small")
    choose(qtbot, window.toolbar.device, "cpu")
    qtbot.waitUntil(lambda: window.session.wish.device == "cpu" and not window.session.facts.model_loading)
    window.resize(1100, 700)
    window.close()

    again = launch()
    until(qtbot, again, Situation.IDLE)
    qtbot.waitUntil(lambda: again.session.facts.model is not None)

    assert world.loaded[-1] == ("small", "cpu")
    assert not again.live.stage.picture.mirrored
    assert not button(again, "plotButton").isChecked()
    assert not again.live.plot.isVisible()
    assert again.height() == 700  # the width is more than Qt's offscreen screen has


def test_the_last_source_is_played_again_unless_another_is_asked_for(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path
) -> None:
    video = tmp_path / "eat.mp4"
    video.touch()
    remember(world, Settings(source=str(video)))

    window = launch()
    until(qtbot, window, Situation.ENDED)
    assert window.session.spec == str(video)

    other = launch("--source", "demo")
    until(qtbot, other, Situation.ENDED)
    assert other.session.spec == "demo"


def test_a_remembered_file_that_is_gone_gives_way_to_the_first_camera(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    remember(world, Settings(source="/gone/eat.mp4"))

    window = launch()
    until(qtbot, window, Situation.IDLE)

    told = "/gone/eat.mp4 is not there any more, so the first camera is shown. Open it where it is now."
    assert window.toasts.messages == (told,)
    assert window.settings.settings.source is None


def test_a_file_that_shows_nothing_is_not_shown_at_the_next_start(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path
) -> None:
    text = tmp_path / "notes.txt"
    text.touch()
    world.opening_errors[str(text)] = "notes.txt is no video."
    window = launch()
    until(qtbot, window, Situation.IDLE)
    window.watch(str(text))
    until(qtbot, window, Situation.FAILED)
    window.close()

    again = launch()
    until(qtbot, again, Situation.IDLE)


def test_a_file_that_is_asked_for_is_found_again_from_another_folder(
    qtbot: QtBot, launch: Launch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = tmp_path / "eat.mp4"
    video.touch()
    monkeypatch.chdir(tmp_path)
    launch("--source", "eat.mp4").close()
    monkeypatch.chdir("/")

    again = launch()
    until(qtbot, again, Situation.ENDED)

    assert again.session.spec == str(video)


def test_a_remembered_model_that_is_gone_gives_way_to_the_default(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.refused["mine"] = "mine: there is no model of this name. Choose another."
    remember(world, Settings(model="mine"))

    window = launch()
    qtbot.waitUntil(lambda: window.session.facts.model == "base")

    assert window.toasts.messages == (world.refused["mine"],)


@pytest.mark.parametrize("asked_for", [[], ["--model", "small"]])
def test_a_remembered_device_that_is_gone_gives_way_to_another_for_the_same_model(
    qtbot: QtBot, launch: Launch, world: World, asked_for: list[str]
) -> None:
    remember(world, Settings(model="small", device="cuda"))

    window = launch(*asked_for)
    qtbot.waitUntil(lambda: window.session.facts.model == "small")
    (told,) = window.toasts.messages
    window.close()

    assert "No CUDA GPU can be used here" in told
    assert world.loaded == [("small", "cuda"), ("small", "auto")]
    assert (remembered(world)["model"], remembered(world)["device"]) == ("small", "auto")


def test_a_remembered_model_that_is_gone_with_its_device_gives_way_to_the_default(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    world.refused["mine"] = "mine: there is no model of this name. Choose another."
    remember(world, Settings(model="mine", device="cuda"))

    window = launch()
    qtbot.waitUntil(lambda: window.session.facts.model == "base")

    assert world.loaded == [("mine", "cuda"), ("mine", "auto"), (None, "auto")]


def test_a_device_that_is_asked_for_is_not_replaced(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch("--device", "cuda")
    until(qtbot, window, Situation.NO_MODEL)
    assert world.loaded == [(None, "cuda")]


def test_a_models_folder_is_found_again_from_another_folder(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    window = launch("--model", "models/mine")
    until(qtbot, window, Situation.IDLE)
    window.close()
    monkeypatch.chdir("/")

    again = launch()
    until(qtbot, again, Situation.IDLE)

    assert world.loaded[-1][0] == str(tmp_path / "models" / "mine")
    assert again.toolbar.model.currentText() == "mine"


def test_damaged_settings_are_told_in_the_window(launch: Launch, world: World) -> None:
    world.config.mkdir()
    damaged = '{"theme": "pink", "plot": false}'
    (world.config / FILE_NAME).write_text(damaged, encoding="utf-8")

    window = launch()

    beside = world.config / DAMAGED_NAME
    told = "Some settings could not be used and are at their defaults: theme."
    assert window.toasts.messages == (f"{told} The file as it was is kept as {beside}.",)
    assert not window.live.plot.isVisible()

    window.close()  # which writes where the window stood
    assert "pink" not in (world.config / FILE_NAME).read_text(encoding="utf-8")
    assert beside.read_text(encoding="utf-8") == damaged


def test_settings_that_are_damaged_while_the_window_runs_are_kept_before_a_change(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    window = launch()
    click(qtbot, window, "plotButton")
    qtbot.waitUntil(lambda: remembered(world).items() >= {"plot": False, "model": "base"}.items())  # no more is written
    damaged = '{"theme": "pi'
    file = world.config / FILE_NAME
    file.write_text(damaged, encoding="utf-8")

    window.close()

    assert '"geometry"' in file.read_text(encoding="utf-8")
    assert (world.config / DAMAGED_NAME).read_text(encoding="utf-8") == damaged


def test_damaged_settings_are_told_in_the_language_of_the_window(launch: Launch, world: World) -> None:
    world.config.mkdir()
    (world.config / FILE_NAME).write_text('{\n  "language": "zh_CN",\n  "plot: tru,\n}', encoding="utf-8")

    window = launch()

    assert len(window.toasts.messages) == 1
    assert "unreadable" not in window.toasts.messages[0]
    assert "无法读取的行" in window.toasts.messages[0]
