import json
import stat
import sys
from pathlib import Path

import pytest
import safetensors.torch
import torch

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.eight_bits import SCALES
from engine.models.folder import (
    Calibration,
    TrainedModel,
    available_models,
    lasting_name,
    load_model,
    resolve_model,
    save_model,
)

EIGHT_BITS = torch.float8_e4m3fn
TINY = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=16)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    network = SignClassifier(ModelConfig(TINY, classes=3, input=InputSpec(frames=8, rate=10.0))).eval()
    model = TrainedModel(
        "tiny",
        ("eat", "go", "who"),
        InputSpec(frames=8, rate=10.0),
        Calibration(1.5, 0.4, background_bias=-2.5),
        network,
    )
    save_model(tmp_path / "tiny", model)
    return tmp_path / "tiny"


def test_a_saved_model_comes_back(folder: Path) -> None:
    model = load_model(folder)
    assert model.name == "tiny"
    assert model.glosses == ("eat", "go", "who")
    assert model.calibration == Calibration(1.5, 0.4, background_bias=-2.5)
    assert model.input == InputSpec(frames=8, rate=10.0)
    assert not model.network.training


def edit(path: Path, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def edit_part(folder: Path, part: str, **changes: object) -> None:
    table = json.loads((folder / "config.json").read_text())
    edit(folder / "config.json", **{part: table[part] | changes})


def edit_weights(folder: Path, name: str, values: torch.Tensor, *, scales: tuple[int, ...] | None = None) -> None:
    """Put `values` in the place of some weights, with as many `scales` beside them."""
    weights = safetensors.torch.load_file(folder / "weights.safetensors") | {name: values}
    if scales is not None:
        weights[name + SCALES] = torch.ones(scales)
    safetensors.torch.save_file(weights, folder / "weights.safetensors")


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda folder: (folder / "weights.safetensors").unlink(), "weights.safetensors is missing"),
        (lambda folder: (folder / "weights.safetensors").write_bytes(b"not weights"), "damaged"),
        (
            lambda folder: (folder / "weights.safetensors").write_bytes(
                (folder / "weights.safetensors").read_bytes()[:-100]
            ),
            "damaged",
        ),
        (lambda folder: (folder / "labels.json").write_text('["eat", "go"]'), "head"),
        (lambda folder: (folder / "labels.json").write_text('["eat", "eat", "go"]'), "twice"),
        (lambda folder: (folder / "labels.json").write_text("[1, 2, 3]"), "glosses"),
        (lambda folder: (folder / "config.json").write_text("{"), "not readable"),
        (lambda folder: (folder / "config.json").unlink(), "config.json is missing"),
        (lambda folder: edit(folder / "config.json", format=99), "format is 99"),
        (lambda folder: edit(folder / "config.json", joints=75), "75 joints"),
        (lambda folder: edit(folder / "config.json", surprise=1), "surprise"),
        (lambda folder: edit(folder / "config.json", calibration={"temperature": 0.0}), "calibration"),
        (lambda folder: edit(folder / "config.json", encoder="small"), "table of settings"),
        (lambda folder: edit_part(folder, "encoder", joint_widths=[]), "sizes of its encoder"),
        (lambda folder: edit_part(folder, "encoder", dropout=5.0), "sizes of its encoder"),
        (lambda folder: edit_part(folder, "encoder", heads=5), "sizes of its encoder"),
        # Far more than any computer's memory: nothing of that size may be made before it is refused.
        (lambda folder: edit_part(folder, "encoder", part_width=8192, feed_forward=8192, blocks=64), "too small"),
        (lambda folder: edit_part(folder, "encoder", joint_widths=[8192] * 1000), "too small"),
        (lambda folder: edit(folder / "config.json", background=100_000), "too small"),
        (lambda folder: edit(folder / "config.json", place={"width": 4096, "blocks": 32}), "too small"),
        (
            lambda folder: edit_weights(folder, "head.bias", torch.zeros(3, dtype=torch.int8), scales=(3,)),
            "head.bias has",
        ),
        (lambda folder: edit_weights(folder, "head.bias", torch.tensor(0, dtype=torch.int8), scales=()), "head.bias"),
        (lambda folder: edit_weights(folder, "head.bias", torch.full((3,), torch.nan).to(EIGHT_BITS)), "not numbers"),
        (lambda folder: edit_part(folder, "input", min_confidence=float("nan")), "min_confidence"),
        (lambda folder: edit_part(folder, "calibration", background_bias=float("nan")), "calibration"),
        (lambda folder: edit_part(folder, "calibration", temperature=float("inf")), "calibration"),
        (lambda folder: edit_part(folder, "calibration", temperature=10**400), "should be a number"),
        (lambda folder: edit_part(folder, "calibration", stream_threshold=float("nan")), "should be a number"),
        (lambda folder: (folder / "labels.json").write_text("[" * 100_000), "not readable"),
    ],
)
def test_a_damaged_or_foreign_folder_is_refused_with_one_line(folder: Path, damage, why: str) -> None:
    damage(folder)
    with pytest.raises(UserFacingError) as refusal:
        load_model(folder)
    assert why in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_weights_that_may_not_be_read_are_neither_missing_nor_damaged(folder: Path) -> None:
    (folder / "weights.safetensors").unlink()
    (folder / "weights.safetensors").mkdir()  # stands for whatever the system refuses to read
    with pytest.raises(UserFacingError, match="is not readable"):
        load_model(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_whoever_may_read_the_labels_may_read_the_weights(folder: Path) -> None:
    modes = {stat.filemode((folder / name).stat().st_mode) for name in ("labels.json", "weights.safetensors")}
    assert len(modes) == 1


def test_counters_are_not_rounded(folder: Path) -> None:
    model = load_model(folder)
    counter = "encoder.embedding.parts.hand.over_joints.0.norm.num_batches_tracked"
    model.network.state_dict()[counter].fill_(70_001)
    save_model(folder, model)
    assert int(load_model(folder).network.state_dict()[counter]) == 70_001


def test_weights_that_are_not_numbers_are_refused(folder: Path) -> None:
    model = load_model(folder)
    with torch.no_grad():
        model.network.head.weight[0, 0] = torch.nan
    save_model(folder, model)
    with pytest.raises(UserFacingError, match="not numbers"):
        load_model(folder)


def test_a_model_is_found_by_path_and_an_unknown_name_lists_what_there_is(folder: Path) -> None:
    assert resolve_model(str(folder)) == folder
    with pytest.raises(UserFacingError, match="No model 'nonsense'"):
        resolve_model("nonsense")
    with pytest.raises(UserFacingError, match="cannot be read"):
        resolve_model("long" * 100)


def test_a_folder_is_found_again_from_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    names = [lasting_name(resolve_model(each)) for each in (folder.name, "wlasl100", str(resolve_model("wlasl100")))]
    assert names == [str(folder), "wlasl100", "wlasl100"]


def test_every_model_that_ships_loads() -> None:
    names = available_models()
    assert names
    for name in names:
        threshold = load_model(resolve_model(name)).calibration.stream_threshold
        assert threshold is not None
        assert 0 < threshold < 1  # on streams every one commits itself


@pytest.mark.parametrize(("there", "default"), [(("mine", "wlasl100"), "wlasl100"), (("second", "first"), "first")])
def test_a_model_beside_those_that_ship_does_not_become_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: tuple[str, ...], default: str
) -> None:
    monkeypatch.setattr("engine.models.folder.MODELS", tmp_path)
    for name in there:
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").touch()

    assert resolve_model() == tmp_path / default
