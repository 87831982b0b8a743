"""The command kotae: arguments and wiring only."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

__all__ = ["main"]

HERE = Path(__file__).resolve().parent.parent


def folder(variable: str, default: str) -> Path:
    """A folder that the environment may move."""
    return Path(os.environ.get(variable) or HERE / default)


@click.group(help="表の数字をそのまま答えます。", context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The group of commands."""


@main.command(help="質問に答える。")
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="返事をJSONで出す。")
@click.option("--jsonl", is_flag=True, help="標準入力の各行(id と turns)に答える。")
def ask(question: str | None, as_json: bool, jsonl: bool) -> None:
    """One answer, or one conversation a line."""
    kotae = open_kotae()
    if jsonl:
        for line in sys.stdin:
            if line.strip():
                click.echo(json.dumps(_conversation(kotae, json.loads(line)), ensure_ascii=False))
        return
    answer, _ = kotae.answer(question or "")
    click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2) if as_json else answer.text)


def open_kotae() -> Any:
    """The knowledge base in force, ready to answer."""
    from bot.answering import Kotae
    from kb.storing import KnowledgeBase

    return Kotae(KnowledgeBase.open(folder("KOTAE_HOME", "var/kb")))


def _conversation(kotae: Any, line: dict[str, Any]) -> dict[str, Any]:
    replies, context = [], None
    for turn in line["turns"]:
        answer, context = kotae.answer(turn, context)
        replies.append(answer.to_dict())
    return {"id": line["id"], "replies": replies}


@main.command(help="知識ベースをつくる。")
def build() -> None:
    """Build and put into force."""
    from kb.building import build as build_knowledge
    from kb.language import compile_language
    from kb.plans import load_plans
    from kb.reading import read_projects
    from nlp.tokens import Tokenizer

    data = folder("KOTAE_DATA", "data")
    plans = load_plans(data / "plans")
    projects = [project for plan in plans for project in read_projects(plan)]
    artifacts = compile_language(data / "language", plans, projects, Tokenizer())
    published = build_knowledge(plans, artifacts, folder("KOTAE_HOME", "var/kb"))
    click.echo(f"知識ベースをつくりました: {published.projects}事業 {published.rows}行 版 {published.revision[:12]}")


def _lines() -> Iterator[str]:
    yield from sys.stdin
