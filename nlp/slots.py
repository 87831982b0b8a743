"""Slots: what a message gives to a question, sorted by what it can be used for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from nlp.figures import Figure
from nlp.lexicon import Link, Meaning, Phrase
from nlp.mentions import Mention
from nlp.numbers import NumberMention
from nlp.recognition import Recognition
from nlp.years import YearMention

__all__ = ["Condition", "Slots", "Subject", "fill", "joins"]

SURE = frozenset({"exact", "alias", "name", "number", "place"})
"""Ways of finding a name that silence every vaguer one."""
BACKGROUND = frozenset({"attribute", "measure"})
"""What may be asked before the sentence that names the subject; cues there belong to the story around the question."""
_ORDER = ("place", "exact", "name", "alias", "number", "part", "sound", "words", "text", "spelling", "told")
_COORDINATING = frozenset({"と", "、", "や", "・", ",", "&", "および", "及び", "と、", "vs", "対", "、と", "とか", "または", "か", "並びに"})
_BRACKETS = dict.fromkeys(map(ord, "「」『』()\"' "), "")
_LINKING = frozenset({"", "の", "が", "は", "「", "は「", "が「", "の「", ":", "=", "で", "って", "も"})
_LETTERS = {"grade": "grade", "goal": "goal"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: one project or activity, or several that it may be."""

    references: tuple[str, ...]
    """Candidates; more than one has to be asked back."""
    how: str
    """exact, name, alias, number, part, sound, words, spelling, text."""
    text: str
    """As it was typed."""
    number: int | None = None
    """A project number as typed, for the plan to resolve."""
    link: Link | None = None
    """How the name was found, with its scores."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a project must be or hold to be listed."""

    type: str
    """goal, policy, grade, keyword."""
    value: str
    """A reference, a letter or a text."""
    text: str
    """As it was typed."""


@dataclass(frozen=True, slots=True)
class Slots:
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
    """Figures said in the question."""
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
    cues: frozenset[str] = frozenset()
    """Cues of the kinds of question; also type:value of every word."""
    hints: tuple[str, ...] = ()
    """Names that hold a word which isn't enough to name one."""
    unknown: tuple[Mention, ...] = ()
    """Words that could not be placed."""
    inherited: frozenset[str] = field(default_factory=frozenset)
    """Slots that come from the conversation."""

    def filled(self) -> frozenset[str]:
        """The names of the slots that hold something, as kinds of question name them."""
        years = sum(len(year.years) or 1 for year in self.years)
        given = {
            "subject": self.subjects, "subjects": len(self.subjects) > 1, "year": years, "years": years > 1,
            "attribute": self.attributes, "measure": self.measures, "condition": self.conditions,
            "topic": self.topics, "keyword": self.keywords or any(c.type == "keyword" for c in self.conditions), "figure": self.figures,
            "absent": self.absents, "table": self.tables, "social": self.socials,
            "letter": self.letters, "number": self.numbers,
        }  # fmt: skip
        return frozenset(name for name, value in given.items() if value)


def fill(recognition: Recognition) -> Slots:
    """Sort the mentions of a message into slots."""
    subjects, aside = _subjects(recognition)
    tops = [m.detail for m in recognition.mentions if isinstance(m.detail, NumberMention) and m.detail.form == "top"]
    mentions = recognition.mentions
    start = recognition.sentence_of(_first(recognition, subjects)) if subjects else 0
    words = [w for m in mentions for w in m.meanings if m.type == "word" and (m.start >= start or w.type in BACKGROUND)]
    conditions, letters, spent = _letters(recognition)
    conditions += [
        Condition(meaning.type, meaning.value, mention.text)
        for mention in mentions
        for meaning in mention.meanings
        if meaning.type in ("goal", "policy", "keyword")
    ]
    return Slots(
        subjects=subjects,
        years=tuple(m.detail for m in mentions if isinstance(m.detail, YearMention)),
        attributes=_values(w for w in words if w.type == "attribute" and w.value not in spent)
        or (("grade",) if "grade" in spent and any(s.how not in ("text", "told") for s in subjects) else ()),
        measures=tuple(dict.fromkeys(w for w in words if w.type in ("measure", "label"))),
        conditions=tuple(dict.fromkeys(conditions)),
        keywords=tuple(_keywords(mentions)),
        topics=tuple(_keywords(m for m in mentions if m.how in ("text", "told"))),
        figures=tuple(m.detail for m in mentions if isinstance(m.detail, Figure)),
        absents=_values(w for w in words if w.type == "absent"),
        tables=_values(w for w in words if w.type == "table"),
        socials=_values(w for w in words if w.type == "social"),
        letters=tuple(letters),
        numbers=tuple(m.detail for m in mentions if isinstance(m.detail, NumberMention) and m.detail.form != "project"),
        cues=frozenset(w.value for w in words if w.type == "cue")
        | frozenset("largest" if top.descending else "smallest" for top in tops)
        | frozenset(f"{w.type}:{w.value}" for w in words if w.value not in spent),
        hints=recognition.hints,
        unknown=(*(m for m in mentions if m.type == "unknown"), *aside),
    )


# Private functions


def _first(recognition: Recognition, subjects: Sequence[Subject]) -> int:
    """Where the first subject stands."""
    texts = {subject.text for subject in subjects}
    return next((m.start for m in recognition.mentions if _is_subject(m) and any(m.text in text for text in texts)), 0)


def _values(words: Iterable[Meaning]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.value for word in words))


def _keywords(mentions: Iterable[Mention]) -> Iterator[Condition]:
    """Words that are no exact name; each part between の is looked for on its own."""
    for mention in mentions:
        unknown = mention.type == "unknown" and mention.noun
        if unknown or (mention.type == "name" and mention.how not in SURE):
            yield from (Condition("keyword", word, word) for word in _keyword_words(mention))


def _keyword_words(mention: Mention) -> tuple[str, ...]:
    if not isinstance(mention.detail, Phrase):
        return (mention.text,)
    return tuple(key for key, _ in mention.detail.words) if mention.how == "told" else mention.detail.parts


def _letters(recognition: Recognition) -> tuple[list[Condition], list[str], set[str]]:
    """達成度B and 戦略目標のB are conditions; a B alone is not said to be either."""
    conditions: list[Condition] = []
    letters: list[str] = []
    spent: set[str] = set()
    mentions = recognition.mentions
    for at, mention in enumerate(mentions):
        if mention.type != "letter":
            continue
        kind = _letter_kind(recognition, at) or (conditions[-1].type if conditions and _follows_letter(recognition, at) else None)
        letter = mention.text.upper()
        if kind is None:
            letters.append(letter)
        else:
            conditions.append(Condition(kind, letter, f"{letter}"))
            spent.add(kind)
    return conditions, letters, spent


def _letter_kind(recognition: Recognition, at: int) -> str | None:
    mentions = recognition.mentions
    for near, one, other, linking in ((at - 1, at - 1, at, _LINKING), (at + 1, at, at + 1, ("", "の", "という"))):
        if 0 <= near < len(mentions) and recognition.between(mentions[one], mentions[other]) in linking:
            for value in mentions[near].of("attribute"):
                if value in _LETTERS:
                    return _LETTERS[value]
    return None


def _follows_letter(recognition: Recognition, at: int) -> bool:
    previous = recognition.mentions[at - 1]
    return previous.type == "letter" and recognition.between(previous, recognition.mentions[at]) in _COORDINATING


def _subjects(recognition: Recognition) -> tuple[tuple[Subject, ...], list[Mention]]:
    """Exact names silence vaguer ones, unless と joins them; vaguer ones that agree narrow each other."""
    found = [m for m in recognition.mentions if _is_subject(m)]
    sure = [m for m in found if _how(m) in SURE]
    if sure:
        kept = [m for m in found if m in sure or _is_coordinated(recognition, m, found)]
        return tuple(map(_subject, kept)), [m for m in found if m not in kept]
    if not found:
        return (), []
    narrowed, used = _narrow(recognition, found)
    return narrowed, [m for m in found if m not in used]


def _is_subject(mention: Mention) -> bool:
    return bool(mention.references) or (isinstance(mention.detail, NumberMention) and mention.detail.form == "project")


def _how(mention: Mention) -> str:
    return "number" if isinstance(mention.detail, NumberMention) else mention.how


def _subject(mention: Mention) -> Subject:
    number = mention.detail.value if isinstance(mention.detail, NumberMention) else None
    return Subject(mention.references, _how(mention), mention.text, number, mention.link)


def _is_coordinated(recognition: Recognition, mention: Mention, found: Sequence[Mention]) -> bool:
    at = recognition.mentions.index(mention)
    pairs = [(at - 1, at - 1, at), (at + 1, at, at + 1)]
    return any(
        0 <= near < len(recognition.mentions)
        and recognition.mentions[near] in found
        and joins(recognition, recognition.mentions[one], recognition.mentions[other])
        for near, one, other in pairs
    )


def joins(recognition: Recognition, one: Mention, other: Mention) -> bool:
    """Whether と, a comma or a typed space puts two names side by side."""
    between = recognition.between(one, other).translate(_BRACKETS)
    return between in _COORDINATING or (not between and other.start in recognition.text.breaks())


def _narrow(recognition: Recognition, found: list[Mention]) -> tuple[tuple[Subject, ...], list[Mention]]:
    last = max(found, key=lambda mention: len(mention.text))
    asking = [m for m in found if recognition.sentence_of(m.start) >= recognition.sentence_of(last.start)]
    groups: list[list[Mention]] = []
    for mention in asking:
        if groups and _agree(groups[-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    subjects = [_together(group) for group in groups]
    if len(subjects) == 1 or all(_is_coordinated(recognition, m, asking) for m in asking):
        return tuple(subjects), asking
    best = min(_ORDER.index(subject.how) for subject in subjects)
    kept = [at for at, subject in enumerate(subjects) if _ORDER.index(subject.how) == best]
    chosen = [m for at in kept for m in groups[at]]
    return (_either([subjects[at] for at in kept]),), chosen


def _either(subjects: Sequence[Subject]) -> Subject:
    """Names that nothing joins: the question is about one of them, and only the asker knows which."""
    references = tuple(dict.fromkeys(reference for subject in subjects for reference in subject.references))
    return replace(subjects[0], references=references, text="・".join(subject.text for subject in subjects))


def _agree(group: list[Mention], mention: Mention) -> bool:
    return bool(set(_together(group).references) & set(mention.references))


def _together(group: list[Mention]) -> Subject:
    shared = tuple(r for r in group[0].references if all(r in m.references for m in group))
    weakest = max((_how(m) for m in group), key=_ORDER.index)
    return replace(_subject(group[0]), references=shared, how=weakest, text="・".join(m.text for m in group))


