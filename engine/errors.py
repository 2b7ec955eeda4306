"""What is raised for people to read."""


class UserFacingError(Exception):
    """Something the user can mend: its message is one line that says what, why and what to do.

    Headless commands print it on stderr and exit with status 2; the window shows it as a toast.
    Anything else that is raised is a defect of ours and keeps its traceback in the log.
    """


class SourceLostError(UserFacingError):
    """A source that was delivering is gone, and may come back: a camera that was pulled out."""


class Interrupted(KeyboardInterrupt):
    """A signal has ended the work, and nothing of it is lost: the message is one line that says how to go on."""

    def __init__(self, message: str, *, signal: int) -> None:
        super().__init__(message)
        self.signal = signal
