"""`extract`: write the keypoints of files."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from engine.commands.arguments import add_json_argument
from engine.commands.output import for_each_file, print_json
from engine.commands.reading import find_keypoints, open_file
from engine.errors import UserFacingError
from engine.files import is_file
from engine.joints import LEFT_HAND, RIGHT_HAND
from engine.sources.pose_file import save_pose
from engine.sources.recording import save_recording
from engine.sources.session import is_session
from engine.types import KeypointClip

NAME = "extract"
HELP = "write the keypoints of each file as a recording that every other command reads"

FORMATS: Final[dict[str, Callable[[Path, KeypointClip], None]]] = {"npz": save_recording, "pose": save_pose}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a video, a keypoint recording (.npz) or a .pose file")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to; made if needed")
    parser.add_argument("--format", choices=tuple(FORMATS), default="npz", help="what to write (default: %(default)s)")
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    show = print_json if arguments.json else _print_line
    written: set[Path] = set()

    def extract(file: str) -> None:
        out = arguments.out / f"{Path(file).stem}.{arguments.format}"
        if out in written:
            raise UserFacingError(f"{file} was left out: another file of this call was already written to {out}.")
        if is_session(out):
            raise UserFacingError(f"{file} was left out: {out} is a session, which would be lost. Change --out.")
        if _is_same(out, Path(file)):
            raise UserFacingError(f"{file} was left out: it would be replaced by its own keypoints. Change --out.")
        clip = find_keypoints(open_file(file)).clip
        FORMATS[arguments.format](out, clip)
        written.add(out)
        show(_record(file, out, clip))

    return for_each_file(arguments.files, extract)


def _is_same(one: Path, other: Path) -> bool:
    return is_file(one) and is_file(other) and one.samefile(other)


def _record(file: str, out: Path, clip: KeypointClip) -> dict[str, Any]:
    left, right = (float((clip.joints[:, hand, 2] > 0).any(axis=1).mean()) for hand in (LEFT_HAND, RIGHT_HAND))
    return {
        "file": file,
        "out": str(out),
        "frames": len(clip),
        "left_hand_seen": round(left, 3),
        "right_hand_seen": round(right, 3),
    }


def _print_line(record: dict[str, Any]) -> None:
    print(
        f"{record['file']} -> {record['out']}  {record['frames']} frames, "
        f"left hand in {record['left_hand_seen']:.0%}, right hand in {record['right_hand_seen']:.0%}",
        flush=True,
    )
