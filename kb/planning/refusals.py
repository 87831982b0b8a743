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

__all__ = ["new_unknown", "refuse", "without_kind"]


def refuse(parse: Parse) -> Ambiguity | None:
    """What is not understood well enough to be answered: the opposite, a sum of texts, two years of two projects."""
    kind = next((kind for kind, holds in _REFUSED.items() if holds(parse)), "")
    if not kind:
        return None
    echo = {
        "label": "・".join(parse.own.ordinals),
        "unadded": _said(parse),
        "place": _place(parse),
        "unheld": _unanswered(parse),
    }.get(kind, "")
    return Ambiguity(kind, (), echo=echo)


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


# Private functions

_OVER_YEARS = MOVED | {"previous", "rising", "falling", "base", "always"}
"""Cues that speak of each one's own years: どれだけ増えた, 前年より."""


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
    if operator in BETWEEN_YEARS and _told_before(parse):
        return True
    if operator in ADDING:
        return bool(details) and all(details) and not parse.slots.conditions
    return operator in COMPUTING and any(details) and "column:quoted" in parse.own.cues


def _told_before(parse: Parse) -> tuple[str, ...]:
    """3年度の実績との差は？ after 基準値は？: the headings of the further columns that were quoted right before."""
    before, own = parse.context.slots.attributes, parse.own
    against = len(own.years) == 1 and not own.cues & {"previous", "base"} and (own.with_last or not own.subjects)
    quoted = bool(before) and all(name.startswith(DETAIL) for name in before)
    return tuple(name.removeprefix(DETAIL) for name in before) if against and quoted else ()


def _ranks_differences(parse: Parse) -> bool:
    """予算と決算の差が一番大きい事業: two rankings, one of each column, would stand for that of their difference."""
    slots, before = parse.slots, parse.context.slots.cues
    leaning = "attributes" in slots.inherited and before & {"rate", "ratio", "percent"}  # 一番低いのは？ after 執行率
    differs = "change" in slots.cues and not slots.subjects
    several = len(set(slots.attributes) & set(FIGURED)) > 1 and bool(leaning or differs)
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
    placed = parse.operators and parse.operators[-1] in ORDERING | GAINING
    slots = parse.slots
    picked = "subjects" not in slots.inherited and any(subject.how == "place" for subject in slots.subjects)
    if picked or not (parse.own.ranks or (not slots.subjects and (parse.operators or slots.measures))):
        return ""
    places = (one for one in parse.own.numbers if one.form == "ordinal" and not (placed and one.value > 0))
    return next((parse.recognition.text.quote(one.start, one.end) for one in places), "")


def _unanswered(parse: Parse) -> str:
    """The words that ask for what nothing computes: 目標に一番近い."""
    return next((mention.text for mention in parse.recognition.mentions if "unanswered" in mention.of("cue")), "")


def _said(parse: Parse) -> str:
    """The words that ask for the columns of a message."""
    said = [mention.text for mention in parse.recognition.mentions if mention.of("attribute")]
    return "・".join(_told_before(parse) or said)


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
    "unheld": lambda parse: "unanswered" in parse.own.cues,
    "unadded": _adds_details,
    "differences": _ranks_differences,
    "crossed": _crosses,
    "place": lambda parse: bool(_place(parse)),
    "missing": lambda parse: _compares_one(parse) or _means_another(parse) or _says_nothing_new(parse),
}
"""Question back → where it is due, the first that holds."""
