"""What people think of answers: the last word of each counts."""

from bot.journal import Journal, Vote
from tests.bot.journal.helpers import NOON, answered, done


def test_the_last_word_of_each_person_counts(journal: Journal) -> None:
    """Another person's stands beside it."""
    number = done(journal, lambda tx: tx.audit.record(None, answered()))
    for person, vote, reason in (("1", "up", ""), ("2", "up", ""), ("1", "down", ""), ("1", "down", "year")):
        done(journal, lambda tx, p=person, v=vote, r=reason: tx.feedback.vote(number, "post", p, v, r))  # type: ignore[misc]
    votes = journal.read(lambda tx: tx.feedback.listed())
    assert sorted(votes) == [
        Vote("K7Q29FMX", "down", "year", NOON, "25年度実績は？"),
        Vote("K7Q29FMX", "up", "", NOON, "25年度実績は？"),
    ]
