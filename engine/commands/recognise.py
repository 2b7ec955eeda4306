"""`recognise`: name the sign in trimmed clips."""

import argparse
import time
from typing import Any

from engine.commands.arguments import add_json_argument, add_recogniser_arguments, load_recogniser, positive_integer
from engine.commands.output import for_each_file, print_json
from engine.commands.reading import find_keypoints, open_file
from engine.recognition.recogniser import Recogniser

NAME = "recognise"
HELP = "name the sign in each file, which holds one trimmed sign"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a video, a keypoint recording (.npz) or a .pose file")
    add_recogniser_arguments(parser)
    parser.add_argument(
        "--top", type=positive_integer, default=5, metavar="K", help="how many candidates (default: %(default)s)"
    )
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    show = print_json if arguments.json else _print_line
    recogniser = load_recogniser(arguments)
    return for_each_file(arguments.files, lambda file: show(_recognise(file, recogniser, top=arguments.top)))


def _recognise(file: str, recogniser: Recogniser, *, top: int) -> dict[str, Any]:
    began = time.perf_counter()
    found = find_keypoints(open_file(file))
    found_at = time.perf_counter()
    prediction = recogniser.predict(found.clip, top=top)
    ended = time.perf_counter()
    return {
        "file": file,
        "frames": len(found.clip),
        "top": [
            {"gloss": candidate.gloss, "probability": round(candidate.probability, 4)}
            for candidate in prediction.candidates
        ],
        "rejected": prediction.rejected,
        "timing_ms": {
            "keypoints": round(sum(found.keypoint_ns) / 1e6, 1),
            "model": round((ended - found_at) * 1000, 1),
            "total": round((ended - began) * 1000, 1),
        },
    }


def _print_line(record: dict[str, Any]) -> None:
    candidates = "  ".join(f"{entry['gloss']} {entry['probability']:.0%}" for entry in record["top"])
    verdict = "uncertain: " if record["rejected"] else ""
    print(f"{record['file']}  {verdict}{candidates}", flush=True)
