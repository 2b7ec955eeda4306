"""Model cards: written by the commands that make a model, never over what somebody wrote."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.models import eight_bits
from engine.models.folder import load_model, read_card
from tests.engine.commands.fine_tuning import finetune


def test_a_model_gets_a_card_that_says_how_it_was_made(data: Path) -> None:
    assert finetune(data, "--seed", "3") == 0
    card = read_card(Path("model"))
    assert card.startswith("# model\n")
    assert (
        f"    python -m engine finetune --config recipe.toml --data {data} --out model --device cpu --seed 3\n" in card
    )
    assert f"* {data}: 6 train, 2 val, 2 test clips, known signers: 2\n" in card
    assert "On the 2 validation clips" in card
    assert f"threshold of {load_model(Path('model')).calibration.threshold:.3g} " in card
    assert main(["narrow", "--model", "model", "--data", str(data), "--out", "one"]) == 0
    assert "narrow --model model" in read_card(Path("one"))


def test_threshold_and_card_are_those_of_the_weights_that_are_written(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eight_bits, "SMALLEST", 1)
    monkeypatch.setattr(eight_bits, "LARGEST", 1)
    assert finetune(data) == 0
    assert main(["narrow", "--model", "model", "--data", str(data), "--out", "same"]) == 0
    assert load_model(Path("model")).calibration == load_model(Path("same")).calibration
    figures, same = (read_card(Path(name)).split("## Figures")[1].split("<!--")[0] for name in ("model", "same"))
    assert figures == same


@pytest.mark.parametrize(
    "by_hand",
    [
        lambda _: "# Mine\n",
        lambda card: card.replace("not known to the command", "C-UDA 1.0"),
        lambda card: card + "More.\n",
    ],
)
def test_a_card_that_somebody_has_written_or_changed_is_kept(
    data: Path, caplog: pytest.LogCaptureFixture, by_hand: Callable[[str], str]
) -> None:
    assert finetune(data) == 0
    kept = by_hand(read_card(Path("model")))
    Path("model/CARD.md").write_text(kept, encoding="utf-8")
    assert finetune(data, "--seed", "1", "--checkpoints", "again") == 0
    assert read_card(Path("model")) == kept
    assert any("model/CARD.md was kept" in record.getMessage() for record in caplog.records)


def test_a_card_that_nobody_has_touched_follows_its_model(data: Path) -> None:
    for seed in ("0", "1"):
        assert finetune(data, "--seed", seed, "--checkpoints", f"run{seed}") == 0
        assert f"--seed {seed} --checkpoints" in read_card(Path("model"))
