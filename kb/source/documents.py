"""Documents: TOML files of a data author, read with every mistake collected by file and key."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import PlanError

__all__ = ["Section", "parse_document", "read_document"]


@dataclass(slots=True)
class Section:
    """One table of a document; what is wrong with it goes into the list that the whole document shares."""

    file: str
    """The file, as it is named in messages."""
    key: str
    """Where in the file, "" at the top."""
    data: dict[str, object]
    """What stands there."""
    problems: list[str]
    """Mistakes of the whole document so far."""
    known: set[str] = field(default_factory=set)
    """Keys that somebody asked for."""

    def text(self, key: str, *, optional: bool = False) -> str:
        """A text; an optional one may be missing or empty."""
        value = self._take(key, "" if optional else None)
        if isinstance(value, str) and (value.strip() or optional):
            return value
        self.complain(key, "文字列が必要です" if value is not None else "ありません")
        return ""

    def one_of(self, key: str, choices: tuple[str, ...], *, optional: bool = False) -> str:
        """A text that is one of some."""
        value = self.text(key, optional=optional)
        if value and value not in choices:
            self.complain(key, f"{'・'.join(choices)} のどれかにしてください")
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of texts, in order."""
        value = self._take(key, [] if optional else None)
        if isinstance(value, list) and all(isinstance(item, str) for item in value) and (value or optional):
            return tuple(value)
        self.complain(key, '文字列の並び ["…"] が必要です' if value is not None else "ありません")
        return ()

    def some_of(self, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts that are each one of some; it may be empty."""
        values = self.texts(key, optional=True)
        for value in values:
            if value not in choices:
                self.complain(key, f"「{value}」は書けません({'・'.join(choices)} から選んでください)")
        return values

    def flag(self, key: str) -> bool:
        """Yes or no; no where it is missing."""
        value = self._take(key, False)
        if not isinstance(value, bool):
            self.complain(key, "true か false が必要です")
        return value is True

    def section(self, key: str, *, optional: bool = False) -> "Section":
        """The table under a key; an empty one where it is missing."""
        value = self._take(key, {} if optional else None)
        if not isinstance(value, dict):
            self.complain(key, f"[{key}] の表が必要です")
            return Section(self.file, self._path(key), {}, [])  # its own mistakes would only repeat this one
        return Section(self.file, self._path(key), value, self.problems)

    def sections(self, key: str) -> tuple["Section", ...]:
        """The tables of [[key]], numbered from 1 in messages."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.complain(key, f"[[{key}]] の並びが必要です")
            return ()
        return tuple(
            Section(self.file, f"{self._path(key)}[{at}]", item, self.problems) for at, item in enumerate(value, 1)
        )

    def complain(self, key: str, message: str) -> None:
        """Note a mistake at a key."""
        self.problems.append(f"{self.file}: {self._path(key)}: {message}")

    def close(self) -> None:
        """Everything was read: what is left is a key that nobody knows."""
        for key in self.data:
            if key not in self.known:
                self.complain(key, "知らない項目です(つづりを確認してください)")

    def _take(self, key: str, missing: object) -> object:
        self.known.add(key)
        return self.data.get(key, missing)

    def _path(self, key: str) -> str:
        return f"{self.key}.{key}" if self.key else key


def read_document(path: Path) -> Section:
    """Read a TOML file; one clear line where it cannot be read at all."""
    name = "/".join(path.parts[-3:])
    try:
        return parse_document(name, path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise PlanError(f"{name}: ファイルがありません") from None
    except OSError as error:
        raise PlanError(f"{name}: 読めません({error.strerror})") from None
    except UnicodeDecodeError:
        raise PlanError(f"{name}: UTF-8 の文字ではありません。UTF-8 で保存してください") from None


def parse_document(name: str, text: str) -> Section:
    """The text of a TOML file, told by its name; one clear line where it is none."""
    try:
        return Section(name, "", tomllib.loads(text), [])
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{name}: TOML として読めません({_place(str(error))})") from None


# Private functions


def _place(message: str) -> str:
    found = re.search(r"at line (\d+), column (\d+)", message)
    place = f"{found[1]}行{found[2]}列のあたり" if found else "ファイルの終わり"
    return f"{place}の書き方が正しくありません"
