"""Ordinals: 施策2 of a label that is printed with its number, 「施策2 豊かな心の育成」 「2 権利擁護」 or 「Ⅰ 歳入の確保」 (build side)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kb.source.plans import Plan
from kb.source.projects import LABELS, Project
from nlp.names.lexicon import Meaning
from nlp.vocabulary import Word
from nlp.writing.text import to_key

__all__ = ["ordinals"]

_NUMBERED = re.compile(r"^(?P<called>[^\W\d]*?) ?第?(?P<number>\d{1,2}|[IVX]{1,4})[ _.:、・)]+(?P<rest>[^\W\d].*)$")


def ordinals(plan: Plan, projects: Sequence[Project], words: Sequence[Word]) -> Iterator[tuple[str, Meaning]]:
    """How the labels of a plan are called beside what they print: by their number, and without it.

    What the label itself prints before its number, and what its column is headed by, come before what the vocabulary
    calls such labels: 政策1 is no 施策1 where the table has both. What would be two labels calls neither.
    """
    own: dict[str, dict[Meaning, None]] = defaultdict(dict)
    common: dict[str, dict[Meaning, None]] = defaultdict(dict)
    headings, vocabulary = _headings(plan), _vocabulary(words)
    for level, meaning, text in _labels(plan, projects):
        found = _NUMBERED.match(unicodedata.normalize("NFKC", text))
        if not found:
            continue
        own[to_key(found["rest"])][meaning] = None
        for called in (found["called"], *headings.get(level, ())):
            if to_key(called):
                own[to_key(f"{called}{found['number']}")][meaning] = None
        for called in vocabulary[meaning.type]:
            common[to_key(f"{called}{found['number']}")][meaning] = None
    for key, meanings in ({**common, **own}).items():
        if len(key) > 1 and len(meanings) == 1:
            yield key, next(iter(meanings))


# Private functions


def _labels(plan: Plan, projects: Sequence[Project]) -> Iterator[tuple[str, Meaning, str]]:
    for project in projects:
        if project.plan != plan.id:
            continue
        texts = (project.goal_text, project.policy, project.subpolicy)
        for level, text in zip(LABELS, texts, strict=True):
            value = project.goal or text if level == "goal" else text
            if text:
                yield level, Meaning("goal" if level == "goal" else "policy", f"{plan.id}/{value}"), text


def _headings(plan: Plan) -> Mapping[str, list[str]]:
    return {level: [column.heading for column in plan.columns if column.role == level] for level in LABELS}


def _vocabulary(words: Sequence[Word]) -> Mapping[str, list[str]]:
    return {
        kind: [word.surface for word in words if (word.type, word.value) == ("attribute", kind)]
        for kind in ("goal", "policy")
    }
