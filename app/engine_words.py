"""What the engine tells people, in the language that the user reads.

The engine speaks English, to the log and to the command line as well, and knows nothing of languages. Its sentences
stand here a second time, for translators, with names in braces for what varies; a test compares them with its own.
"""

import re
from functools import cache
from typing import Final

from app.words import mark, tr

ENGINE_WORDS: Final = (
    # Sources
    mark("Demo"),
    mark("Camera {number}"),
    mark(
        "{source} cannot be opened: it is not there or another application is using it. Plug it in or close that "
        "application, or choose another source."
    ),
    mark("{source} stopped delivering pictures. Plug it in again."),
    mark(
        "{source} delivers no picture: its shutter may be closed or another application may be using it. Free it, or "
        "choose another source."
    ),
    mark("{source} was stopped by an unexpected error; the log tells more."),
    mark("{source} is not there: name an existing file, camera:N or demo."),
    mark("{source} names no camera: write camera: and its number, such as camera:0 or camera:0@1280x720@30."),
    mark("{path} is a folder. Name a file inside it."),
    mark("{path} does not exist. Check the path."),
    mark("{path} is no ordinary file. Name another; a camera is camera:N."),
    mark("{path} holds no picture that can be decoded: it is empty or incomplete."),
    mark("{path} cannot be read as a video: it is damaged, or not a video at all."),
    mark("{path} cannot be used: its name is not valid UTF-8. Rename it."),
    # Files
    mark("{path} cannot be read: {why}."),
    mark("Cannot write {path}: {why}. Choose another place."),
    mark("Cannot write {path}: it is a folder. Name a file inside it."),
    mark("Cannot export to {file}: its name must end in one of {suffixes}."),
    mark("Cannot export to {file}: its name must end in {suffix}."),
    mark("{path} is not {what}: it holds a single array."),
    mark("{path} is not {what}: it has no {missing}."),
    mark("{path} is not {what}: its format is not {format}."),
    mark("{path} is not {what}, or it is damaged."),
    mark("{path} is not {what}, or it is damaged: its version makes no sense."),
    mark("{path} is not {what}, or it is damaged: {why}."),
    mark("{path} is not {what}, or it is damaged: {why}"),
    mark("a keypoint recording"),
    mark("a file of sign prototypes"),
    mark("a file of personal signs"),
    mark("{path} was written by a newer MASA Live (format version {version}). Update this one."),
    mark("{path} was written by a newer MASA Live. Update this one."),
    mark("{path} is not a .pose file, or it is damaged."),
    mark("{path} cannot be used: its points are not those of MediaPipe Holistic."),
    mark("{path} cannot be used: it holds no frame, or nobody."),
    mark("{path} cannot be used: its frame rate or picture size makes no sense."),
    mark(".pose files need the package pose-format: pip install pose-format"),
    mark("There is nothing to save in {file}: the recording holds no frame."),
    mark("it holds no frame"),
    mark("a joint is not a finite number"),
    mark("a confidence is not between 0 and 1"),
    mark("its times do not increase"),
    mark("its picture size makes no sense"),
    mark("its picture is more than {most} pixels wide or high"),
    mark("its frame rate makes no sense"),
    # Sessions
    mark("a session"),
    mark("{path} is not {what}, or it is damaged: the times of its pictures make no sense."),
    mark("{path} is not {what}, or it is damaged: its notes cannot be read."),
    mark("{path} is not {what}, or it is damaged: a probability is not between 0 and 1."),
    mark("{path} is not {what}, or it is damaged: its times make no sense."),
    mark("A session's name is made of letters, digits, spaces and . , ( ) ' + - _, at most {most} of them."),
    mark("There is a session {name} already: choose another name."),
    mark("There is a video {name} already: choose another name."),
    mark("{name} cannot be renamed: {why}."),
    mark("{name} cannot be deleted: {why}."),
    mark("{name} is the session itself. Choose another place."),
    mark("Cannot record to {folder}: {why}."),
    mark("No part of {folder} can be read; delete it if you do not want it. {why}"),
    mark("Cannot write {path}: {why}."),
    mark("{path} cannot be written."),
    mark("The recording has ended because the size of the picture has changed."),
    mark("The recording has ended, and what there is of it is kept. {why}"),
    mark("The recording was ended by an unexpected error, and what there is of it is kept; the log tells more."),
    mark("The video is not recorded, but the keypoints are. {why}"),
    mark("The video is not recorded, but the keypoints are; the log tells more."),
    mark("This session was recorded with {differences}: its signs may be named differently now."),
    mark("the model {names}"),
    mark("another version of {model}"),
    mark("another choice of signs"),
    mark("other signs of your own"),
    # What the operating system gives as a reason
    mark("No such file or directory"),
    mark("Permission denied"),
    mark("No space left on device"),
    mark("Read-only file system"),
    mark("Is a directory"),
    mark("Not a directory"),
    mark("Input/output error"),
    # Models and devices
    mark("The model in {folder} cannot be used: {why}. Take another, or copy it again."),
    mark("{file} is missing"),
    mark("{file} is not readable ({why})"),
    mark("{file} is damaged ({why})"),
    mark("{file} is damaged, or too small for the sizes in its description"),
    mark("its weights do not fit its description (see {name})"),
    mark("{name} has shape {found} instead of {expected}"),
    mark("{name} holds values that are not numbers"),
    mark("the sizes of its encoder make no sense"),
    mark("the sizes of its place stream make no sense"),
    mark("its window makes no sense"),
    mark("its format is {found}, this version reads {expected}"),
    mark("it expects {found} joints, we have {expected}"),
    mark("its background makes no sense"),
    mark("its calibration makes no sense"),
    mark("{file} is not a list of glosses"),
    mark("{file} names a gloss twice"),
    mark("it was made for another version"),
    mark("its description makes no sense"),
    mark("No model is installed: {folder} holds none. Train one or copy one there."),
    mark("No model {name}: give the path of a model folder or one of: {known}."),
    mark("{model} knows no sign of this lesson. Choose other signs, or another model."),
    mark("Unknown device {device}: choose one of {devices}."),
    mark("No CUDA GPU can be used here: choose the device cpu, or auto."),
    mark("No CUDA GPU found: the CPU does the work."),
    mark("Recognition failed and was switched off; the log tells more. Choose a model to go on."),
    # Personal signs
    mark("A sign's name is made of letters, digits, spaces, ' and -, at most {most} of them. Type another one."),
    mark("You have taught {sign} already: retake it, or choose another name."),
    mark("The model knows {sign} already: choose another name, such as {other_sign}."),
    mark("A take of {sign} is lost: {why} Retake the sign."),
    mark("There is no personal sign {sign} any more."),
    mark("The sign {sign} cannot be deleted: {why}."),
    mark("There is no personal sign to export: teach one first."),
    mark("The personal sign in {folder} cannot be read: {why}."),
    mark("The camera gave too few pictures: close other programmes that use it, and try again."),
    mark("No sign was seen: raise your hands when the countdown ends, and sign."),
    mark("Your shoulders were not in view: move back until the picture shows them both."),
    mark("The beginning was cut off: keep your hands down until the countdown ends."),
    mark("The end was cut off: sign a little sooner, and put your hands down before the time is up."),
    mark("That was too short: sign a little slower."),
    mark("Your hands were often not seen: keep them inside the picture, in better light."),
    mark("This take looks unlike the others: make the same movement with the same hand."),
    # Parts of the signer
    mark("body"),
    mark("head"),
    mark("left arm"),
    mark("right arm"),
    mark("left hand"),
    mark("right hand"),
    mark("left thumb"),
    mark("left index finger"),
    mark("left middle finger"),
    mark("left ring finger"),
    mark("left little finger"),
    mark("right thumb"),
    mark("right index finger"),
    mark("right middle finger"),
    mark("right ring finger"),
    mark("right little finger"),
    # What else differs from when a session was recorded
    mark("{differences}, another choice of signs"),
    mark("{differences}, other signs of your own"),
)

SIGNS: Final = ("sign", "other_sign")
"""What stands for the name of a sign, in each of these sentences."""
_NAME: Final = re.compile(r"\{(\w+)\}")


def translated(message: str) -> str:
    """Return a sentence of the engine in the language in use, and as it is where it is not one of those above.

    What varies in it is translated as well if it is one of them: why a model is refused, for instance.
    """
    template, values = _parted(message)
    return tr(template, **{name: translated(value) for name, value in values.items()}) if template else message


def without_signs(message: str) -> str:
    """Return a sentence for the log, which goes into reports: it tells no sign that the user has made."""
    template, values = _parted(message)
    return template.format_map(values | dict.fromkeys(SIGNS, "…")) if template else message


def reason(error: OSError) -> str:
    """Return why a file cannot be read or written, in the language in use as far as it is a common reason."""
    return translated(error.strerror or str(error))


def _parted(message: str) -> tuple[str, dict[str, str]]:
    """Return which of the sentences it is, and what varies in it; the sentence is empty where it is none of them."""
    for template, pattern in _patterns():
        if found := pattern.fullmatch(message):
            return template, found.groupdict()
    return "", {}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences with what each looks like, those with most words of their own first."""
    by_length = sorted(ENGINE_WORDS, key=lambda template: len(_NAME.sub("", template)), reverse=True)
    return tuple((template, _pattern(template)) for template in by_length)


def _pattern(template: str) -> re.Pattern[str]:
    words = _NAME.split(template)  # what stands between names, and every second one a name
    parts = [f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(words)]
    return re.compile("".join(parts), re.DOTALL)
