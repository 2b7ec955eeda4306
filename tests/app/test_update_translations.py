"""The command that translators type: it writes beside what is shipped, and only for languages that there are."""

from pathlib import Path

import pytest

from app import update_translations
from app.update_translations import main


@pytest.fixture(autouse=True)
def updated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were updated, in a folder with English alone."""
    (tmp_path / "en.ts").touch()
    names: list[str] = []
    monkeypatch.setattr(update_translations, "SHIPPED", tmp_path)
    monkeypatch.setattr(update_translations, "update", lambda file: names.append(file.name))
    return names


def test_languages_are_begun_beside_those_that_are_there(updated: list[str]) -> None:
    assert main(["de", "pt_BR", "zh_TW", "sr_Latn"]) == 0
    assert updated == ["de.ts", "en.ts", "pt_BR.ts", "sr_Latn.ts", "zh_TW.ts"]


def test_help_writes_nothing(updated: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert "a language to begin" in capsys.readouterr().out
    assert not updated


@pytest.mark.parametrize("wrong", ["--halp", "klingon", "C", "", "de.ts", "de-DE", "DE", "de_XX", "../de"])
def test_what_is_no_language_is_refused_in_one_line(
    updated: list[str], wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([wrong]) == 2
    error = capsys.readouterr().err
    assert wrong in error
    assert error.count("\n") == 1
    assert not updated
