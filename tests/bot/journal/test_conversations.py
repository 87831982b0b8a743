"""Where a conversation stands outlives the process; what can't be read any more is no conversation."""

from bot.answering import Kotae
from bot.journal import Conversation, Journal
from bot.journal.contexts import dump_context, load_context
from nlp.contexts import Context
from tests.bot.journal.helpers import done
from tests.helpers import FLAGSHIP


def test_a_conversation_is_where_it_was_left(journal: Journal) -> None:
    """By channel and lane."""
    context = Context(years=(2013,), listed=("p/42",), plan="p")
    done(journal, lambda tx: tx.conversations.keep("post", "a", Conversation(Context(plan="q"), "m1")))
    done(journal, lambda tx: tx.conversations.keep("post", "a", Conversation(context, "m2")))
    assert journal.read(lambda tx: tx.conversations.recall("post", "a")) == Conversation(context, "m2")
    assert journal.read(lambda tx: tx.conversations.recall("post", "b")) == Conversation()


def test_a_message_is_read_where_it_stood(journal: Journal) -> None:
    """The first reading of it counts, however often it is edited."""
    first = Context(plan="first")
    done(journal, lambda tx: tx.conversations.begin_turn("post", "a", "m1", first))
    done(journal, lambda tx: tx.conversations.begin_turn("post", "a", "m1", Context(plan="second")))
    done(journal, lambda tx: tx.conversations.begin_turn("post", "a", "m2", None))
    before = [journal.read(lambda tx, m=m: tx.conversations.turn("post", m)) for m in ("m1", "m2", "m3")]  # type: ignore[misc]
    assert before == [(first,), (None,), None]


def test_every_conversation_goes_into_text_and_back(kotae: Kotae) -> None:
    """After answers of every shape, choices to be made included."""
    context: Context | None = None
    for question in (FLAGSHIP, "24年度は？", "達成度Bの事業は？", "空き店舗", "2番目", "ヘルプ", "42と43の25年度は？"):
        _, context = kotae.answer(question, context)
        assert load_context(dump_context(context)) == context
    assert load_context(dump_context(None)) is None


def test_what_another_version_wrote_is_no_conversation() -> None:
    """Kept by position it would be misread: its form is told apart."""
    form, _, content = dump_context(Context()).partition(" ")
    assert load_context(f"{form} {content}") == Context()
    assert load_context(f"{form[::-1]} {content}") is None
    assert load_context(f'{form} {{"years": 1}}') is None
    assert load_context(f"{form} [") is None
    assert load_context("") is None
