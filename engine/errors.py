"""The one exception that is meant for people."""


class UserFacingError(Exception):
    """Something the user can mend: its message is one line that says what, why and what to do.

    Headless commands print it on stderr and exit with status 2; the window shows it as a toast.
    Anything else that is raised is a defect of ours and keeps its traceback in the log.
    """


class SourceLostError(UserFacingError):
    """A source that was delivering is gone, and may come back: a camera that was pulled out."""
