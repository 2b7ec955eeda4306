"""MS-ASL as it is published: MSASL_train.json, MSASL_val.json and MSASL_test.json, a list of clips each.

{"url": of a YouTube video, "start_time" and "end_time" in seconds, "label": number, "clean_text": gloss, "signer_id":
number, ...}. A clip's own name is its split and its place in the list, as in train_00012; its video's name is
YouTube's, the eleven characters in the address. A file of keypoints with the clip's name is the clip; one with the
video's name is the whole video, and the clip is cut out of it.
"""

import re
from pathlib import Path
from typing import Any, Final

from engine.data.annotations.files import annotation_file, known_signer, read_json
from engine.data.annotations.rows import Annotations, Row, Stretch
from engine.data.dataset import SPLITS

VIDEO: Final = re.compile(r"(?:[?&]v=|youtu\.be/|/embed/)([\w-]{11})")


def read_msasl(source: Path) -> Annotations:
    """Read MS-ASL's annotations; a subset of it keeps the first labels."""
    names: dict[int, str] = {}
    rows: list[Row] = []
    for split in SPLITS:
        path = source / f"MSASL_{split}.json"
        with annotation_file(path, "a list of MS-ASL's clips"):
            for number, item in enumerate(read_json(path)):
                gloss = names.setdefault(int(item["label"]), item["clean_text"].strip().lower())
                rows.append(
                    Row(
                        video=f"{split}_{number:05}",
                        gloss=gloss,
                        split=split,
                        signer=known_signer(item.get("signer_id")),
                        part_of=_stretch(item),
                    )
                )
    return Annotations(tuple(names[label] for label in sorted(names)), tuple(rows))


def _stretch(item: dict[str, Any]) -> Stretch | None:
    found = VIDEO.search(item["url"])
    return Stretch(found[1], float(item["start_time"]), float(item["end_time"])) if found else None
