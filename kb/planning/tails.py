"""Tails: the line of what is talked about whose name ends with a word for figures: 運行経費 where 経費 is asked."""

from collections.abc import Sequence

from kb.catalog import Catalog
from kb.planning.naming import template, to_options
from kb.planning.outcomes import Ambiguity, Note
from kb.terms import measured
from nlp.mentions import Mention
from nlp.names.names import project_of
from nlp.parsing import Parse
from nlp.writing.text import normalize, to_key

__all__ = ["tailed"]


def tailed(parse: Parse, catalog: Catalog) -> tuple[Parse, tuple[Note, ...]] | Ambiguity:
    """A message with the line, or the one of several projects, that its one word for figures is the tail of.

    The line that was talked about stays where its own name ends so, or where no line's does; where several do it is asked.
    """
    asked, talked = _asked(parse, catalog), _talked(parse)
    projects = set(map(project_of, talked))
    if asked is None or not projects or (len(projects) > 1 and len(parse.slots.subjects) > 1):
        return parse, ()
    one = len(projects) == 1
    among = catalog.activities.get(project_of(talked[0]), ()) if one else talked
    lines = _ending(asked.text, among, catalog)
    if not lines or (one and set(lines) & set(talked)):
        return parse, ()
    if len(lines) == 1:
        echo = asked.text if one else f"{parse.slots.subjects[0].text}・{asked.text}"
        return _of(lines[0], asked, parse), (Note("matched", echo=echo, reference=lines[0]),)
    if not one or talked == (project_of(talked[0]),):  # all of its lines are shown
        return parse, ()
    options = to_options(lines, template(parse, catalog), catalog)
    return Ambiguity("name" if len(options) == 2 else "names", options, echo=asked.text)


# Private functions

_COUNTING = ("", "数", "額")
"""What a name may end with behind the word: 参加者 asks for the 参加者数."""


def _asked(parse: Parse, catalog: Catalog) -> Mention | None:
    """The one word of the message for a sort of figures; 金額 and 件数 are of any that print the unit."""
    own = parse.own.subjects
    if any(
        reference in catalog.names and reference != project_of(reference) for s in own for reference in s.references
    ):
        return None
    words = [mention for mention in parse.recognition.mentions if mention.of("measure") or mention.of("absent")]
    plain = {to_key(measured(unit)) for mention in words for unit in mention.of("measure")}
    return words[0] if len(words) == 1 and to_key(words[0].text) not in plain else None


def _talked(parse: Parse) -> tuple[str, ...]:
    return tuple(reference for subject in parse.slots.subjects for reference in subject.references)


def _ending(word: str, lines: Sequence[str], catalog: Catalog) -> tuple[str, ...]:
    """The lines whose names end with a word, but for the unit in brackets."""
    endings = tuple(f"{to_key(word)}{counting}" for counting in _COUNTING)
    named = ((line, normalize(catalog.names[line]).value.partition("(")[0]) for line in lines if line in catalog.names)
    return tuple(line for line, name in named if to_key(name).endswith(endings))


def _of(line: str, asked: Mention, parse: Parse) -> Parse:
    """The message about a line, of which the word says no more."""
    slots = parse.slots
    subject = slots.subjects[0]._replace(references=(line,), how="exact")
    return parse._replace(
        slots=slots._replace(
            subjects=(subject,),
            measures=tuple(measure for measure in slots.measures if measure not in asked.meanings),
            absents=tuple(absent for absent in slots.absents if absent not in asked.of("absent")),
        )
    )
