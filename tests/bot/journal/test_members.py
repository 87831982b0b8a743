"""Who may ask: by a code that works once and for a while, until access is taken back."""

from bot.journal import Journal, Member
from tests.bot.journal.helpers import DAY, NOON, Clock, done


def invited(journal: Journal, code: str = "code", name: str = "練馬太郎", *, admin: bool = False) -> None:
    """Make a code that holds for a week."""
    done(journal, lambda tx: tx.members.invite(code, name, admin, 7 * DAY))


def joined(journal: Journal, code: str = "code", person: str = "1") -> Member | None:
    """Somebody shows a code."""
    return done(journal, lambda tx: tx.members.join(code, "telegram", person))


def test_a_code_works_once(journal: Journal) -> None:
    """For whoever comes first."""
    invited(journal, admin=True)
    assert joined(journal, "guess") is None
    assert joined(journal) == Member(1, "telegram", "1", "練馬太郎", True, NOON, None)
    assert joined(journal, person="2") is None
    assert journal.read(lambda tx: tx.members.find("telegram", "1")) == Member(
        1, "telegram", "1", "練馬太郎", True, NOON, None
    )
    assert journal.read(lambda tx: (tx.members.find("telegram", "2"), tx.members.find("line", "1"))) == (None, None)


def test_a_code_works_for_a_while(journal: Journal, clock: Clock) -> None:
    """A week, to the second."""
    invited(journal)
    clock.now += 7 * DAY
    assert joined(journal) is None
    clock.now -= 1
    assert joined(journal) is not None


def test_the_code_itself_is_not_kept(journal: Journal) -> None:
    """Whoever reads the file can't join by it."""
    invited(journal, "SECRETCODE")
    parts = journal.path.parent.iterdir()
    assert not [path for path in parts if b"SECRETCODE" in path.read_bytes()]


def test_access_is_taken_back_and_given_again(journal: Journal, clock: Clock) -> None:
    """Once; by a new code the same person joins again, as that says."""
    invited(journal)
    joined(journal)
    assert [done(journal, lambda tx, n=number: tx.members.revoke(n)) for number in (1, 1, 9)] == [True, False, False]
    assert journal.read(lambda tx: tx.members.find("telegram", "1")) is None
    assert [member.revoked for member in journal.read(lambda tx: tx.members.listed())] == [NOON]
    assert joined(journal) is None
    clock.now += 1
    invited(journal, "again", "太郎", admin=True)
    assert joined(journal, "again") == Member(1, "telegram", "1", "太郎", True, NOON + 1, None)


def test_open_codes_are_listed(journal: Journal) -> None:
    """Each with whether somebody has joined by it."""
    invited(journal)
    invited(journal, "other", "花子")
    joined(journal)
    assert [(one.name, one.used) for one in journal.read(lambda tx: tx.members.invites())] == [
        ("練馬太郎", True),
        ("花子", False),
    ]
