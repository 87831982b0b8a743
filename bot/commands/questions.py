"""Questions: kotae ask, chat and explain."""

import gc
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from bot.commands.folders import open_at, open_current, open_kotae
from kb.doors import DOORS

if TYPE_CHECKING:
    from bot.editions.bots import Bot
    from bot.replies.answers import Answer
    from nlp.contexts import Context

__all__ = ["ask", "chat", "explain"]


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="返事をJSONで出す。")
@click.option("--jsonl", is_flag=True, help="標準入力の一行(id と turns)ごとに、会話として答える。")
@click.option("--door", type=click.Choice([door.name for door in DOORS]), help="この窓口で見えるものだけで答える。")
def ask(question: str | None, as_json: bool, jsonl: bool, door: str | None) -> None:
    """質問に答える。"""
    if jsonl:
        kotae, error = _open_for_program(door)
        for reply in _answer_lines(kotae):
            click.echo(json.dumps(reply, ensure_ascii=False))
        if error:
            raise error
        return
    if question is None:
        question = "" if sys.stdin.isatty() else sys.stdin.buffer.read().decode(errors="replace")
    gc.disable()  # the process ends before there is anything worth collecting
    if as_json:
        kotae, error = _open_for_program(door)
        click.echo(json.dumps(kotae.answer(question)[0].to_dict(), ensure_ascii=False, indent=2))
        if error:
            raise error
        return
    click.echo(_open(door).answer(question)[0].text)


@click.command()
def chat() -> None:
    """端末で会話する(空の行かCtrl-Dで終わる)。"""
    kotae, context = open_current(), None
    while True:
        try:
            question = click.prompt("質問", default="", show_default=False, prompt_suffix="> ")
        except click.Abort:
            break
        if not question.strip():
            break
        answer, context = kotae.answer(question, context)
        click.echo(answer.text + "\n")


@click.command()
@click.argument("question")
def explain(question: str) -> None:
    """質問をどう読んだかを、順に示す。"""
    from bot.explaining import explain as explained

    click.echo(explained(open_kotae(), question))


# Private functions


class _Unavailable:
    """Answers every question with what is wrong: a program reads replies, not stderr."""

    def __init__(self, error: Exception) -> None:
        from bot.replies.answers import unavailable

        self._answer = unavailable(str(error))

    def answer(self, _: str, context: "Context | None" = None) -> "tuple[Answer, Context | None]":
        """The same for all."""
        return self._answer, context


def _open(door: str | None) -> "Bot":
    return open_at(door) if door else open_kotae()


def _open_for_program(door: str | None) -> "tuple[Bot | _Unavailable, Exception | None]":
    from kb.errors import KnowledgeBaseError

    try:
        return _open(door), None
    except KnowledgeBaseError as error:
        return _Unavailable(error), error


def _answer_lines(kotae: "Bot | _Unavailable") -> Iterator[dict[str, Any]]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            yield _answer_line(kotae, number, line.decode(errors="replace"))


def _answer_line(kotae: "Bot | _Unavailable", number: int, line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        turns = asked["turns"]
        if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        return {
            "id": None,
            "replies": [],
            "error": f'{number}行目が読めません({{"id": …, "turns": ["…"]}} の形にしてください)',
        }
    replies, context = [], None
    for turn in turns:
        answer, context = kotae.answer(turn, context)
        replies.append(answer.to_dict())
    return {"id": asked.get("id"), "replies": replies}
