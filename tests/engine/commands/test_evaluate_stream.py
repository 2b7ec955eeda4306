"""`python -m engine evaluate-stream`, as a researcher types it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.commands import calibrate_stream
from engine.data.dataset import LabelledClip, save_dataset
from engine.data.streams import conditions
from engine.evaluation.stream_curves import THRESHOLDS, best_threshold
from engine.evaluation.stream_metrics import Outcome
from engine.models import folder
from engine.models.folder import load_model
from engine.recognition.recogniser import Recogniser
from engine.types import KeypointClip
from tests.engine.commands.conftest import Call
from tests.engine.signers import RAISED, clip_of, pose, sign

GLOSSES = ("eat", "go", "who")


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tiny model judges many windows: a few stretches tell as much as many."""
    monkeypatch.setattr(conditions, "IDLE_STRETCHES", 4)
    monkeypatch.setattr(conditions, "DISTRACTORS", 6)


def saved(place: Path, *clips: LabelledClip) -> Path:
    glosses = tuple(dict.fromkeys(item.gloss for item in clips))
    save_dataset(place, glosses, [(item, 25.0) for item in clips])
    return place


def labelled(gloss: str, shape: int, *, split: str = "val") -> LabelledClip:
    return LabelledClip(sign(shape=shape), gloss, split, "1", f"{gloss}{shape}")


@pytest.fixture
def signs(tmp_path: Path) -> Path:
    return saved(tmp_path / "signs", *(labelled(gloss, shape) for shape, gloss in enumerate(GLOSSES)))


@pytest.fixture
def others(tmp_path: Path) -> Path:
    return saved(tmp_path / "others", labelled("eat", 5), labelled("fox", 6), labelled("owl", 7))


@pytest.fixture
def webcam(tmp_path: Path) -> Path:
    still = LabelledClip(clip_of([pose()] * 50), "-", "val", "1", "0")
    return saved(tmp_path / "webcam", still)


def test_every_condition_is_a_line_and_the_bars_follow(
    call: Call, model: Path, signs: Path, others: Path, webcam: Path
) -> None:
    answer = call(
        "evaluate-stream",
        "--model",
        model,
        "--data",
        signs,
        others,
        webcam,
        "--split",
        "val",
        "--device",
        "cpu",
        "--json",
    )
    assert (answer.status, answer.complaints) == (0, [])
    of_kind = {
        kind: [line for line in answer.records if line["record"] == kind] for kind in ("condition", "threshold", "bar")
    }
    assert sum(map(len, of_kind.values())) == len(answer.records)
    measured = [(line["condition"], line["rate"]) for line in of_kind["condition"]]
    assert measured == [
        ("cuts", 25),
        ("transitions", 25),
        ("rests", 25),
        *(("mixed", rate) for rate in (12, 15, 25, 30)),
        ("idle", 25),
        ("null", 25),
        ("distractors", 25),
        ("unknown", 25),
    ]
    assert {line["split"] for line in answer.records} == {"val"}
    idle = next(line for line in of_kind["condition"] if line["condition"] == "idle")
    assert (idle["idle_alarms"], idle["word_error_rate"]) == (0.0, None)
    cuts = answer.records[0]
    assert cuts["signs"] == cuts["right"] + cuts["substitutions"] + cuts["deletions"] == 3
    thresholds = [line["threshold"] for line in of_kind["threshold"]]
    assert thresholds == sorted(thresholds)
    assert len({line["bar"] for line in of_kind["bar"]}) == 8


def test_the_same_call_prints_the_same_lines(call: Call, model: Path, signs: Path) -> None:
    arguments = (
        "evaluate-stream",
        "--model",
        model,
        "--data",
        signs,
        "--split",
        "val",
        "--rate",
        "15",
        "--device",
        "cpu",
    )
    first, again = (call(*arguments, "--json", "--seed", 7) for _ in range(2))
    assert first.lines == again.lines


def test_people_get_a_table_and_are_told_what_is_left_out(
    call: Call, model: Path, signs: Path, caplog: pytest.LogCaptureFixture
) -> None:
    answer = call(
        "evaluate-stream", "--model", model, "--data", signs, "--split", "val", "--rate", "15", "--device", "cpu"
    )
    assert answer.status == 0
    assert [line.split()[0] for line in answer.lines[1:8]] == [
        "condition", "cuts", "transitions", "rests", "mixed", "idle", "distractors",
    ]  # fmt: skip
    assert "Bars:" in answer.lines
    assert [record.args for record in caplog.records] == [("null",), ("unknown",)]


def test_glosses_that_the_model_does_not_know_are_told(
    call: Call, model: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    more = saved(tmp_path / "more", labelled("eat", 0), labelled("go", 1), labelled("fox", 6))
    arguments = ("--data", more, "--split", "val", "--only", "cuts", "--device", "cpu")
    assert call("evaluate-stream", "--model", model, *arguments).status == 0
    assert [record.getMessage() for record in caplog.records] == [
        "1 of the 3 glosses of the first dataset are not in the vocabulary of tiny: their clips are left out."
    ]


def test_some_conditions_can_be_measured_alone(call: Call, model: Path, signs: Path) -> None:
    arguments = ("evaluate-stream", "--model", model, "--data", signs, "--split", "val", "--device", "cpu")
    answer = call(*arguments, "--only", "cuts", "idle", "null")
    assert answer.status == 0
    assert [line.split()[0] for line in answer.lines[2:4]] == ["cuts", "idle"]
    assert not any("threshold" in line for line in answer.lines)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--data", "nowhere", "--split", "val"), "No dataset in nowhere"),
        (("--data", "signs", "--split", "test"), "No clips in split test"),
        (("--data", "signs", "--split", "val", "--only", "null"), "Nothing is left to measure"),
    ],
)
def test_bad_input_is_one_line(
    call: Call, model: Path, signs: Path, arguments: tuple[str, ...], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(signs.parent)
    answer = call("evaluate-stream", "--model", model, "--device", "cpu", *arguments)
    assert answer.status == 2
    assert len(answer.complaints) == 1
    assert why in answer.complaints[0]


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--rate", "0", "invalid frame rate from 1 to 240 value: '0'"),
        ("--rate", "241", "invalid frame rate from 1 to 240 value: '241'"),
        ("--rate", "nan", "invalid frame rate from 1 to 240 value: 'nan'"),
        ("--rate", "abc", "invalid frame rate from 1 to 240 value: 'abc'"),
        ("--seed", "-1", "invalid whole number"),
        ("--split", "all", "'all'"),
        ("--only", "null class", "'null class'"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(call: Call, signs: Path, option: str, value: str, why: str) -> None:
    answer = call("evaluate-stream", "--data", signs, "--split", "val", option, value)
    assert (answer.status, len(answer.complaints)) == (2, 1)
    assert f"argument {option}: " in answer.complaints[0]
    assert why in answer.complaints[0]


def test_the_threshold_for_streams_is_chosen_and_kept_beside_the_other(
    call: Call, make_model: Callable[..., Path], signs: Path, others: Path
) -> None:
    model = make_model()
    before = load_model(model)
    answer = call("calibrate-stream", "--model", model, "--data", signs, others)
    assert (answer.status, answer.complaints) == (0, [])
    after = load_model(model)
    assert after.calibration.stream_threshold in THRESHOLDS
    assert after.calibration.threshold == before.calibration.threshold
    assert Recogniser(after).stream_threshold == after.calibration.stream_threshold
    for name, values in before.network.state_dict().items():
        assert torch.equal(after.network.state_dict()[name], values)


def test_the_threshold_does_not_depend_on_the_one_before(
    call: Call, make_model: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held for twelve seconds, a sign is cut into pieces, and those of one answer are told once."""
    judged: list[Sequence[Outcome]] = []

    def choose(outcomes: Sequence[Outcome]) -> float:
        judged.append(outcomes)
        return best_threshold(outcomes)

    monkeypatch.setattr(calibrate_stream, "best_threshold", choose)
    held = saved(
        tmp_path / "held",
        *(LabelledClip(changing(shape), gloss, "val", "1", gloss) for shape, gloss in enumerate(GLOSSES)),
    )
    models = [make_model(threshold=threshold) for threshold in (0.0, 0.36, 1.0)]
    for model in models:
        assert call("calibrate-stream", "--model", model, "--data", held).status == 0
    assert judged[0] == judged[1] == judged[2]
    assert len({load_model(model).calibration.stream_threshold for model in models}) == 1


def changing(first: int) -> KeypointClip:
    """A sign of four hand shapes, three seconds each."""
    sway = 0.2 * np.sin(np.arange(75) / 4)
    frames = [pose(right=RAISED + float(y), shape=first + 7 * part) for part in range(4) for y in sway]
    return clip_of([pose()] * 10 + frames + [pose()] * 10)


def test_a_model_that_came_along_is_changed_elsewhere_or_by_its_path(
    call: Call, model: Path, signs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MODELS", model.parent)
    before = (model / folder.CONFIG).read_bytes()
    answer = call("calibrate-stream", "--model", model.name, "--data", signs)
    assert (answer.status, len(answer.complaints)) == (2, 1)
    assert "tiny came along and stays as it is" in answer.complaints[0]

    answer = call("calibrate-stream", "--model", model.name, "--data", signs, "--out", tmp_path / "mine", "--json")
    threshold = load_model(tmp_path / "mine").calibration.stream_threshold
    assert threshold in THRESHOLDS
    assert answer.records == [{"model": str(tmp_path / "mine"), "stream_threshold": threshold}]
    assert (model / folder.CONFIG).read_bytes() == before
    assert not (tmp_path / "mine" / folder.CARD).exists()


def test_a_model_that_is_made_elsewhere_has_the_card_of_the_one_it_is_made_of(
    call: Call, make_model: Callable[..., Path], signs: Path, tmp_path: Path
) -> None:
    model, mine = make_model(), tmp_path / "mine"
    (model / folder.CARD).write_text("# tiny\n\nÄ card.\n", encoding="utf-8")
    assert call("calibrate-stream", "--model", model, "--data", signs, "--out", mine).status == 0
    assert folder.read_card(mine) == "# tiny\n\nÄ card.\n"
    (mine / folder.CARD).write_text("# mine\n")
    assert call("calibrate-stream", "--model", model, "--data", signs, "--out", mine).status == 0
    assert folder.read_card(mine) == "# mine\n"


@pytest.mark.parametrize(
    ("glosses", "why"),
    [
        (("eat", "fox"), "has 1 of the 3 glosses of tiny and 1 others: name that of its vocabulary first."),
        (("eat", "go"), "has 2 of the 3 glosses of tiny: name that of its vocabulary first."),
        ((*GLOSSES, "fox"), "has 3 of the 3 glosses of tiny and 1 others"),
    ],
)
def test_a_threshold_is_not_chosen_on_another_vocabulary(
    call: Call, model: Path, tmp_path: Path, glosses: tuple[str, ...], why: str
) -> None:
    before = (model / folder.CONFIG).read_bytes()
    others = saved(tmp_path / "others", *(labelled(gloss, shape) for shape, gloss in enumerate(glosses)))
    answer = call("calibrate-stream", "--model", model, "--data", others, "--out", tmp_path / "mine")
    assert (answer.status, len(answer.complaints)) == (2, 1)
    assert why in answer.complaints[0]
    assert (model / folder.CONFIG).read_bytes() == before
    assert not (tmp_path / "mine").exists()


def test_without_other_glosses_only_what_is_no_sign_is_weighed_against(
    call: Call, make_model: Callable[..., Path], signs: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = make_model()
    assert call("calibrate-stream", "--model", model, "--data", signs).status == 0
    assert [record.args for record in caplog.records] == [("unknown",)]
    assert load_model(model).calibration.stream_threshold in THRESHOLDS
