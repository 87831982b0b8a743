"""Alias files: aliases.toml with a name more or less; comments and order stay as a person wrote them."""

import tomlkit
from tomlkit.items import KeyType, SingleKey

from kb.source.aliases import Alias

__all__ = ["with_alias", "without_alias"]

_SECTIONS = {"project": "projects", "activity": "activities"}
_HEAD = "# 別の呼び名。名前か名詞句だけ(文は書けない)。\n"


def with_alias(text: str, alias: Alias) -> str:
    """The file's text with a name more."""
    document = tomlkit.parse(text or _HEAD)
    section = document.setdefault(_SECTIONS[alias.kind], tomlkit.table())
    if alias.reference in section:
        section[alias.reference].append(alias.text)
    else:
        section.append(SingleKey(alias.reference, KeyType.Basic), [alias.text])
    return tomlkit.dumps(document)


def without_alias(text: str, alias: Alias) -> str:
    """The file's text without a name."""
    document = tomlkit.parse(text)
    section = document[_SECTIONS[alias.kind]]
    section[alias.reference].remove(alias.text)
    if not section[alias.reference]:
        section.remove(alias.reference)
    return tomlkit.dumps(document)
