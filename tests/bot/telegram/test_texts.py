from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.keyboards import keyboard_fits, to_rows
from bot.channels.telegram.texts import to_caption, to_texts, units, visible
from bot.desk import Button
from bot.replies.answers import Answer
from bot.replies.pieces import Line, Piece
from tests.bot.telegram.rules import bold, keyboard_refused, shown, text_refused

KINDS = st.sampled_from(["words", "cell", "fact", "name", "echo", "source"])
ROLES = st.sampled_from(["figure", "head", "note", "source", "choice"])
TEXTS = st.text(max_size=40) | st.builds(
    lambda text, times: text * times, st.text(min_size=1, max_size=9), st.integers(1, 999)
)
LINES = st.builds(Line, ROLES, st.lists(st.builds(Piece, KINDS, TEXTS), max_size=4).map(tuple))
KEYS = st.builds(
    Button, st.sampled_from(["choice", "place", "move", "reason", "up"]), st.text(max_size=80), st.text(max_size=70)
)


def answer(*pieces: Piece, role: str = "note") -> Answer:
    """An answer of one line."""
    return Answer("answer", (Line(role, pieces),))


def texts(what: Answer) -> list[str]:
    """What a reader sees in each message."""
    return [shown(text) for text in to_texts(what)]


@given(
    st.lists(LINES, max_size=6).map(lambda lines: (*lines, Line("note", (Piece("words", "終わり"),)))),
    st.lists(KEYS, max_size=40),
)
def test_the_platform_refuses_nothing(lines: tuple[Line, ...], buttons: list[Button]) -> None:
    """Whatever an answer holds, no message is too long, empty, badly marked up or has a button that can't be."""
    texts = to_texts(Answer("answer", lines))
    assert texts
    assert [text_refused(text, "HTML") for text in texts] == [""] * len(texts)
    rows = to_rows(buttons)
    assert keyboard_fits(rows)
    markup = {"inline_keyboard": [[{"text": key.label, "callback_data": key.data} for key in row] for row in rows]}
    assert keyboard_refused(markup if rows else None) == ""


def test_a_figure_is_never_cut() -> None:
    """At whatever place the limit falls, the cell stands whole in one of the messages."""
    for before in range(4081, 4100):
        parts = texts(
            answer(Piece("words", "あ" * before), Piece("cell", "10,136千円(19事業)"), Piece("words", "です"))
        )
        assert len(parts) == 2
        assert "10,136千円(19事業)" in "\n".join(parts)


def test_a_number_in_plain_words_is_never_cut() -> None:
    """Echoed words are cut between words, not behind a digit."""
    first, second = texts(answer(Piece("echo", "あ" * 4090 + "10,136千円" + "い" * 9)))
    assert first == "あ" * 4090
    assert second.startswith("10,136千円")


def test_lines_stay_whole() -> None:
    """A line that fits into a message isn't divided to fill the one before."""
    lines = tuple(Line("note", (Piece("words", letter * 3000),)) for letter in "あいう")
    assert texts(Answer("answer", lines)) == ["あ" * 3000, "い" * 3000, "う" * 3000]


def test_blanks_at_the_ends_are_left_out() -> None:
    """What Telegram would cut isn't sent: blank lines, and blanks around a line."""
    lines = tuple(Line("note", (Piece("words", text),)) for text in (" ", "出典: ", "　あ い"))
    assert texts(Answer("answer", lines)) == ["出典:\nあ い"]


def test_length_counts_what_is_seen() -> None:
    """Escaping doesn't shorten a message, and an emoji counts as the two units that it may be counted as."""
    assert len(texts(answer(Piece("echo", "&" * 4096)))) == 1
    assert len(texts(answer(Piece("echo", "\U0001f600" * 2048)))) == 1
    assert len(texts(answer(Piece("echo", "\U0001f600" * 2049)))) == 2


def test_bold_is_closed_in_every_part() -> None:
    """A figure line over two messages is bold in both."""
    texts = to_texts(answer(Piece("echo", "<" * 5000), role="figure"))
    assert [bold(text) for text in texts] == [["<" * 4096], ["<" * 904]]


def test_caption() -> None:
    """A caption is escaped, and left out where it is too long: a part would look like the whole."""
    assert to_caption("a < b\n") == "a &lt; b"
    assert to_caption("あ" * 1024) == "あ" * 1024
    assert to_caption("あ" * 1025) == ""


@given(st.text(max_size=50))
def test_what_is_seen_is_what_was_meant(text: str) -> None:
    """Marks and escapes come off again."""
    for part in to_texts(answer(Piece("echo", text), Piece("words", "。"), role="figure")):
        assert visible(part) == shown(part)
        assert units(visible(part)) <= 4096
