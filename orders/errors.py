"""The exceptions by which a rule refuses.

A room subclasses these beside its models and gives data, not sentences; `wording` has the sentences and
`error_pages.py` the status codes. Anything else that is raised is a bug.
"""


class DomainError(Exception):
    """A rule said no."""


class NotFound(DomainError):
    """What was asked for does not exist, or not for the one who asks."""


class Refused(DomainError):
    """It exists, but what was asked cannot be done with it now."""


class OutOfRange(Refused):
    """What somebody typed is no number from `least` to `most`."""

    def __init__(self, typed: str, least: int, most: int) -> None:
        super().__init__(typed, least, most)
        self.typed = typed[:40]
        self.least = least
        self.most = most
