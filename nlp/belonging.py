"""Belonging: words that are no words of the question, but of the name or of the column beside them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.mentions import Mention
from nlp.names.lexicon import Lexicon, Meaning
from nlp.writing.text import Text, fold

__all__ = ["belonging"]


def belonging(mentions: Sequence[Mention], text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    """The mentions of a message, with what belongs to a name read as a part of it, and to a column as what it says."""
    yield from _written(list(_named(list(_silenced(mentions, text, lexicon)), text, lexicon)), text)


# Private functions

_CALLING = frozenset({"project", "list"})
_DETAIL = "detail:"
"""What the attribute of a further column begins with."""
_ASKS_ANEW = frozenset({"written", "has_result", "no_result"})
"""Cues that end what is said of a column; of these the first is of a text in it."""
_INSIDE = ("に", "の欄に", "欄に")
"""What stands behind a column in which something is looked for."""
_LONGEST_LOOKED_FOR = 20


def _silenced(mentions: Sequence[Mention], text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    """A word right after a name that holds it belongs to the name: the 割合 of 「女性の割合」, typed without its middle.

    So does one that names hold where the name goes on so: the 窓口 of 「書かない窓口」, of which 書か was found;
    and one right before it: the トップ of 「トップアスリート招へい」, of which アスリート was found.
    """
    name: Mention | None = None
    for at, mention in enumerate(mentions):
        held, is_cue, references = False, _is_cue(mention), name.references if name else ()
        if name is not None and is_cue and text.value[name.end : mention.start] in ("", "の"):
            key = fold(mention.text)
            held = key not in fold(name.text) and any(lexicon.has_word(reference, key) for reference in references)
        if name is not None and mention.of("soft"):
            typed = fold(text.value[name.start : mention.end])
            held = held or any(lexicon.prints(reference, typed) for reference in references)
        for behind in mentions[at + 1 : at + 2] if is_cue else ():
            typed = fold(text.value[mention.start : behind.end])
            held = held or any(lexicon.prints(reference, typed) for reference in behind.references)
        name = mention if mention.references else None
        yield mention._replace(meanings=(Meaning("filler", "name"),)) if held else mention


def _named(mentions: Sequence[Mention], text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    """A word that の joins to a line whose project's name holds it names that project: the 窓口 of 窓口の5年度の利用件数."""
    for at, mention in enumerate(mentions):
        if mention.is_filler or not mention.of("soft"):
            yield mention
            continue
        key, after = fold(mention.text), mentions[at + 1 : at + 3]
        years = [other for other in after[:1] if other.type == "year"]
        name = after[len(years)] if len(after) > len(years) else None
        chain = [mention, *years, *([name] if name else [])]
        joined = all(text.value[one.end : other.start] in ("", "の") for one, other in pairwise(chain))
        held = name and joined and any(lexicon.has_word(reference, key) for reference in name.references)
        yield mention._replace(meanings=(Meaning("filler", "name"),)) if held else mention


def _written(mentions: Sequence[Mention], text: Text) -> Iterator[Mention]:
    """備考に「延期」とある: what stands between a column and this is looked for there, whatever it may mean else."""
    done = 0
    for at, mention in enumerate(mentions):
        columns = [name.removeprefix(_DETAIL) for name in mention.of("attribute") if name.startswith(_DETAIL)]
        lacking = bool(mention.of("absent")) and not columns
        inside = (word for word in _INSIDE if text.value.startswith(word, mention.end)) if columns or lacking else ()
        link = next(iter(inside), "")
        said = _said_of_column(mentions[at + 1 :]) if link else None
        if mention.start < done:
            continue
        looked_for = text.quote(mention.end + len(link), said.start).strip("「」") if said else ""
        if said is None or not looked_for or len(looked_for) > _LONGEST_LOOKED_FOR:
            yield mention
            continue
        done = said.end
        if lacking:  # a column that the table hasn't got holds nothing, whatever is looked for
            yield mention._replace(end=done, meanings=(*mention.meanings, Meaning("cue", "written")))
            continue
        meanings = tuple(Meaning("told", f"/{heading}={looked_for}") for heading in columns)
        yield Mention(mention.start, done, "word", text.quote(mention.start, done), meanings, "word")


def _said_of_column(behind: Sequence[Mention]) -> Mention | None:
    """The とある behind a column, before anything else is asked."""
    anew = next((one for one in behind if _ASKS_ANEW & {*one.of("cue")} or one.of("attribute")), None)
    return anew if anew and "written" in anew.of("cue") else None


def _is_cue(mention: Mention) -> bool:
    """Whether a word does nothing but choose what is computed; 事業 and the like only call what is listed."""
    return bool(mention.meanings) and all(m.type == "cue" and m.value not in _CALLING for m in mention.meanings)
