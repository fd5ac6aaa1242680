"""Find in the history what a person said."""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"

INDEX = "ix_events_said"


def upgrade() -> None:
    """Make the index: it holds messages alone."""
    said = sa.text("name = 'MessageSaid'")
    op.create_index(INDEX, "events", ["player", "at_ms"], postgresql_where=said)


def downgrade() -> None:
    """Drop the index."""
    op.drop_index(INDEX, "events")
