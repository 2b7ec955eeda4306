"""Average motions, by the command that a researcher types."""

import json
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.commands import prototypes
from engine.sources.prototypes import load_prototypes, save_prototypes
from tests.engine.commands.fine_tuning import GLOSSES


def test_prototypes_are_averaged_from_the_training_split(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prototypes", "--data", str(data), "--out", "signs.npz"]) == 0
    assert "2 prototypes of 2 glosses" in capsys.readouterr().out
    assert list(load_prototypes(Path("signs.npz"))) == list(GLOSSES)


@pytest.mark.parametrize(
    ("out", "why"),
    [
        (".", "error: . is a folder. Name a file inside it.\n"),
        ("data", "error: data is a folder. Name a file inside it.\n"),
        ("recipe.toml/signs.npz", "error: Cannot write recipe.toml: File exists. Choose another place.\n"),
    ],
)
def test_prototypes_that_could_not_be_written_are_not_averaged(
    data: Path, out: str, why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(prototypes, "average_signs")
    assert main(["prototypes", "--data", str(data), "--out", out]) == 2
    assert capsys.readouterr().err == why


def test_how_many_prototypes_there_are_is_told_in_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prototypes", "--data", str(data), "--out", "signs.npz", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"out": "signs.npz", "prototypes": 2, "glosses": 2}


def test_glosses_that_have_a_prototype_get_no_other(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prototypes", "--data", str(data), "--out", "signs.npz"]) == 0
    known = load_prototypes(Path("signs.npz"))
    save_prototypes(Path("first.npz"), [known[GLOSSES[0]]])
    assert main(["prototypes", "--data", str(data), "--without", "first.npz", "--out", "rest.npz"]) == 0
    assert "1 prototypes of 2 glosses" in capsys.readouterr().out
    assert list(load_prototypes(Path("rest.npz"))) == [GLOSSES[1]]
    assert main(["prototypes", "--data", str(data), "--without", "signs.npz", "--out", "none.npz"]) == 2
    assert not Path("none.npz").exists()
