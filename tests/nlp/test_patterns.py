from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import nlp
from nlp.writing.patterns import Needles, Pattern
from nlp.writing.text import normalize

TEXTS = tuple(
    line
    for file in sorted((Path(__file__).parents[1] / "corpora").rglob("*.*"))
    if file.suffix in (".toml", ".jsonl", ".txt")
    for line in file.read_text(encoding="utf-8").splitlines()
    if line.strip()
)


def everywhere() -> Iterator[Pattern]:
    """Every pattern of the package, in tuples too."""
    for module in walk_packages(nlp.__path__, "nlp."):
        held = list(vars(import_module(module.name)).values())
        while held:
            value = held.pop()
            if isinstance(value, Pattern):
                yield value
            elif isinstance(value, tuple):
                held += value


def missed(pattern: Pattern, texts: tuple[str, ...]) -> list[str]:
    """Texts in which a pattern matches without one of its needles."""
    return [text for text in texts if not pattern.can_match(text) and pattern.compiled.search(text)]


def test_no_pattern_matches_without_its_needles() -> None:
    """What is left out for want of a needle could not have matched: over every line of the corpora."""
    texts = tuple(dict.fromkeys(normalize(text).value for text in TEXTS))
    patterns = [pattern for pattern in everywhere() if pattern.needles]
    assert len(texts) > 500
    assert len(patterns) > 40
    assert {pattern.pattern: missed(pattern, texts) for pattern in patterns if missed(pattern, texts)} == {}


def test_a_wrong_needle_would_be_found() -> None:
    """Negative control: a needle that a match can do without."""
    assert missed(Pattern("[0-9]+年", "平成"), ("25年",)) == ["25年"]


@pytest.mark.parametrize(("text", "found"), [("3番", "3番"), ("3号", None)])
def test_a_pattern_matches_like_a_regular_expression(text: str, found: str | None) -> None:
    """The needle alone decides nothing."""
    match = Pattern("[0-9]番", "番").search(text)
    assert (match and match[0]) == found


def test_a_pattern_is_compiled_when_it_is_needed() -> None:
    """A broken one says so at its first use, not at import, and not where it can't match."""
    broken = Pattern("(", "括")
    assert broken.search("何もない") is None
    with pytest.raises(Exception, match="missing"):
        broken.search("括弧")


@pytest.mark.parametrize(("text", "stands"), [("3番", True), ("下位3", True), ("3件", False)])
def test_patterns_are_asked_together_where_a_needle_of_any_stands(text: str, stands: bool) -> None:
    """One look at a text instead of one for each pattern."""
    assert Needles([Pattern("[0-9]番", "番"), Pattern("[上下]位[0-9]", "上位", "下位")]).stand_in(text) is stands


def test_a_pattern_of_which_nothing_is_known_is_always_asked() -> None:
    """Negative control: beside a pattern without needles no text is passed over."""
    assert Needles([Pattern("[0-9]番", "番"), Pattern("[0-9]件")]).stand_in("3件")
