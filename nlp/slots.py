"""Slots: what a message gives to a question, sorted by what it can be used for."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.apiece import apiece
from nlp.bounds import Bound, is_loose, read_bounds, relation_behind
from nlp.conditions import Condition, read_letters, read_words
from nlp.cues import EVER, read_cues
from nlp.figures.figures import Figure
from nlp.figures.numbers import NumberMention
from nlp.mentions import Mention
from nlp.names.lexicon import Meaning
from nlp.recognition import Recognition
from nlp.subjects import SURE, Subject, find_subjects, is_subject
from nlp.themes import keyword_words, themed
from nlp.years.fiscal import YearMention

__all__ = ["COLUMNS", "Slots", "fill"]

BACKGROUND = frozenset({"attribute", "measure"})
"""What may be asked before the sentence that names the subject; cues there belong to the story around the question."""
COLUMNS = frozenset({"target", "budget", "settlement"})
"""Attributes that are figures of their own, beside the results."""
_ORDER = frozenset({"largest", "smallest", "more", "less", "order", "gained", "lost"})


class Slots(NamedTuple):
    """Everything that a message gives, by slot; a kind of question takes what it needs."""

    subjects: tuple[Subject, ...] = ()
    """Projects and activities."""
    years: tuple[YearMention, ...] = ()
    """Fiscal years as they were said."""
    attributes: tuple[str, ...] = ()
    """Attributes of a project that the table has."""
    measures: tuple[Meaning, ...] = ()
    """Which of the figures: measure (a unit) or label."""
    conditions: tuple[Condition, ...] = ()
    """Goals, policies, grades, keywords."""
    keywords: tuple[Condition, ...] = ()
    """Words that could serve as a keyword if the kind wants one."""
    topics: tuple[Condition, ...] = ()
    """Of these the ones that stand in descriptions and results only."""
    figures: tuple[Figure, ...] = ()
    """Figures said in the question, to be looked for."""
    bounds: tuple[Bound, ...] = ()
    """Figures that others must be above or below."""
    loose: bool = False
    """Whether 以上 or the like stands behind nothing that has an order."""
    absents: tuple[str, ...] = ()
    """Attributes that the table is known not to have."""
    tables: tuple[str, ...] = ()
    """What is asked about the table itself."""
    socials: tuple[str, ...] = ()
    """Greeting, thanks, abuse, help."""
    letters: tuple[str, ...] = ()
    """Letters of which it isn't said whether they are a goal or a grade."""
    numbers: tuple[NumberMention, ...] = ()
    """Numbers without a unit, ordinals, 上位3."""
    ordinals: tuple[str, ...] = ()
    """施策9: numbers of goals and policies of which no label prints one; never the number of a project."""
    cues: frozenset[str] = frozenset()
    """Cues of the kinds of question; also type:value of every word."""
    hints: tuple[str, ...] = ()
    """Names that hold a word which isn't enough to name one."""
    unknown: tuple[Mention, ...] = ()
    """Words that could not be placed."""
    with_last: bool = False
    """Whether 「Xと」 joins the subject, or a column, to what was talked about before."""
    of_last: bool = False
    """Whether it begins with 「そのうち」: of what was just listed, and of nothing else."""
    inherited: frozenset[str] = frozenset()
    """Slots that come from the conversation."""

    @property
    def of_each_year(self) -> bool:
        """Whether what it says is to hold in every year: ずっと, 毎年."""
        return "always" in self.cues or any(year.form in EVER for year in self.years)

    @property
    def named_columns(self) -> tuple[str, ...]:
        """The attributes that are asked by name; 推移 alone names no column."""
        return self.attributes if self.attributes != ("result",) or "column:result" in self.cues else ()

    @property
    def ranks(self) -> bool:
        """Whether it speaks of an order of figures, in which 2番目 is a place."""
        return bool(self.cues & _ORDER)

    def filled(self) -> frozenset[str]:
        """The names of the slots that hold something, as kinds of question name them."""
        years = sum(len(year.years) or 1 for year in self.years)
        given = {
            "subject": self.subjects, "project": any(not subject.is_line for subject in self.subjects), "subjects": len(self.subjects) > 1, "year": years, "years": years > 1,
            "attribute": self.attributes, "measure": self.measures or COLUMNS & set(self.attributes), "condition": self.conditions,
            "topic": self.topics, "turn": any(condition.end for condition in self.conditions), "keyword": self.keywords or any(c.type == "keyword" for c in self.conditions), "figure": self.figures, "bound": self.bounds,
            "absent": self.absents, "table": self.tables, "social": self.socials,
            "letter": self.letters, "number": self.numbers,
        }  # fmt: skip
        return frozenset(name for name, value in given.items() if value)


def fill(recognition: Recognition) -> Slots:
    """Sort the mentions of a message into slots."""
    recognition = themed(_corrected(recognition))
    subjects, aside = find_subjects(recognition)
    tops = [m.detail for m in recognition.mentions if isinstance(m.detail, NumberMention) and m.detail.form == "top"]
    mentions = recognition.mentions
    start = min((recognition.sentence_of(subject.start) for subject in subjects), default=0)
    words = [w for m in mentions for w in m.meanings if m.type == "word" and (m.start >= start or w.type in BACKGROUND)]
    conditions, letters, spent = read_letters(recognition)
    conditions += read_words(recognition)
    ordinals = tuple(_ordinals(recognition))
    bounds = read_bounds(recognition) if not _has_cue(words, "having") else ()
    negated = _has_cue(words, "not") or _has_cue(words, "undone")
    return Slots(
        subjects=subjects,
        years=tuple(m.detail for m in mentions if isinstance(m.detail, YearMention)),
        attributes=_attributes(words, spent)
        or (
            ("grade",)
            if ("grade" in spent or any(mention.of("grade") for mention in mentions))
            and not _has_cue(words, "keyword")
            and any(s.how not in ("text", "told") for s in subjects)
            else ()
        ),
        measures=_measures(words, recognition, bounds),
        conditions=tuple(dict.fromkeys(one._replace(negated=negated) for one in conditions)),
        keywords=tuple(_keywords(mentions)),
        topics=tuple(_keywords(m for m in mentions if m.how in ("text", "told"))),
        figures=tuple(
            mention.detail
            for at, mention in enumerate(mentions)
            if isinstance(mention.detail, Figure) and not (bounds and relation_behind(recognition, at))
        ),
        bounds=bounds,
        loose=is_loose(recognition) and not _has_cue(words, "having"),
        absents=_values(w for w in words if w.type == "absent"),
        tables=_values(w for w in words if w.type == "table"),
        socials=_values(w for w in words if w.type == "social"),
        letters=tuple(letters),
        numbers=tuple(m.detail for m in mentions if isinstance(m.detail, NumberMention) and m.detail.form != "project"),
        ordinals=tuple(recognition.text.quote(word.start, number.end) for word, number in ordinals),
        cues=apiece(
            recognition,
            read_cues(words, mentions)
            | frozenset("largest" if top.descending else "smallest" for top in tops)
            | frozenset(f"{w.type}:{w.value}" for w in words if w.value not in spent),
        ),
        hints=recognition.hints,
        with_last=_with_last(recognition, subjects),
        of_last=_of_last(mentions),
        unknown=(*(m for m in mentions if m.type == "unknown"), *aside),
    )


# Private functions

_LABELLED = frozenset({"goal", "policy", "target"})


def _attributes(words: Sequence[Meaning], spent: set[str]) -> tuple[str, ...]:
    """What is asked for; 推移, 状況 and the like say nothing of their own beside a column that is named: 決算の推移."""
    said = _values(w for w in words if w.type == "attribute" and w.value not in spent)
    named = any(name in COLUMNS or name.startswith("detail:") for name in said)
    if named and Meaning("column", "result") not in words:
        return tuple(name for name in said if name != "result")
    return said


def _measures(words: Sequence[Meaning], recognition: Recognition, bounds: Sequence[Bound]) -> tuple[Meaning, ...]:
    """Which of the figures; beside a bound its unit: what stands behind it (補助をした, 何事業) says of which no more."""
    said = [word for word in words if word.type in ("measure", "label")]
    if not bounds:
        return tuple(dict.fromkeys(said))
    bounded = [at for at in range(len(recognition.mentions)) if relation_behind(recognition, at)]
    before = {meaning for mention in recognition.mentions[: bounded[-1]] for meaning in mention.meanings}
    units = [word for word in said if word.type == "measure" and "count" not in _cues_of(word, recognition)]
    labels = [word for word in said if word.type == "label" and word in before]
    return tuple(dict.fromkeys((*units, *labels, *(Meaning("measure", bound.unit) for bound in bounds))))


def _cues_of(word: Meaning, recognition: Recognition) -> set[str]:
    """The cues that stand for the same words of a message as a meaning does."""
    return {cue for mention in recognition.mentions if word in mention.meanings for cue in mention.of("cue")}


def _corrected(recognition: Recognition) -> Recognition:
    """24年度じゃなくて25年度: what stands before the correction is taken back, if the same is said again after it."""
    mentions = recognition.mentions
    cuts = [at for at, m in enumerate(mentions) if "instead" in m.of("cue")]
    if not cuts:
        return recognition
    before, after = mentions[: cuts[-1]], mentions[cuts[-1] + 1 :]
    again = {_sort(mention) for mention in after} - {"word"}
    kept = tuple(mention for mention in before if _sort(mention) not in again)
    return recognition._replace(mentions=(*kept, *after)) if again else recognition


def _sort(mention: Mention) -> str:
    return "name" if is_subject(mention) else mention.type


def _with_last(recognition: Recognition, subjects: Sequence[Subject]) -> bool:
    """Whether と and then nothing but a cue follows the one subject, or the one column where there is none: 予算との差は."""
    if "と" not in recognition.text.value:
        return False
    columns = [mention for mention in recognition.mentions if COLUMNS & set(mention.of("attribute"))]
    names = [mention for mention in recognition.mentions if is_subject(mention)] if subjects else columns
    if len(subjects or columns) != 1 or not names:
        return False
    return recognition.text.value[names[-1].end :].startswith(
        ("と比", "との", "と合", "とあわ", "と足", "とくら", "と、")
    )


def _of_last(mentions: Sequence[Mention]) -> bool:
    """Whether そのうち stands before everything that the message says: after it what it is of was said already."""
    telling = (mention for mention in mentions if not mention.is_filler and "next" not in mention.of("cue"))
    first = next(telling, None)
    return first is not None and "among" in first.of("cue")


def _has_cue(words: Sequence[Meaning], cue: str) -> bool:
    return Meaning("cue", cue) in words


def _values(words: Iterable[Meaning]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.value for word in words))


def _keywords(mentions: Iterable[Mention]) -> Iterator[Condition]:
    """Words that are no exact name; each part between の is looked for on its own."""
    for mention in mentions:
        unknown = mention.type == "unknown" and mention.noun
        if unknown or (mention.type == "name" and mention.how not in SURE):
            yield from (Condition("keyword", word, word) for word in keyword_words(mention))


def _ordinals(recognition: Recognition) -> Iterator[tuple[Mention, Mention]]:
    """A bare number right behind 施策 or 基本目標."""
    for word, number in pairwise(recognition.mentions):
        bare = isinstance(number.detail, NumberMention) and number.detail.form == "bare"
        if bare and word.end == number.start and _LABELLED & set(word.of("attribute")):
            yield word, number
