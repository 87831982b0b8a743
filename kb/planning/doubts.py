"""Doubts: a name that was found by a piece of it, or beside another one, while more of what was said is unknown."""

from kb.catalog import Catalog
from kb.planning.asking import is_computing
from kb.planning.naming import template, to_options
from kb.planning.outcomes import Absence, Ambiguity, Outcome
from kb.planning.unknowns import asked_unknown, unknown_kind
from nlp.names.names import project_of
from nlp.parsing import Parse
from nlp.subjects import SURE

__all__ = ["doubt"]


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
