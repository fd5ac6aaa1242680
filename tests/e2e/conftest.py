"""Begin with what takes long, so that no process is left alone with it at the end."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put modules that are marked `long` first, and else leave the order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
