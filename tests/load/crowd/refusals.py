"""Tell the refusals that honest play meets from errors."""

from tests.load.tally import EXPECTED as MET_BY_BOTS

EXPECTED = MET_BY_BOTS - {"rate_limited", "busy"}
"""Others acted first, stocks ran out, an order was done meanwhile. A crowd keeps to the
limits, so `rate_limited` is an error here, and it plays one command at a time on what
is its own, so `busy` is one too."""
