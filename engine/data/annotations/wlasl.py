"""WLASL as it is published: WLASL_v0.3.json, a list of glosses with their instances.

{"gloss": word, "instances": [{"video_id": "69241", "split": "train", "signer_id": 118, ...}, ...]}. The order of the
list is that of the labels, and WLASL100, 300 and 1000 are its first glosses (the published nslt_100.json says the
same). Videos are the trimmed ones that WLASL's own scripts write, named by their video_id.
"""

from pathlib import Path
from typing import Any, Final

from engine.data.annotations.files import annotation_file, known_signer, read_json
from engine.data.annotations.rows import Annotations, Row
from engine.data.wlasl_copies import DOUBLED

FILE: Final = "WLASL_v0.3.json"


def read_wlasl(source: Path) -> Annotations:
    """Read WLASL's annotations, less the training copies of recordings that it holds twice."""
    path = source / FILE
    with annotation_file(path, "WLASL's list of glosses"):
        entries = read_json(path)
        glosses = tuple(entry["gloss"].strip().lower() for entry in entries)
        rows = tuple(
            Row(
                video=_video_id(instance),
                gloss=gloss,
                split=instance["split"],
                signer=known_signer(instance.get("signer_id")),
            )
            for gloss, entry in zip(glosses, entries, strict=True)
            for instance in entry["instances"]
            if instance["video_id"] not in DOUBLED
        )
    return Annotations(glosses, rows)


def _video_id(instance: dict[str, Any]) -> str:
    video = instance["video_id"]
    if not isinstance(video, str):
        raise TypeError(f"video_id must be text, not {video!r}")  # a number would have lost its leading zeros
    return video
