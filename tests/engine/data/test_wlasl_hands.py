"""WLASL300 and WLASL2000: hands without sides and without a body."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from engine.data.dataset import ClipDataset, LabelledClip, load_dataset
from engine.data.handedness import tell_sides
from engine.data.held_out import NOBODY, HeldOut
from engine.data.wlasl import HOLISTIC_100, read_holistic_100
from engine.data.wlasl_copies import DOUBLED, HANDS_300, HANDS_REST, copies_of_held_out, read_hands
from engine.data.wlasl_hands import (
    ASSUMED,
    HEIGHT,
    found_hands,
    known_sides,
    learned_judge,
    prepare_wlasl300,
    prepare_wlasl2000,
    rates_of_signers,
)
from engine.data.wlasl_index import IndexRow, frames_of_clips, read_index, redrawn
from engine.errors import UserFacingError
from engine.joints import LEFT_HAND, LEFT_SHOULDER, LEFT_WRIST, NOSE, RIGHT_HAND, RIGHT_SHOULDER
from tests.engine.data.hands import Array, mirrored, right_hand, turned
from tests.real_data import real

PUBLIC = real("data")
FRAMES = 8
ASPECT = 1.5
MISSING = -32768


@dataclass(frozen=True)
class Made:
    """A clip as the test makes it; `of` names the clip whose recording it is."""

    gloss: str
    label: int
    split: str
    signer: str = ""
    of: str | None = None


CLIPS = {
    "00001": Made("Eat", 0, "train", "11.0"),
    "00002": Made("go", 1, "train", "12.0"),
    "00003": Made("eat", 0, "test", "4.0"),
    "00004": Made("go", 1, "train", "4.0", of="00003"),
    "00005": Made("go", 1, "train", "11.0", of="00006"),
    "00006": Made("who", 300, "val"),
    "00007": Made("who", 300, "train", "13.0"),
}
IN_HOLISTIC = ("00001", "00002")
MIDDLE = {"00001": 0.1, "00002": -0.1}
"""Of the shoulders, in picture heights from the picture's middle."""
IN_300 = ("00001", "00002", "00003", "00004", "00005")


def recording(name: str) -> tuple[Array, Array]:
    """The left and the right hand (T, 21, 3) of a recording, in picture heights with x from the picture's middle."""
    random = np.random.default_rng(int(name))
    path = np.cumsum(random.uniform(-0.02, 0.02, (2, FRAMES, 1, 3)), axis=1) + np.array([0, 0.6, 0])
    right = [turned(right_hand(random), random, most=0.3) for _ in range(FRAMES)]
    left = [mirrored(turned(right_hand(random), random, most=0.3)) for _ in range(FRAMES)]
    return np.stack(left) + path[0] + (0.25, 0, 0), np.stack(right) + path[1] - (0.25, 0, 0)


def stored(hands: Array) -> Array:
    """As the files hold it."""
    return np.round((hands / (ASPECT, 1, ASPECT) + (0.5, 0, 0)) * 16384).astype(np.int16)


def hands_of(name: str) -> Array:
    """A clip's frames (T, 2, 21, 3) in a random order of detection; the first holds the ghost of another clip."""
    random = np.random.default_rng(int(name))
    slots = np.stack([stored(hand) for hand in recording(name)], axis=1)
    if random.random() < 0.5:
        slots = slots[:, ::-1].copy()
    slots[0, 0], slots[0, 1] = stored(recording("00099")[0])[0], MISSING
    return slots


def write_hands(path: Path, names: tuple[str, ...]) -> None:
    xyz = np.concatenate([hands_of(CLIPS[name].of or name) for name in names])
    np.savez(path, xyz=xyz, length=np.full(len(names), FRAMES, np.int32), video_id=np.array(names))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    rows = [f"{name},{clip.gloss},{clip.label},{clip.split},{clip.signer},{ASPECT}" for name, clip in CLIPS.items()]
    (tmp_path / "wlasl_index.csv").write_text("\n".join(["video_id,gloss,label,split,signer_id,aspect", *rows]))
    write_hands(tmp_path / HANDS_300, IN_300)
    write_hands(tmp_path / HANDS_REST, ("00006", "00007"))
    holistic = np.full((len(IN_HOLISTIC) * FRAMES, 75, 3), 8192, np.int16)
    for place, name in enumerate(IN_HOLISTIC):
        frames = slice(place * FRAMES, (place + 1) * FRAMES)
        left, right = recording(name)
        holistic[frames, 33:54], holistic[frames, 54:] = stored(left), stored(right)
        shoulders = np.array([[MIDDLE[name] + side * 0.2, 0.4, 0] for side in (1, -1)])
        holistic[frames, 11:13] = stored(shoulders)
    np.savez(
        tmp_path / "wlasl100_holistic.npz",
        xyz=holistic,
        visibility=np.full((len(holistic), 33), 255, np.uint8),
        length=np.full(len(IN_HOLISTIC), FRAMES, np.int32),
        video_id=np.array(IN_HOLISTIC),
        size=np.array([[720, 480]] * len(IN_HOLISTIC), np.int32),
        fps=np.full(len(IN_HOLISTIC), 25, np.float32),
    )
    return tmp_path


def prepared(source: Path, held_out: HeldOut = NOBODY) -> ClipDataset:
    prepare_wlasl2000(source, source / "out", held_out=held_out)
    return load_dataset(source / "out")


def named(dataset: ClipDataset, name: str) -> LabelledClip:
    return next(item for item in dataset.clips if item.name == name)


def test_two_labels_with_one_word_are_one_gloss(source: Path) -> None:
    index = source / "wlasl_index.csv"
    index.write_text(index.read_text().replace(",go,1", ",eat,1"))
    assert prepared(source).glosses == ("eat", "who")


@pytest.mark.parametrize("name", ["00001", "00003", "00007"])
def test_hands_get_their_sides(source: Path, name: str) -> None:
    joints = named(prepared(source), name).clip.joints
    for part, hand in zip((LEFT_HAND, RIGHT_HAND), recording(name), strict=True):
        pixels = (hand[1:, :, :2] + (ASPECT / 2, 0)) * HEIGHT
        assert np.allclose(joints[1:, part, :2], pixels, atol=0.1)
        assert (joints[1:, part, 2] == 1).all()


def test_the_ghost_in_the_first_frame_is_gone(source: Path) -> None:
    for item in prepared(source).clips:
        assert not item.clip.joints[0, LEFT_HAND].any()
        assert not item.clip.joints[0, RIGHT_HAND].any()


def test_nose_and_shoulders_are_assumed_and_the_arms_are_not(source: Path) -> None:
    item = named(prepared(source), "00003")
    assert item.clip.size == (720, 480)
    body = item.clip.joints[:, [NOSE, LEFT_SHOULDER, RIGHT_SHOULDER]]
    assert (body[..., 2] == ASSUMED).all()
    assert body[0, 1, 0] > body[0, 0, 0] > body[0, 2, 0]
    assert (body == body[0]).all()
    assert not item.clip.joints[:, LEFT_WRIST].any()


def test_the_torso_stands_where_the_signer_stood_before_the_camera(source: Path) -> None:
    dataset = prepared(source)
    for name, middle in MIDDLE.items():
        shoulders = named(dataset, name).clip.joints[0, [LEFT_SHOULDER, RIGHT_SHOULDER], :2]
        assert shoulders / HEIGHT - (ASPECT / 2, 0) == pytest.approx(
            np.array([[middle + 0.2, 0.4], [middle - 0.2, 0.4]]), abs=1e-3
        )


def test_gloss_split_signer_and_rate_come_from_the_files(source: Path) -> None:
    dataset = prepared(source)
    assert dataset.glosses == ("eat", "go", "who")
    first = named(dataset, "00001")
    assert (first.gloss, first.split, first.signer) == ("eat", "train", "11")
    assert int(first.clip.times_ns[1]) == 1_000_000_000 // 25
    assert int(named(dataset, "00003").clip.times_ns[1]) == pytest.approx(1e9 / 30, abs=1)


def test_a_rate_that_nobody_wrote_down_is_the_signers_median_one(source: Path) -> None:
    fields = dict(np.load(source / "wlasl100_holistic.npz"))
    np.savez(source / "wlasl100_holistic.npz", **(fields | {"fps": np.array([24, 25], np.float32)}))
    index = source / "wlasl_index.csv"
    index.write_text(index.read_text().replace("train,13.0", "train,12.0").replace("test,4.0", "test,11.0"))
    intervals = {item.name: int(item.clip.times_ns[1]) for item in prepared(source).clips}
    assert intervals == pytest.approx(
        {"00001": 1e9 / 24, "00002": 1e9 / 25, "00003": 1e9 / 24, "00006": 1e9 / 30, "00007": 1e9 / 25}, abs=1
    )


def test_the_rates_of_held_out_clips_tell_nothing_of_others() -> None:
    index = {
        name: IndexRow("eat", 0, split, signer="1", aspect=1.5)
        for name, split in (("a", "train"), ("b", "test"), ("c", "test"))
    }
    assert rates_of_signers({"a": 30.0, "b": 24.0, "c": 24.0}, index) == {"1": 30.0}
    assert rates_of_signers({"b": 24.0}, index) == {}


def test_training_copies_of_held_out_recordings_go(source: Path) -> None:
    outcome = prepare_wlasl2000(source, source / "out")
    assert [item.name for item in load_dataset(source / "out").clips] == ["00001", "00002", "00003", "00006", "00007"]
    assert outcome.notes[0].startswith("2 training clips were left out")
    assert outcome.splits == {"train": 3, "val": 1, "test": 1}


def test_the_first_300_glosses_lose_copies_of_what_the_others_hold_out(source: Path) -> None:
    prepare_wlasl300(source, source / "out")
    dataset = load_dataset(source / "out")
    assert [item.name for item in dataset.clips] == ["00001", "00002", "00003"]
    assert dataset.glosses == ("eat", "go")


def test_the_first_300_glosses_can_do_without_the_others(source: Path) -> None:
    (source / HANDS_REST).unlink()
    prepare_wlasl300(source, source / "out")
    assert [item.name for item in load_dataset(source / "out").clips] == ["00001", "00002", "00003", "00005"]


def test_signers_are_held_out(source: Path) -> None:
    splits = {item.name: item.split for item in prepared(source, HeldOut(("12",))).clips}
    # The official test clip and the one of an unknown signer are gone.
    assert splits == {"00001": "train", "00002": "test", "00007": "train"}
    splits = {item.name: item.split for item in prepared(source, HeldOut(("12",), spares_unknown=True)).clips}
    assert splits == {"00001": "train", "00002": "test", "00006": "val", "00007": "train"}


def test_a_signer_who_signs_nothing_is_told_before_any_landmarks_are_read(source: Path) -> None:
    (source / HANDS_300).unlink()
    with pytest.raises(UserFacingError, match="'77'"):
        prepared(source, HeldOut(("77",)))


def test_sides_are_not_learned_from_signers_who_are_held_out(source: Path) -> None:
    index, holistic = redrawn(read_index(source), HeldOut(("12",))), read_holistic_100(source)
    hands = read_hands(source, [HANDS_300], index)
    judge = learned_judge(hands, index, holistic)
    alone = learned_judge({"00001": hands["00001"]}, index, holistic)
    assert (judge.weights == alone.weights).all()
    assert (judge.weights != learned_judge(hands, read_index(source), holistic).weights).any()


def test_files_that_do_not_belong_together_are_one_line(source: Path) -> None:
    holistic = dict(np.load(source / "wlasl100_holistic.npz"))
    holistic["xyz"][:, 33:] = MISSING
    np.savez(source / "wlasl100_holistic.npz", **holistic)
    with pytest.raises(UserFacingError, match="Left and right cannot be learned"):
        prepared(source)


def test_lengths_that_do_not_add_up_are_one_line(source: Path) -> None:
    hands = dict(np.load(source / HANDS_300))
    np.savez(source / HANDS_300, **(hands | {"length": hands["length"] + 1}))
    with pytest.raises(UserFacingError, match="do not add up"):
        prepared(source)
    np.savez(source / HANDS_300, **(hands | {"video_id": hands["video_id"][1:]}))
    with pytest.raises(UserFacingError, match="other numbers of video_id"):
        prepared(source)


@pytest.mark.skipif(
    PUBLIC is None or not all((PUBLIC / name).is_file() for name in ("wlasl_index.csv", HOLISTIC_100, HANDS_300)),
    reason="put WLASL's landmark files into shared/data to run this",
)
def test_sides_agree_with_holistic_on_clips_that_nothing_was_learned_from() -> None:
    assert PUBLIC is not None
    index, holistic = read_index(PUBLIC), read_holistic_100(PUBLIC)
    hands = read_hands(PUBLIC, [HANDS_300], index)
    judge = learned_judge(hands, index, holistic)
    agreed = known = 0
    for video_id, frames in frames_of_clips(holistic, index):
        if index[video_id].split != "train" and video_id in hands:
            found = found_hands(hands[video_id], index[video_id])
            truth = known_sides(found, holistic["xyz"][frames])
            told = tell_sides(judge, found.joints, found.seen)
            agreed += int((told == truth)[truth >= 0].sum())
            known += int((truth >= 0).sum())
    assert known > 10_000
    assert agreed / known >= 0.98


def test_copies_of_what_is_held_out_go_whoever_signs_them(source: Path) -> None:
    # 00004 shows the recording of the test clip 00003, 00005 that of the validation clip 00006.
    index = read_index(source)
    assert copies_of_held_out(source, index, NOBODY) - DOUBLED == {"00004", "00005"}
    swapped = {**index, "00003": replace(index["00003"], split="train", signer="5")}
    assert copies_of_held_out(source, swapped, NOBODY) - DOUBLED == {"00005"}
    # Now that signer 4 is held out with 00004, its copy by somebody else goes.
    assert copies_of_held_out(source, swapped, HeldOut(("4",))) - DOUBLED == {"00003", "00005"}
