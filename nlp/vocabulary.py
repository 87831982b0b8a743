"""Vocabulary: the words of data/language/words, and the kinds of question of data/language/questions, as read from TOML."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from nlp.writing.text import to_key

__all__ = ["LanguageError", "Word", "load_words"]

TYPES = {
    "attribute": "事業の項目",
    "measure": "実績の数字",
    "narrowed": "数字の種類を限る言葉",
    "absent": "表にない項目",
    "column": "表にその欄があるときだけの言葉",
    "cue": "質問の手がかり",
    "table": "資料そのもの",
    "social": "あいさつなど",
    "keyword": "表の言葉の言い換え",
    "filler": "読みとばす言葉",
    "soft": "名前にもなる言葉",
}


class LanguageError(Exception):
    """Mistakes in data/language; the text lists all of them, one a line, by file and key."""


class Word(NamedTuple):
    """One surface of the vocabulary."""

    type: str
    """One of TYPES."""
    value: str
    """What it stands for within its type."""
    label: str
    """How the value is called in a reply."""
    surface: str
    """The word as written in the file."""


def load_words(folder: Path) -> tuple[Word, ...]:
    """Every word of a folder of TOML files, in a fixed order; all mistakes at once."""
    words: list[Word] = []
    mistakes: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        for kind, values in read_toml(path, mistakes).items():
            if kind not in TYPES:
                mistakes.append(f"{path.name}: 「{kind}」という種類はありません(使えるのは {'・'.join(TYPES)})")
                continue
            if not isinstance(values, dict):
                mistakes.append(f"{path.name}: {kind} の下に [{kind}.名前] の形で書いてください")
                continue
            for value, content in values.items():
                words += _words(f"{path.name}: {kind}.{value}", kind, value, content, mistakes)
    mistakes += _doubled(words)
    if mistakes:
        raise LanguageError("\n".join(mistakes))
    return tuple(sorted(words, key=lambda word: (word.type, word.value, word.surface)))


def read_toml(path: Path, mistakes: list[str]) -> Mapping[str, Any]:
    """A TOML file, or nothing and a line in `mistakes`."""
    import tomllib  # noqa: PLC0415  only a build reads it

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.append(f"{path.name}: TOMLとして読めません({error})")
        return {}


# Private functions


def _words(place: str, kind: str, value: str, content: object, mistakes: list[str]) -> Iterable[Word]:
    if not isinstance(content, dict):
        mistakes.append(f'{place}: [{kind}.{value}] の下に words = ["…"] の形で書いてください')
        return []
    unknown = set(content) - {"label", "words"}
    if unknown:
        mistakes.append(f"{place}: 知らない項目です({'・'.join(sorted(unknown))})")
    surfaces, label = content.get("words", []), content.get("label", value)
    if not isinstance(label, str):
        mistakes.append(f"{place}: label は文字にしてください")
    elif not isinstance(surfaces, list) or not surfaces or not all(map(_is_word, surfaces)):
        mistakes.append(f"{place}: words には文字のある言葉を並べてください")
    else:
        return [Word(kind, value, label, surface) for surface in surfaces]
    return []


def _is_word(surface: object) -> bool:
    return isinstance(surface, str) and bool(to_key(surface))


def _doubled(words: list[Word]) -> Iterable[str]:
    seen: set[tuple[str, str, str]] = set()
    for word in words:
        key = (word.type, word.value, to_key(word.surface))
        if key in seen:
            yield f"{word.type}.{word.value}: 「{word.surface}」が二度あります"
        seen.add(key)
