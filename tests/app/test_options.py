from pathlib import Path

import pytest

from app import settings
from app.options import Options, parse_options
from engine.errors import UserFacingError
from engine.recognition import devices


def test_without_arguments_the_defaults_hold() -> None:
    assert parse_options([]) == Options(source=None, model=None, device=None, exit_after=None, screenshot=None)


def test_every_argument_is_read() -> None:
    source = ["--source", "camera:1", "--model", "small", "--device", "cpu"]

    assert parse_options([*source, "--exit-after", "2.5", "--screenshot", "out/s.png"]) == Options(
        "camera:1", "small", "cpu", 2.5, Path("out/s.png")
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--device", "gpu"],
        ["--exit-after", "soon"],
        ["--exit-after", "-1"],
        ["--exit-after", "nan"],
        ["--exit-after", "inf"],
        ["--screenshot", "s.txt"],
        ["--sauce", "demo"],
        ["--source"],
        ["clip.mp4"],
    ],
)
def test_a_bad_argument_is_refused_in_one_line(arguments: list[str]) -> None:
    with pytest.raises(UserFacingError) as refusal:
        parse_options(arguments)

    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith("See main.py --help.")


def test_the_devices_are_those_of_the_engine() -> None:
    assert settings.DEVICES == devices.DEVICES
