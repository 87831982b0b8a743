"""What people wrote is forgotten after its time, to the last byte; what waits, and what counts, stays."""

import random
from collections.abc import Callable

from bot.journal import Conversation, Journal, Keeping, Message, Transaction
from nlp.contexts import Context
from tests.bot.journal.helpers import DAY, NOON, Clock, answered, done, event

KEEPING = Keeping(texts=90, conversations=2, post=30)


def forgotten(journal: Journal, keeping: Keeping = KEEPING) -> int:
    """How many rows are forgotten, until there are none."""
    total = 0
    while some := done(journal, lambda tx: tx.retention.forget(keeping)):
        total += some
    return total


def counts(journal: Journal) -> dict[str, int]:
    """How many rows there are of what can be forgotten."""
    names = ("texts", "conversations", "turns", "inbox", "outbox", "audit")
    return journal.read(
        lambda tx: {name: tx._connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names}
    )


def asked(number: int, text: str = "25年度実績は？") -> Callable[[Transaction], None]:
    """Everything that a question leaves, when it is answered."""

    def work(transaction: Transaction) -> None:
        transaction.inbox.receive([event(str(number), payload=text)])
        transaction.audit.record(transaction.inbox.number("post", str(number)), answered(f"R{number}", text))
        transaction.conversations.keep("post", f"lane{number}", Conversation(Context(plan=text)))
        transaction.conversations.begin_turn("post", f"lane{number}", str(number), Context(plan=text))
        transaction.outbox.post(transaction.inbox.last(), "post", "a", [Message(text)], "kept")
        transaction.inbox.done(transaction.inbox.last())

    return work


def test_each_has_its_time(journal: Journal, clock: Clock) -> None:
    """Conversations two days, what came and went thirty, texts ninety; the row of the question stays."""
    done(journal, asked(1))
    every = {"texts": 1, "conversations": 1, "turns": 1, "inbox": 1, "outbox": 1, "audit": 1}
    for days, gone in ((1.9, ()), (2.1, ("conversations", "turns")), (30.1, ("outbox", "inbox")), (90.1, ("texts",))):
        clock.now = NOON + days * DAY
        assert forgotten(journal) == len(gone)
        every |= dict.fromkeys(gone, 0)
        assert counts(journal) == every


def test_a_short_time_for_texts_holds_for_what_failed(journal: Journal, clock: Clock) -> None:
    """An event that was set aside still has its text."""
    done(journal, lambda tx: tx.inbox.receive([event("1")]))
    for _ in range(3):
        done(journal, lambda tx: tx.inbox.failed(1, "KeyError"))
    clock.now += 7.1 * DAY
    assert forgotten(journal, KEEPING._replace(texts=7)) == 1


def test_what_waits_is_not_forgotten(journal: Journal, clock: Clock) -> None:
    """Neither a question without its answer nor an answer that isn't delivered."""
    done(journal, lambda tx: (tx.inbox.receive([event("1")]), tx.outbox.post(None, "post", "a", [Message("x")])))
    clock.now += 365 * DAY
    assert forgotten(journal) == 0


def test_an_id_that_is_forgotten_may_come_again(journal: Journal, clock: Clock) -> None:
    """A platform that begins to count anew is not taken for one that repeats itself; the rows of both stay."""
    done(journal, asked(1))
    clock.now += 31 * DAY
    forgotten(journal)
    done(journal, lambda tx: tx.inbox.receive([event("1")]))
    done(journal, lambda tx: tx.audit.record(tx.inbox.last(), answered("OTHER222")))
    assert journal.read(lambda tx: tx.audit.count()) == 2


def test_much_is_forgotten_piece_by_piece(journal: Journal, clock: Clock) -> None:
    """Nobody waits long for it."""
    done(journal, lambda tx: [tx.audit.record(None, answered(f"R{n}")) for n in range(1200)])
    clock.now += 91 * DAY
    assert [done(journal, lambda tx: tx.retention.forget(KEEPING)) for _ in range(4)] == [500, 500, 200, 0]


def leftovers(journal: Journal, old: list[str]) -> list[str]:
    """Which texts still stand somewhere in the files."""
    content = b"".join(path.read_bytes() for path in journal.path.parent.iterdir())
    return [text for text in old if text.encode() in content]


def fed(journal: Journal, clock: Clock, seed: int) -> tuple[list[str], list[str]]:
    """Texts of every size, half of them old, mixed so that pages are shared, split and moved."""
    dice = random.Random(seed)
    old, new = [], []
    for number in range(400):
        text = f"<{seed}-{number}-{dice.getrandbits(64):x}>"
        aged = dice.random() < 0.5
        clock.now = NOON + (0 if aged else 100 * DAY)
        (old if aged else new).append(text)
        done(journal, asked(number, text + "あ" * dice.choice([0, 10, 300, 3000])))
    clock.now = NOON + 100 * DAY
    return old, new


def test_no_byte_of_it_is_left(journal: Journal, clock: Clock) -> None:
    """Neither in the database nor in its log; what is to stay stays."""
    old, new = fed(journal, clock, 1)
    assert forgotten(journal) > len(old)
    assert journal.empty_log().result(20)
    assert leftovers(journal, old) == []
    assert leftovers(journal, new) == new


def test_a_byte_that_is_left_is_noticed(journal: Journal, clock: Clock) -> None:
    """Negative control: as long as the log isn't emptied it holds what was deleted."""
    old, _ = fed(journal, clock, 2)
    forgotten(journal)
    assert leftovers(journal, old) != []


def test_a_deletion_that_leaves_bytes_is_noticed(journal: Journal, clock: Clock) -> None:
    """Negative control: without secure_delete the database keeps what was deleted."""
    done(journal, lambda tx: tx._connection.exec_driver_sql("PRAGMA secure_delete=OFF"))
    old, _ = fed(journal, clock, 3)
    forgotten(journal)
    assert journal.empty_log().result(20)
    assert leftovers(journal, old) != []


def test_a_log_that_somebody_reads_is_emptied_later(journal: Journal) -> None:
    """Nobody waits for the reader."""
    done(journal, asked(1))
    with journal._engine.connect() as reader, reader.begin():
        reader.exec_driver_sql("SELECT * FROM audit").fetchall()
        done(journal, asked(2))
        assert journal.empty_log().result(20) is False
        done(journal, asked(3))
    assert journal.empty_log().result(20) is True
    assert journal.path.with_name("journal.db-wal").stat().st_size == 0
