"""One connection carries many commands, in processes of both green-thread libraries."""

import os
import subprocess
import sys

import pytest

from tests.integration.realtime.instances import ROOT
from tests.support.servers import Servers

PIPED = (sys.executable, "-m", "tests.integration.realtime.piped")
CASES = (
    "answers_each_its_own",
    "answers_what_was_sent_ahead",
    "keeps_the_connection_at_an_error",
    "fails_what_is_on_its_way_and_sends_nothing_twice",
    "gives_up_a_silent_server",
    "shares_one_attempt_to_connect",
    "refuses_what_is_too_much",
    "carries_what_is_larger_than_buffers",
)


@pytest.fixture(scope="module", params=["", "gevent"])
def told(request: pytest.FixtureRequest, servers: Servers) -> dict[str, str]:
    """Run all cases in one process; what became of each."""
    ended = subprocess.run(
        [*PIPED, servers.valkey.url, *CASES],
        cwd=ROOT,
        env={**os.environ, "ASYNC_MODE": request.param},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    lines = ended.stdout.splitlines()
    return {"": ended.stderr} | dict(line.split(" ", 1) for line in lines)


@pytest.mark.parametrize("case", CASES)
def test_a_pipe(case: str, told: dict[str, str]) -> None:
    assert told.get(case) == "passed", told
