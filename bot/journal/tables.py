"""Tables: what the journal keeps. Times are seconds since 1970 in UTC; texts of people stand apart, to be forgotten."""

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

__all__ = [
    "METADATA", "audit", "conversations", "feedback", "inbox", "invites", "members", "outbox", "texts", "turns", "versions",
]  # fmt: skip

METADATA = MetaData()


class _Words(TypeDecorator[str]):
    """Text as people send it: half of a pair of characters, which no file can hold, is kept as 「?」."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.encode(errors="replace").decode()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _text(name: str, default: str | None = None) -> Column[str]:
    return Column(name, _Words, nullable=False, server_default=default)


def _time(name: str) -> Column[float]:
    return Column(name, Float, nullable=False)


versions = Table("versions", METADATA, Column("version", Integer, primary_key=True), _time("at"))

inbox = Table(
    "inbox",
    METADATA,
    _id(),
    _text("channel"),
    _text("event"),
    _text("lane"),
    _text("person"),
    _time("at"),
    _time("received"),
    Column("payload", _Words),
    _text("state"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("begun", Integer, nullable=False, server_default="0"),
    _text("error", ""),
    UniqueConstraint("channel", "event"),
    Index("inbox_waiting", "state", "at", "id"),
    sqlite_autoincrement=True,
)

conversations = Table(
    "conversations",
    METADATA,
    Column("channel", _Words, primary_key=True),
    Column("lane", _Words, primary_key=True),
    _text("context"),
    _text("message", ""),
    _time("at"),
)

turns = Table(
    "turns",
    METADATA,
    Column("channel", _Words, primary_key=True),
    Column("message", _Words, primary_key=True),
    _text("lane"),
    _text("before"),
    _time("at"),
)

audit = Table(
    "audit",
    METADATA,
    _id(),
    _text("receipt"),
    _time("at"),
    _text("channel"),
    _text("lane"),
    _text("person"),
    Column("event", Integer, ForeignKey("inbox.id", ondelete="SET NULL")),
    _text("kind"),
    _text("status"),
    _text("reason", ""),
    _text("query", ""),
    _text("cells", ""),
    _text("revision", ""),
    UniqueConstraint("receipt"),
    UniqueConstraint("event"),
    sqlite_autoincrement=True,
)

texts = Table(
    "texts",
    METADATA,
    Column("audit", Integer, ForeignKey("audit.id"), primary_key=True),
    _text("question"),
    _text("understood"),
    _text("answer"),
    _time("at"),
)

outbox = Table(
    "outbox",
    METADATA,
    _id(),
    Column("event", Integer, ForeignKey("inbox.id", ondelete="SET NULL")),
    _text("channel"),
    _text("lane"),
    _text("answers", ""),
    Column("payload", _Words),
    _text("state"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _time("noted"),
    _time("due"),
    _time("expires"),
    Column("finished", Float),
    _text("sent", ""),
    _text("error", ""),
    Index("outbox_waiting", "channel", "state", "due"),
    Index("outbox_answers", "channel", "answers"),
    Index("outbox_event", "event"),
    sqlite_autoincrement=True,
)

members = Table(
    "members",
    METADATA,
    _id(),
    _text("channel"),
    _text("person"),
    _text("name", ""),
    Column("admin", Boolean, nullable=False),
    _time("joined"),
    Column("revoked", Float),
    UniqueConstraint("channel", "person"),
)

invites = Table(
    "invites",
    METADATA,
    _id(),
    _text("digest"),
    _text("name", ""),
    Column("admin", Boolean, nullable=False),
    _time("made"),
    _time("expires"),
    Column("member", Integer, ForeignKey("members.id")),
    UniqueConstraint("digest"),
)

feedback = Table(
    "feedback",
    METADATA,
    _id(),
    Column("audit", Integer, ForeignKey("audit.id"), nullable=False),
    _text("channel"),
    _text("person"),
    _text("vote"),
    _text("reason", ""),
    _time("at"),
    UniqueConstraint("audit", "channel", "person"),
)
