"""What is told of a session that has just been recorded."""

from app.view_model import clock_time
from app.words import tr
from engine.sessions.library import KeptSession


def recorded_words(session: KeptSession) -> str:
    """Say that there is another session, and what it lacks."""
    length = clock_time(session.duration_ns)
    told = [tr("Recorded {length} with %n sign(s): {name}.", "", session.signs, length=length, name=session.name)]
    if session.keypoints_lost:
        told.append(tr("%n frame(s) are missing, because the disk was too slow.", "", session.keypoints_lost))
    if session.pictures_lost:
        told.append(tr("The video lacks %n picture(s).", "", session.pictures_lost))
    return " ".join(told)
