"""`extract`: write the keypoints of files."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from engine.commands.arguments import add_json_argument
from engine.commands.output import for_each_file, print_json, remark
from engine.commands.reading import find_keypoints, open_file
from engine.errors import UserFacingError
from engine.files import is_file, is_folder, reading
from engine.joints import LEFT_HAND, RIGHT_HAND
from engine.sources.pose_file import save_pose
from engine.sources.recording import save_recording
from engine.sources.session import is_session
from engine.types import KeypointClip

NAME = "extract"
HELP = "write the keypoints of each file as a recording that every other command reads"

KEYPOINTS: Final = (".npz", ".pose")
READ_IN_FOLDERS: Final = (".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".webm", ".wmv", *KEYPOINTS)
"""What a folder is searched for, by suffix; a file that is named is read whatever it is called."""
FORMATS: Final[dict[str, Callable[[Path, KeypointClip], None]]] = {"npz": save_recording, "pose": save_pose}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a video, a keypoint recording (.npz), a .pose file, or a folder: all of these in it and its subfolders, "
        "which --out will have, too; of a video beside which its keypoints lie these",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to; made if needed")
    parser.add_argument("--format", choices=tuple(FORMATS), default="npz", help="what to write (default: %(default)s)")
    parser.add_argument(
        "--skip-existing",
        action="store_true",
        help="leave out what is in --out already, so that a call that was interrupted goes on",
    )
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    show = print_json if arguments.json else _print_line
    becomes: dict[str, Path] = {}
    """What is written of each file."""
    taken: set[Path] = set()
    skipped = 0

    def search(name: str) -> None:
        out, suffix = arguments.out, f".{arguments.format}"
        becomes.update(
            _files_in(Path(name), out=out, suffix=suffix)
            if is_folder(Path(name))
            else {name: out / f"{Path(name).stem}{suffix}"}
        )

    def extract(file: str) -> None:
        nonlocal skipped
        out = becomes[file]
        if out in taken:
            raise UserFacingError(f"{file} was left out: another file of this call becomes {out}.")
        if arguments.skip_existing and is_file(out):
            taken.add(out)
            skipped += 1
            return
        if is_session(out):
            raise UserFacingError(f"{file} was left out: {out} is a session, which would be lost. Change --out.")
        if _is_same(out, Path(file)):
            raise UserFacingError(f"{file} was left out: it would be replaced by its own keypoints. Change --out.")
        clip = find_keypoints(open_file(file)).clip
        FORMATS[arguments.format](out, clip)
        taken.add(out)
        show(_record(file, out, clip))

    status = max(for_each_file(arguments.files, search), for_each_file(list(becomes), extract))
    if skipped:
        remark(f"{skipped:,} of {len(becomes):,} files had keypoints in {arguments.out} already.")
    return status


def _files_in(folder: Path, *, out: Path, suffix: str) -> dict[str, Path]:
    """The files in a folder and its subfolders, and what each becomes below `out`.

    Not among them: what was written to `out` below the folder, or beside the videos, by such a call, and videos whose
    keypoints lie beside them, as those of sessions do.
    """
    with reading(folder):
        found = [
            path
            for path in sorted(folder.rglob("*"))
            if path.suffix.lower() in READ_IN_FOLDERS and path.is_file() and not _lies_between(path, folder, out)
        ]
    if not found:
        raise UserFacingError(f"{folder} holds no file to read: none ends in {', '.join(READ_IN_FOLDERS)}.")
    becomes = {path: out / path.parent.relative_to(folder) / f"{path.stem}{suffix}" for path in found}
    written = {into.resolve() for path, into in becomes.items() if not _is_same(path, into)}
    read = [path for path in found if path.resolve() not in written]
    known = {path.with_suffix("") for path in read if path.suffix.lower() in KEYPOINTS}
    return {
        str(path): becomes[path]
        for path in read
        if path.suffix.lower() in KEYPOINTS or path.with_suffix("") not in known
    }


def _lies_between(path: Path, folder: Path, out: Path) -> bool:
    """Whether a file of a folder lies in a folder for results inside it."""
    results = out.resolve()
    return folder.resolve() in results.parents and results in path.resolve().parents


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
