"""Members: who may ask, and the one-time codes by which they join."""

import hashlib
from typing import NamedTuple

from sqlalchemy import Connection, Row, insert, select, update

from bot.journal.tables import invites, members

__all__ = ["Invite", "Member", "Members"]


class Member(NamedTuple):
    """Somebody who may ask."""

    number: int
    """Their number here."""
    channel: str
    """Where they ask."""
    person: str
    """As the platform knows them."""
    name: str
    """As whoever invited them wrote."""
    admin: bool
    """Whether they look after Kotae."""
    joined: float
    """When."""
    revoked: float | None
    """When their access was taken back."""


class Invite(NamedTuple):
    """A code that somebody may join by, once."""

    number: int
    """Its number here."""
    name: str
    """For whom."""
    admin: bool
    """Whether they will look after Kotae."""
    expires: float
    """Until when it holds."""
    used: bool
    """Whether somebody has joined by it."""


class Members:
    """Who may ask."""

    def __init__(self, connection: Connection, now: float) -> None:
        self._connection, self._now = connection, now

    def find(self, channel: str, person: str) -> Member | None:
        """The member that somebody is; None for a stranger and for whom access was taken back."""
        found = select(members).where(members.c.channel == channel, members.c.person == person)
        row = self._connection.execute(found.where(members.c.revoked.is_(None))).first()
        return _member(row) if row else None

    def listed(self) -> tuple[Member, ...]:
        """All of them, those without access too, as they joined."""
        return tuple(map(_member, self._connection.execute(select(members).order_by(members.c.id))))

    def invite(self, code: str, name: str, admin: bool, seconds: float) -> None:
        """Let whoever has a code join, once and for a while; the code itself is not kept."""
        values = {"name": name, "admin": admin, "made": self._now, "expires": self._now + seconds}
        self._connection.execute(insert(invites).values(digest=_digest(code), **values))

    def invites(self) -> tuple[Invite, ...]:
        """Every invite, as it was made."""
        rows = self._connection.execute(select(invites).order_by(invites.c.id))
        return tuple(Invite(row.id, row.name, row.admin, row.expires, row.member is not None) for row in rows)

    def opens(self, code: str) -> bool:
        """Whether somebody may join by a code."""
        return self._invite(code) is not None

    def join(self, code: str, channel: str, person: str) -> Member | None:
        """Make somebody a member by a code; None where it is unknown, used or too old."""
        invite = self._invite(code)
        if invite is None:
            return None
        number = self._put(channel, person, invite)
        self._connection.execute(update(invites).where(invites.c.id == invite.id).values(member=number))
        return self.find(channel, person)

    def revoke(self, number: int) -> bool:
        """Take somebody's access back; whether they had it."""
        had = (members.c.id == number) & members.c.revoked.is_(None)
        return self._connection.execute(update(members).where(had).values(revoked=self._now)).rowcount > 0

    def withdraw(self, number: int) -> bool:
        """Take an invite back; whether it could still have been used."""
        free = (invites.c.id == number) & invites.c.member.is_(None) & (invites.c.expires > self._now)
        return self._connection.execute(update(invites).where(free).values(expires=self._now)).rowcount > 0

    # Private functions

    def _invite(self, code: str) -> Row[tuple[object, ...]] | None:
        """The invite that a code still opens."""
        free = (invites.c.digest == _digest(code)) & invites.c.member.is_(None) & (invites.c.expires > self._now)
        return self._connection.execute(select(invites).where(free)).first()

    def _put(self, channel: str, person: str, invite: Row[tuple[object, ...]]) -> int:
        """Who joins again has the access of the new invite."""
        known = (members.c.channel == channel) & (members.c.person == person)
        values = {"name": invite.name, "admin": invite.admin, "joined": self._now, "revoked": None}
        if self._connection.execute(update(members).where(known).values(values)).rowcount:
            return int(self._connection.execute(select(members.c.id).where(known)).scalar_one())
        put = insert(members).values(channel=channel, person=person, **values).returning(members.c.id)
        return int(self._connection.execute(put).scalar_one())


# Private functions


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _member(row: Row[tuple[object, ...]]) -> Member:
    return Member(row.id, row.channel, row.person, row.name, bool(row.admin), row.joined, row.revoked)
