"""Explaining: how a question was read, stage by stage, as text for a terminal."""

from collections.abc import Iterator, Sequence

from bot.answering import Kotae, Reading
from bot.plans.choosing import Rank
from kb.planning.outcomes import Absence, Ambiguity, Planned
from nlp.contexts import Context
from nlp.mentions import Mention

__all__ = ["explain"]


def explain(kotae: Kotae, question: str) -> str:
    """Each question of a message: mentions, what was inferred, the kinds that competed, the query twice, the reply."""
    return "\n\n".join("\n".join(_stages(kotae, reading)) for reading in kotae.read(question, Context()))


# Private functions


def _stages(kotae: Kotae, reading: Reading) -> Iterator[str]:
    text = reading.parse.recognition.text
    yield f"質問: {text.original}"
    yield f"整えた文: {text.value}"
    yield "言葉:"
    yield from _mentions(reading)
    yield from _plans(kotae.ranks(text.original, Context()))
    yield "質問の種類(手がかりの数, 要る欄の数, 手がかりの長さ):"
    yield from _kinds(reading)
    yield "読み:"
    yield from _outcome(reading)
    yield "返事:"
    yield from (f"  {line}" for line in reading.answer.text.splitlines())


def _mentions(reading: Reading) -> Iterator[str]:
    for mention in reading.parse.recognition.mentions:
        meanings = "、".join(
            f"{meaning.type}={meaning.value}" for meaning in mention.meanings if meaning.type != "soft"
        )
        detail = f" {mention.detail}" if mention.type in ("year", "figure", "number") else ""
        yield f"  [{mention.start}:{mention.end}] {mention.text} … {mention.type}/{mention.how} {meanings}{detail}"
        yield from _scores(mention)


def _scores(mention: Mention) -> Iterator[str]:
    if mention.link and mention.link.scores:
        for reference, score in zip(mention.link.references, mention.link.scores, strict=True):
            yield f"      {score:.2f} {reference}"
    if mention.link and not mention.link.references and mention.link.near:
        yield f"      近い名前: {'、'.join(mention.link.near)}"


def _plans(ranks: Sequence[tuple[str, Rank]]) -> Iterator[str]:
    """Of several plans the one that fits best stands first; those that nothing tells apart are asked about."""
    if len(ranks) < 2:
        return
    yield "計画の順位(名が言われた, 確かな名の字数, 会話の計画, 見つかった, 置けない字数):"
    for name, place in ranks:
        yield f"  {'→' if place == ranks[0][1] else ' '} {name} {tuple(map(int, place))}"


def _kinds(reading: Reading) -> Iterator[str]:
    for at, candidate in enumerate(reading.parse.competed):
        yield f"  {'→' if at == 0 else ' '} {candidate.kind.name} {candidate.rank} {candidate.kind.title}"
    if not reading.parse.competed:
        yield "  (どれも当てはまらない)"


def _outcome(reading: Reading) -> Iterator[str]:
    outcome = reading.outcome
    if isinstance(outcome, Planned | Absence):
        for note in outcome.notes:
            yield f"  推定: {note.key} {note.echo} {' '.join(map(str, note.years))} {note.reference}".rstrip()
    if isinstance(outcome, Ambiguity):
        yield f"  聞き返す({outcome.kind}): {'、'.join(option.label for option in outcome.options)}"
    if isinstance(outcome, Absence):
        yield f"  ない({outcome.reason}): {outcome.echo} {'、'.join(outcome.what)} {' '.join(map(str, outcome.years))}".rstrip()
    query = outcome.query if isinstance(outcome, Planned | Absence) else None
    if query:
        sql, parameters = query.to_sql()
        yield f"  日本語: {query.to_japanese()}"
        yield f"  記号: {query.to_compact()}"
        yield f"  SQL: {sql}"
        yield f"  値: {list(parameters)}"
