"""Lacking: what words that most tables lack ask for here: further columns, and what calls the lines (build side)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kb.source.plans import Plan
from kb.tables.mapping import bare_heading
from kb.terms import DETAIL
from nlp.vocabulary import Word
from nlp.writing.text import to_key

__all__ = ["WHY", "read_called", "read_groups", "read_listed", "read_remarks"]

WHY = "reason"
"""The group of the words that ask why."""
_REMARKS = "remark"
"""The group of the words that head a column of remarks."""


def read_groups(
    own: Mapping[str, Mapping[str, None]], words: Sequence[Word], remarks: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """The words that absent.toml groups under one key ask for the column that is headed by one of them."""
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    groups[_REMARKS] |= dict.fromkeys(remarks)
    for word in words:
        if word.type == "absent":
            groups[word.value] |= {name: None for name in own.get(to_key(word.surface), ()) if name != "grade"}
    return {value: tuple(attributes) for value, attributes in groups.items() if attributes}


def read_remarks(headings: Sequence[str], words: Sequence[Word]) -> Iterator[str]:
    """The further columns of which the heading says that they remark on something: 備考, 担当課の所見."""
    keys = [to_key(word.surface) for word in words if (word.type, word.value) == ("absent", _REMARKS)]
    for heading in dict.fromkeys(headings):
        if any(key in to_key(heading) for key in keys):
            yield f"{DETAIL}{heading}"


def read_called(plans: Sequence[Plan], words: Sequence[Word]) -> Iterator[str]:
    """The words for a project that stand in the headings of the columns that name the lines: KPI, and with it 指標."""
    headings = [
        to_key(column.heading) for plan in plans for column in plan.columns if column.role in ("name", "activity")
    ]
    projects = {to_key(word.surface) for word in words if (word.type, word.value) == ("cue", "project")}
    printed = {key for key in projects if any(key in heading for heading in headings)}
    alike = {word.value for word in words if word.type == "absent" and to_key(word.surface) in printed}
    yield from printed
    yield from (to_key(word.surface) for word in words if word.type == "absent" and word.value in alike)


def read_listed(plans: Sequence[Plan]) -> Iterator[str]:
    """What the column of the names is headed by, without its 名: 施設名 · 施設・発生源 · 館名."""
    for column in (column for plan in plans for column in plan.columns if column.role == "name"):
        for part in bare_heading(column.heading).split("・"):
            key = to_key(part).removesuffix("名称").removesuffix("名")
            if key and not key.isascii():
                yield key
