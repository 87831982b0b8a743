"""Standing: how much of the language is data: aliases per project, and the gaps that are known."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

__all__ = ["standing"]


def standing(data: Path) -> str:
    """Lines for the end of a report: more than a few aliases for a project mean that a rule is missing."""
    return "\n".join([*_aliases(data), *_known_gaps(data)])


# Private functions


def _aliases(data: Path) -> Iterator[str]:
    for path in sorted(data.glob("plans/*/aliases.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        counted = {key: len(names) for section in content.values() for key, names in section.items()}
        most = ", ".join(f"{key}: {n}" for key, n in sorted(counted.items(), key=lambda item: -item[1])[:5])
        yield f"aliases {path.parent.name}: {sum(counted.values())} for {len(counted)} names (most: {most or 'none'})"


def _known_gaps(data: Path) -> Iterator[str]:
    gaps = [
        (path.stem, gap.get("ask") or " ⇒ ".join(gap["turns"]))
        for path in sorted(data.glob("language/questions/*.toml"))
        for gap in tomllib.loads(path.read_text(encoding="utf-8")).get("known_gaps", ())
    ]
    yield f"known gaps: {len(gaps)}"
    yield from (f"  {kind}: {question}" for kind, question in gaps)
