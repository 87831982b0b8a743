"""Themes: the words before 関係の and を含む by which projects are selected, whatever they name else."""

from itertools import pairwise

from nlp.mentions import Mention
from nlp.names.lexicon import Meaning
from nlp.names.names import Phrase, project_of
from nlp.recognition import Recognition
from nlp.subjects import SURE

__all__ = ["keyword_words", "themed"]


def themed(recognition: Recognition) -> Recognition:
    """商店街関係の: words that several names hold, or none, are no name before 関係の, but what projects are selected by.

    So is whatever is quoted: 「融資」を含む.
    """
    mentions = recognition.mentions
    themes = {
        at
        for at, (mention, cue) in enumerate(pairwise(mentions))
        if "keyword" in cue.of("cue")
        and (
            (recognition.between(mention, cue) in ("", "に") and _is_theme(mention))
            or _is_quoted(recognition, mention, cue)
        )
    }
    if not themes:
        return recognition
    return recognition._replace(
        mentions=tuple(_as_theme(mention) if at in themes else mention for at, mention in enumerate(mentions))
    )


def keyword_words(mention: Mention) -> tuple[str, ...]:
    """The words of a mention that are each looked for: the parts between の, or every word where each stands alone in texts."""
    if not isinstance(mention.detail, Phrase):
        return (mention.text,)
    return tuple(key for key, _ in mention.detail.words) if mention.how == "told" else mention.detail.parts


# Private functions


def _is_theme(mention: Mention) -> bool:
    """中小企業 too, which one name holds and many texts, and what stands in texts only."""
    if mention.type == "unknown":
        return mention.noun
    many = len({project_of(reference) for reference in mention.references}) > 1
    common = bool(mention.link and mention.link.common)
    return mention.how in ("text", "told") or ((many or common) and mention.how not in SURE)


def _is_quoted(recognition: Recognition, mention: Mention, cue: Mention) -> bool:
    """Whether 「 and 」 stand around a word right before a cue."""
    value = recognition.text.value
    named = mention.type in ("unknown", "name") or mention.is_filler
    return named and value[: mention.start].endswith("「") and value[mention.end : cue.start] in ("」", "」を")


def _as_theme(mention: Mention) -> Mention:
    return mention._replace(type="word", meanings=tuple(Meaning("keyword", word) for word in keyword_words(mention)))
