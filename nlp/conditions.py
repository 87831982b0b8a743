"""Conditions: what projects must be or hold to be listed, as a message says it."""

from itertools import pairwise
from typing import NamedTuple

from nlp.bounds import relation_behind
from nlp.mentions import Mention
from nlp.names.lexicon import Meaning
from nlp.recognition import Recognition
from nlp.subjects import COORDINATING, joins
from nlp.years.fiscal import YearMention

__all__ = ["CONDITIONS", "Condition", "read_letters", "read_words"]

CONDITIONS = frozenset({"goal", "policy", "keyword", "grade", "detail", "told", "untold", "status"})
"""Meanings that select projects."""


class Condition(NamedTuple):
    """What a project must be or hold to be listed."""

    type: str
    """goal, policy, grade, keyword, status."""
    value: str
    """A reference, a letter or a text."""
    text: str
    """As it was typed."""
    joined: bool = False
    """Whether と, か or a comma joins it to a condition before it."""
    negated: bool = False
    """Whether it must not hold."""
    relation: str = ""
    """Of a grade: from where on in their order others do as well, one of RELATIONS; "" for itself alone."""
    end: str = ""
    """Of grades of which one became the other (DからAに): at which end of the years it holds, first or last."""
    years: tuple[int, ...] = ()
    """The fiscal years that are said of it alone, where a message says several: 4年度は遅れで5年度は順調."""


def read_words(recognition: Recognition) -> list[Condition]:
    """Goals, policies, grades, keywords and what narrow columns say, each by its words."""
    return [
        Condition(
            meaning.type,
            meaning.value,
            mention.text,
            _is_joined(recognition, at) or (place > 0 and meaning.type == "told"),
            relation=relation_behind(recognition, at),
            end=_end(recognition, at),
            years=_own_years(recognition, at),
        )
        for at, mention in enumerate(recognition.mentions)
        for place, meaning in enumerate(_meant(recognition, at))
    ]


def read_letters(recognition: Recognition) -> tuple[list[Condition], list[str], set[str]]:
    """達成度B and 戦略目標のB are conditions; a B alone is not said to be either."""
    conditions: list[Condition] = []
    letters: list[str] = []
    spent: set[str] = set()
    mentions = recognition.mentions
    for at, mention in enumerate(mentions):
        if mention.type != "letter":
            continue
        letter = mention.text.upper()
        column, said_end = _column(recognition, at), _end(recognition, at)
        kind = (
            _letter_kind(recognition, at)
            or _of_a_mark(mention)
            or ("grade" if relation_behind(recognition, at) else None)  # goals have no order
            or _of_a_year(recognition, at)
            or ("grade" if said_end else None)  # goals become no others
            or (conditions[-1].type if conditions and _follows_letter(recognition, at) else None)
        )
        said = Condition(
            "",
            letter,
            letter,
            _is_joined(recognition, at),
            relation=relation_behind(recognition, at),
            end=_end(recognition, at),
            years=_own_years(recognition, at),
        )
        if column or kind == "detail":
            column = column or conditions[-1].value.partition("=")[0]
            conditions.append(said._replace(type="detail", value=f"{column}={letter}"))
        elif kind is None:
            letters.append(letter)
        else:
            conditions.append(said._replace(type=kind))
            spent.add(kind)
    return conditions, letters, spent


# Private functions

_LINKING = frozenset({"", "の", "が", "は", "「", "は「", "が「", "の「", ":", "=", "で", "って", "も"})
_BECOMING = ("に", "へ")
_LETTERED = frozenset({"grade", "goal"})
_DETAIL = "detail:"
"""What the attribute of a further column begins with."""


def _meant(recognition: Recognition, at: int) -> list[Meaning]:
    """What a word selects by: a grade right behind a further column (外部評価がA) is what that column says."""
    meanings = [meaning for meaning in recognition.mentions[at].meanings if meaning.type in CONDITIONS]
    grades = [meaning for meaning in meanings if meaning.type == "grade"]
    if not grades:
        return meanings
    column = _column(recognition, at)
    if column:
        return [Meaning("detail", f"{column}={grades[0].value}")]
    return [meaning for meaning in meanings if meaning.type != "detail"]


def _column(recognition: Recognition, at: int) -> str:
    """The further column that is named right before a grade: /外部評価, whatever the plan; "" where none is."""
    mentions = recognition.mentions
    if at and recognition.between(mentions[at - 1], mentions[at]) in _LINKING and _only_asks(mentions[at - 1]):
        at -= 1  # 外部評価はどの事業がA
    if not at or recognition.between(mentions[at - 1], mentions[at]) not in _LINKING:
        return ""
    said = [value for value in mentions[at - 1].of("attribute") if value.startswith(_DETAIL) or value == "grade"]
    return f"/{said[0].removeprefix(_DETAIL)}" if said and "grade" not in said else ""


def _only_asks(mention: Mention) -> bool:
    return bool(mention.meanings) and {meaning.type for meaning in mention.meanings} <= {"cue", "soft"}


def _letter_kind(recognition: Recognition, at: int) -> str | None:
    mentions = recognition.mentions
    for near, one, other, linking in ((at - 1, at - 1, at, _LINKING), (at + 1, at, at + 1, ("", "の", "という"))):
        if 0 <= near < len(mentions) and recognition.between(mentions[one], mentions[other]) in linking:
            for value in mentions[near].of("attribute"):
                if value in _LETTERED:
                    return value
    return None


def _of_a_mark(mention: Mention) -> str | None:
    """◎ and A+ are grades; a goal is one letter."""
    return None if mention.text.isascii() and len(mention.text) == 1 else "grade"


def _of_a_year(recognition: Recognition, at: int) -> str | None:
    """3年度Cで5年度B, 3年度の評価がCで5年度がB: letters of several years are grades; a goal has no year."""
    telling = [mention for mention in recognition.mentions if not mention.of("attribute")]
    lettered = [letter for year, letter in pairwise(telling) if year.type == "year" and letter.type == "letter"]
    return "grade" if len(lettered) > 1 and recognition.mentions[at] in lettered else None


def _end(recognition: Recognition, at: int) -> str:
    """DからAに, AやBからCに: at which end of what became something else a condition is; "" where nothing did."""
    first = last = at
    while _is_joined(recognition, first):
        first = _before(recognition, first)
    while last + 1 < len(recognition.mentions) and _joined_behind(recognition, last):
        last += 1
    came = _before(recognition, first)
    return "first" if _becomes(recognition, last) else "last" if came >= 0 and _becomes(recognition, came) else ""


def _before(recognition: Recognition, at: int) -> int:
    """Where the mention before a condition and the column that it is said of stands; -1 where there is none."""
    at -= 1
    while at >= 0 and recognition.mentions[at].of("attribute"):
        at -= 1
    return at


def _becomes(recognition: Recognition, at: int) -> bool:
    """Whether から and then other conditions with に stand behind a condition."""
    mentions, last = recognition.mentions, at + 1
    while last < len(mentions) and mentions[last].of("attribute"):
        last += 1  # 達成度Aから達成度Bに
    if last >= len(mentions) or not (_is_condition(mentions[at]) and _is_condition(mentions[last])):
        return False
    while last + 1 < len(mentions) and _joined_behind(recognition, last):
        last += 1
    came = recognition.between(mentions[at], mentions[at + 1]) == "から"
    return came and recognition.text.value.startswith(_BECOMING, mentions[last].end)


def _joined_behind(recognition: Recognition, at: int) -> bool:
    return _is_condition(recognition.mentions[at + 1]) and _is_joined(recognition, at + 1)


def _own_years(recognition: Recognition, at: int) -> tuple[int, ...]:
    """The years between a condition and the one before it, where the message says others too."""
    said = [mention.detail for mention in recognition.mentions if isinstance(mention.detail, YearMention)]
    before: list[YearMention] = []
    for place in range(at - 1, -1, -1):
        mention = recognition.mentions[place]
        if _is_condition(mention):
            if not before and _is_joined(recognition, at):
                return _own_years(recognition, place)  # 3年度にAかBで5年度にC
            break
        before += [mention.detail] if isinstance(mention.detail, YearMention) else []
    years = tuple(year for mention in reversed(before) for year in mention.years)
    return years if len(before) < len(said) else ()


def _is_condition(mention: Mention) -> bool:
    return mention.type == "letter" or bool(CONDITIONS & {meaning.type for meaning in mention.meanings})


def _follows_letter(recognition: Recognition, at: int) -> bool:
    previous = recognition.mentions[at - 1]
    return previous.type == "letter" and recognition.between(previous, recognition.mentions[at]) in COORDINATING


def _is_joined(recognition: Recognition, at: int) -> bool:
    """Whether a condition is put beside the one before it; its column may be named again: 達成度Bと達成度C."""
    mentions, before = recognition.mentions, _before(recognition, at)
    if before < 0 or not _is_condition(mentions[before]):
        return False
    behind = before + 1 < at and mentions[before].end == mentions[before + 1].start  # A評価とB評価
    begins = before + 2 if behind else before + 1
    return joins(recognition.between(mentions[begins - 1], mentions[begins]), at_break=False)
