"""Let this process hold one open file a user."""

import resource

SPARE = 256


class TooMany(ValueError):
    """Tell that this machine allows fewer connections."""


def allow_open_files(users: int) -> None:
    """Raise the limit as far as is allowed and needed.

    Raises:
        TooMany: it is not allowed that far.
    """
    needed = users + SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise TooMany(f"{users} users need {needed} open files, {hard} are allowed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
