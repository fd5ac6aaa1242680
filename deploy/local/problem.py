"""Say why a cluster ends."""


class StartError(Exception):
    """Name in one line what is missing, wrong or dead."""


class Told(BaseException):
    """Somebody said to stop."""
