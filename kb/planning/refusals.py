"""Refusals: what is not understood well enough to be answered, and what is said instead."""

from collections.abc import Callable
from itertools import pairwise

from kb.catalog import Catalog
from kb.planning.asking import BETWEEN_YEARS, COMPUTING, is_computing
from kb.planning.naming import template, to_options, with_subjects
from kb.planning.outcomes import Absence, Ambiguity, Outcome, Planned, Social
from kb.planning.overviews import backwards
from kb.planning.symbols import read_bare_figures, read_bare_number
from kb.planning.unknowns import asked_unknown, says_more, unknown_kind, unknown_nouns
from kb.terms import ADDING, DETAIL, FIGURED, GAINING, ORDERING
from nlp.cues import MOVED
from nlp.givens import asks_both
from nlp.merging import contributes
from nlp.names.names import project_of
from nlp.parsing import Parse
from nlp.slots import Slots
from nlp.subjects import SURE

__all__ = ["doubt", "new_unknown", "refuse", "without_kind"]


def refuse(parse: Parse) -> Ambiguity | None:
    """What is not understood well enough to be answered: the opposite, a sum of texts, two years of two projects."""
    kind = next((kind for kind, holds in _REFUSED.items() if holds(parse)), "")
    echo = {"label": "・".join(parse.own.ordinals), "unadded": _said(parse), "place": _place(parse)}.get(kind, "")
    return Ambiguity(kind, (), echo=echo) if kind else None


def without_kind(parse: Parse, catalog: Catalog) -> Outcome:
    """No kind of question fits: the subject is missing, unknown, or nothing was asked at all."""
    slots = parse.slots
    if not parse.recognition.text.value:
        return Social("empty")
    unknown = unknown_nouns(parse)
    printed = read_bare_figures(parse, catalog)
    if printed and slots.cues & {"having", "project", "list"}:
        return Planned(backwards(printed, (), catalog))
    bare = [number.value for number in slots.numbers if number.form == "bare"]
    if len(bare) == 1 and not unknown and not slots.years and not says_more(parse.recognition):
        return read_bare_number(bare[0], catalog)
    if unknown:
        return _unknown(unknown[0], parse, catalog)
    hinted = catalog.without_twins(slots.hints)
    if hinted:
        return Ambiguity("names" if hinted[1:] else "only", to_options(hinted, template(parse, catalog), catalog))
    if _asks(slots):
        return Ambiguity("missing", ())
    return Absence("no_project", "off_topic")


def new_unknown(parse: Parse, catalog: Catalog) -> Outcome:
    """An unknown word in a follow-up is a new name or a new attribute; the old subject's figures answer neither."""
    asked, nouns = asked_unknown(parse), unknown_nouns(parse)
    likely = any(mention.link and mention.link.likely for mention in parse.slots.unknown)
    if likely or nouns != [asked] or any(year.start > parse.slots.unknown[-1].start for year in parse.own.years):
        return without_kind(parse, catalog)  # a word before の25年度 is a name
    references = tuple(reference for subject in parse.slots.subjects for reference in subject.references)
    return Absence(
        "no_attribute", "no_attribute", echo=asked, query=with_subjects(template(parse, catalog), references, catalog)
    )


def doubt(parse: Parse, catalog: Catalog) -> Outcome | None:
    """A name that was found by a piece of it, while more of what was said is unknown: 戦闘機の取得 is no 認証の取得.

    What is asked of the subject (…の職員数は) is no doubt; what stands before it or in it is. Mostly known: ask back.
    """
    other = _other_line(parse, catalog) or _silenced(parse, catalog)
    if other:
        return other
    vague = [named for named in parse.own.subjects if named.how not in SURE]
    if not vague:
        return None
    if _stands_for_a_condition(parse):
        options = to_options(vague[0].references[:3], template(parse, catalog), catalog)
        return Ambiguity("suggest", options, echo=vague[0].text)
    asked = asked_unknown(parse)
    unknown = [mention for mention in parse.unread() if mention.text != asked]
    if not unknown:
        return None
    known, weight = sum(len(named.text) for named in vague), sum(len(mention.text) for mention in unknown)
    if weight < known and not set(parse.beside_names()) & set(unknown):
        return None
    near = [reference for mention in unknown if mention.link for reference in mention.link.near]
    references = tuple(dict.fromkeys(near or (reference for named in vague for reference in named.references)))[:3]
    options = to_options(references, template(parse, catalog), catalog)
    if weight < known:
        return Ambiguity("suggest", options, echo=unknown[0].text.removesuffix("の"))
    echo = unknown[0].text.removesuffix("の")
    return Absence("no_project", unknown_kind(parse, echo), echo=echo, near=options)


# Private functions

_OVER_YEARS = MOVED | {"previous", "rising", "falling", "base", "always"}
"""Cues that speak of each one's own years: どれだけ増えた, 前年より."""


def _silenced(parse: Parse, catalog: Catalog) -> Ambiguity | None:
    """A name typed wrong right beside a right one that silenced it, of another project: one of them would be passed over."""
    others = {named.references for named in parse.aside() if named.how in ("sound", "spelling")}
    if not others or not parse.own.subjects or is_computing(parse):
        return None
    named = {subject.start for subject in parse.own.subjects}
    beside = [
        (one, other)
        for one, other, between in parse.recognition.neighbours()
        if not between and {one.start, other.start} & named and {one.references, other.references} & others
    ]
    references = dict.fromkeys(one for pair in beside for mention in pair for one in mention.references)
    return Ambiguity("names", to_options(tuple(references), template(parse, catalog), catalog)) if beside else None


def _stands_for_a_condition(parse: Parse) -> bool:
    """北部は？ after 中央地域の決算の合計, そのうち南部は？: a piece of a name where a condition stands may be another one."""
    own, last = parse.own, parse.context.slots
    over = "cues" in parse.slots.inherited and is_computing(parse) and last.conditions and not last.subjects
    asks = own.years or own.attributes or own.measures or is_computing(parse)
    return bool(over or (own.of_last and len(parse.context.listed) > 1 and not asks))


def _reaches_back(parse: Parse) -> bool:
    """そのうち where nothing was listed."""
    many = any(len({project_of(reference) for reference in named.references}) > 1 for named in parse.own.subjects)
    aside = parse.own.conditions or parse.own.letters or not parse.slots.subjects or many
    return bool(parse.own.of_last and parse.context.within is None and aside)


def _negates(parse: Parse) -> bool:
    """The opposite of anything but one grade or one value of a column, or several grades of which each is denied."""
    cues, slots, operators = parse.own.cues, parse.slots, parse.operators
    listing = bool(operators) and operators[0] in ("projects", "label")
    said = parse.own.conditions or slots.conditions
    one = len(said) == 1 and said[0].type in ("grade", "detail")
    if listing and not slots.keywords and (one or _is_neither(parse)):
        return False
    overall = listing or (bool(operators) and operators[0] not in ("help", "lacking") and not slots.subjects)
    selected = slots.years or slots.conditions or slots.keywords or slots.letters or overall
    return bool(("not" in cues and selected) or ("undone" in cues and overall))


def _is_neither(parse: Parse) -> bool:
    """◎でも○でもない, ◎以外の○以外: each of the grades is said not to be, so that none of them may hold."""
    recognition, said = parse.recognition, parse.own.conditions
    grades = [mention for mention in recognition.mentions if mention.type == "letter" or mention.of("grade")]
    denied = [mention.start for mention in recognition.mentions if "not" in mention.of("cue")]
    apart = (
        recognition.between(one, other) == "でも" or any(one.end <= start < other.start for start in denied)
        for one, other in pairwise(grades)
    )
    return len(said) == len(grades) > 1 and all(one.type == "grade" for one in said) and all(apart)


def _crosses(parse: Parse) -> bool:
    """Two years of two projects at once; or the difference of two projects in no year, which would be each one's own over the years."""
    years = {year for mention in parse.slots.years for year in mention.years}
    several = is_computing(parse) and len(parse.slots.subjects) + len(parse.aside()) > 1
    held = several and parse.operators[-1] in BETWEEN_YEARS and not parse.own.cues & _OVER_YEARS
    return several and (len(years) > 1 or (held and not parse.slots.years and not _is_of_one_project(parse)))


def _is_of_one_project(parse: Parse) -> bool:
    """Whether all names are of one project and its lines: 運賃収入は運行経費の何%, in their last year."""
    owners = [{project_of(reference) for reference in subject.references} for subject in parse.slots.subjects]
    return len(set.intersection(*owners)) == 1


def _says_nothing_new(parse: Parse) -> bool:
    slots = parse.slots
    inherited = slots.inherited & {"subjects", "conditions"}
    return bool(inherited and not contributes(parse.own) and not slots.unknown)


def _adds_details(parse: Parse) -> bool:
    """差引の合計, 策定時との差: what further columns say is quoted; what another column gives would stand for theirs."""
    details = [name.startswith(DETAIL) for name in parse.own.attributes]
    operator = parse.operators[-1] if parse.operators else ""
    if operator in ADDING:
        return bool(details) and all(details) and not parse.slots.conditions
    return operator in COMPUTING and any(details) and "column:quoted" in parse.own.cues


def _ranks_differences(parse: Parse) -> bool:
    """予算と決算の差が一番大きい事業: two rankings, one of each column, would stand for that of their difference."""
    slots = parse.slots
    several = len(set(slots.attributes) & set(FIGURED)) > 1 and "change" in slots.cues and not slots.subjects
    return several and bool(parse.operators) and parse.operators[-1] in ADDING | ORDERING | GAINING


def _compares_one(parse: Parse) -> bool:
    """どちらが多い after one project: the one that was asked about before it is remembered no more."""
    cues, slots = parse.own.cues, parse.slots
    of_two = "compare" in cues and not cues & {"previous", "base", "change", "rate"}
    years = {year for mention in slots.years for year in mention.years}
    return of_two and "subjects" in slots.inherited and len(slots.subjects) == 1 and len(years) < 2


def _means_another(parse: Parse) -> bool:
    """後者は？, 両方は？ after one project or beside one: which other one is meant nobody said."""
    slots = parse.slots
    talked = [reference for subject in slots.subjects for reference in subject.references]
    years = {year for mention in slots.years for year in mention.years}
    both = asks_both(parse.own) and len(years) < 2
    other = "other" in parse.own.cues and "subjects" in slots.inherited
    return (other or both) and len(talked) == 1


def _place(parse: Parse) -> str:
    """A place in a list that isn't shown yet; 2番目に多い is in an order, and beside a subject 3つ目の質問 is none."""
    placed = parse.operators and parse.operators[-1] in ORDERING
    slots = parse.slots
    picked = "subjects" not in slots.inherited and any(subject.how == "place" for subject in slots.subjects)
    if picked or not (parse.own.ranks or (not slots.subjects and (parse.operators or slots.measures))):
        return ""
    places = (one for one in parse.own.numbers if one.form == "ordinal" and not (placed and one.value > 0))
    return next((parse.recognition.text.quote(one.start, one.end) for one in places), "")


def _said(parse: Parse) -> str:
    """The words that ask for the columns of a message."""
    return "・".join(mention.text for mention in parse.recognition.mentions if mention.of("attribute"))


def _other_line(parse: Parse, catalog: Catalog) -> Absence | None:
    """A line of one project with an unknown noun before it is that of something else: the 参加者数 of another event."""
    talked = {project_of(reference) for s in parse.context.slots.subjects for reference in s.references}
    beside = [named for named in parse.own.subjects if any(r in catalog.addresses for r in named.references)]
    for unknown, line in parse.modified():
        owners = {project_of(reference) for reference in line.references}
        if owners & {*line.references, *talked} or beside:
            continue
        near = unknown.link.near if unknown.link else ()
        options = to_options((near or line.references)[:3], template(parse, catalog), catalog)
        start, end = unknown.start, line.end if unknown.end == line.start else unknown.end
        for mention in reversed(parse.slots.unknown):
            start = mention.start if mention.end == start else start
        echo = parse.recognition.text.quote(start, end)
        return Absence("no_project", unknown_kind(parse, echo), echo=echo, near=options)
    return None


def _unknown(word: str, parse: Parse, catalog: Catalog) -> Outcome:
    """A word that no project is called by, with the names that are near."""
    slots = parse.slots
    near = tuple(dict.fromkeys(ref for m in slots.unknown if m.link for ref in m.link.near))[:3]
    options = to_options(near, template(parse, catalog), catalog)
    if any(mention.link and mention.link.likely for mention in slots.unknown):
        return Ambiguity("suggest", options, echo=word)
    kind = unknown_kind(parse, word) if near or _asks(slots) else "off_topic"
    return Absence("no_project", kind, echo=word, near=options)


def _asks(slots: Slots) -> bool:
    return bool(slots.attributes or slots.measures or slots.years or slots.cues & {"count", "sum", "average", "change"})


_REFUSED: dict[str, Callable[[Parse], bool]] = {
    "label": lambda parse: bool(parse.own.ordinals and not parse.own.subjects),
    "among": _reaches_back,
    "achieved": lambda parse: "achieved" in parse.own.cues and not parse.slots.subjects,
    "negation": _negates,
    "unadded": _adds_details,
    "differences": _ranks_differences,
    "crossed": _crosses,
    "place": lambda parse: bool(_place(parse)),
    "missing": lambda parse: _compares_one(parse) or _means_another(parse) or _says_nothing_new(parse),
}
"""Question back → where it is due, the first that holds."""
