"""Unknowns: the words of a question that nobody knows, and which of them may name something or be what is asked."""

from itertools import pairwise

from nlp.mentions import Mention
from nlp.parsing import Parse
from nlp.recognition import Recognition

__all__ = ["asked_unknown", "says_more", "unknown_kind", "unknown_nouns"]


def unknown_nouns(parse: Parse) -> list[str]:
    """The unknown words that may name something, those that の joins as one phrase: 商店街のアーケード."""
    phrases: list[list[Mention]] = []
    for mention in parse.slots.unknown:
        if phrases and parse.recognition.between(phrases[-1][-1], mention) == "の":
            phrases[-1].append(mention)
        else:
            phrases.append([mention])
    quoted = (parse.recognition.text.quote(phrase[0].start, phrase[-1].end) for phrase in phrases)
    nouns = [any(mention.noun or len(mention.text) > 5 for mention in phrase) for phrase in phrases]
    return [text.removesuffix("の") for text, noun in zip(quoted, nouns, strict=True) if noun]


def asked_unknown(parse: Parse) -> str:
    """A noun that nobody knows, right where the question asks: 「開催頻度」は？"""
    mentions, unread = parse.recognition.mentions, parse.unread()
    if not unread:
        return ""
    for mention, following in pairwise(mentions):
        joined = parse.recognition.between(mention, following) in ("", "の")
        if mention in unread and joined and following.of("measure") and mention.how == "none":
            return f"{mention.text}{following.text}"  # 融資総額: not every 総額, this one
    for at, mention in enumerate(mentions):
        after = [other for other in mentions[at + 1 :] if not other.of("filler") and other.type != "year"]
        if mention.type == "unknown" and mention.noun and not after and mention in unread:
            return mention.text
    return ""


def unknown_kind(parse: Parse, word: str) -> str:
    """How it is said that nothing is called so: what only counts or dates (ゼロ, 前年度, 1人当たり) is never called a project."""
    text, tokens = parse.recognition.text, parse.recognition.tokens
    starts = [at for at, token in enumerate(tokens) if word.startswith(text.quote(token.start, token.end))]
    runs = (tokens[at:end] for at in starts for end in range(at + 1, len(tokens) + 1))
    within = next((run for run in runs if text.quote(run[0].start, run[-1].end) == word), ())
    begun = within[:1] if len(within) == 2 else ()  # 12事業, 前年度; 第10分団 is a name
    counted = any(one.counts and (one.key.isdecimal() or len(one.key) == 1) for one in begun) or any(
        one.counts for one in within[-1:]
    )
    return "no_word" if counted else "no_project"


def says_more(recognition: Recognition) -> bool:
    """Whether more than particles stands in the message beside its mentions."""
    beside = (
        t for t in recognition.tokens if not any(m.start < t.end and t.start < m.end for m in recognition.mentions)
    )
    return any(token.key and not token.is_grammar for token in beside)
