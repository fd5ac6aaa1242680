"""Say in one line why the cluster can't start."""


class StartError(Exception):
    """Name what is missing, wrong or dead."""
