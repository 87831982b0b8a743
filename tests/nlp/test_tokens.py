"""Morphemes: the one door to SudachiPy."""

import threading

import pytest

from nlp.writing.tokens import Token, Tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """The dictionary is loaded once."""
    return Tokenizer()


def surfaces(value: str, tokens: tuple[Token, ...]) -> list[str]:
    """The tokens as they stand in the text."""
    return [value[token.start : token.end] for token in tokens]


@pytest.mark.parametrize(
    "value",
    ["空き店舗入居促進事業の25年度実績は?", "商工相談", "emsって何", "🍵と𠮷野家", "10,136千円", "a" * 1000],
)
def test_tokens_cover_the_text(tokenizer: Tokenizer, value: str) -> None:
    """In order, without a gap, by characters and not by bytes."""
    tokens = tokenizer.tokenize(value)
    assert "".join(surfaces(value, tokens)) == value
    assert [token.start for token in tokens[1:]] == [token.end for token in tokens[:-1]]


def test_the_shortest_units_are_taken(tokenizer: Tokenizer) -> None:
    """Split mode A: a name's words one by one, its particles told from its nouns."""
    value = "空き店舗入居促進事業の実績"
    tokens = tokenizer.tokenize(value)
    assert surfaces(value, tokens)[-3:] == ["事業", "の", "実績"]
    assert [token.is_grammar for token in tokens][-3:] == [False, True, False]


def test_a_reading_is_a_key_too(tokenizer: Tokenizer) -> None:
    """Kanji and kana of one word sound the same; a mark has neither key nor sound."""
    (kanji,), (mark,) = tokenizer.tokenize("商店"), tokenizer.tokenize("。")
    assert "".join(token.sound for token in tokenizer.tokenize("しょうてん")) == kanji.sound
    assert (mark.key, mark.sound) == ("", "")


def test_no_text_has_no_tokens(tokenizer: Tokenizer) -> None:
    """An empty message is no mistake."""
    assert tokenizer.tokenize("") == ()


def test_threads_share_it(tokenizer: Tokenizer) -> None:
    """Eight threads at once get what one gets: SudachiPy's own tokenizers would not allow it."""
    values = [f"空き店舗入居促進事業の{year}年度実績は" for year in range(200)]
    alone = [tokenizer.tokenize(value) for value in values]
    seen: list[list[tuple[Token, ...]]] = []
    threads = [
        threading.Thread(target=lambda: seen.append([tokenizer.tokenize(value) for value in values])) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [alone] * 8
