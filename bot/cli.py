"""The command kotae: arguments and wiring only; what it calls is imported where it is called, for a quick start."""

import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.answering import Kotae
    from bot.answers import Answer
    from nlp.parsing import Context

__all__ = ["main"]

HERE = Path(__file__).resolve().parent.parent


class _Commands(click.Group):
    """Commands whose mistakes end in one clear line instead of a traceback."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Say a mistake in the call in one Japanese line, too."""
        standalone = extra.pop("standalone_mode", True)
        if not standalone:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        try:
            sys.exit(super().main(args, prog_name, standalone_mode=False, **extra) or 0)
        except click.UsageError as error:
            click.echo(f"使い方が違います({error.format_message()}) kotae --help を見てください。", err=True)
            sys.exit(error.exit_code)
        except (click.Abort, BrokenPipeError):
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say a known mistake and leave with status 1."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:  # noqa: BLE001  whoever runs a command is helped by a line, not by a traceback
            click.echo(_said(error), err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kotae", message="%(version)s")
def main() -> None:
    """公表された表の数字を、そのまま答えます。"""


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="返事をJSONで出す。")
@click.option("--jsonl", is_flag=True, help="標準入力の一行(id と turns)ごとに、会話として答える。")
def ask(question: str | None, as_json: bool, jsonl: bool) -> None:
    """質問に答える。"""
    if jsonl:
        kotae, error = _open_for_program()
        for reply in _answer_lines(kotae):
            click.echo(json.dumps(reply, ensure_ascii=False))
        if error:
            raise error
        return
    if question is None:
        question = "" if sys.stdin.isatty() else sys.stdin.buffer.read().decode(errors="replace")
    gc.disable()  # the process ends before there is anything worth collecting
    if as_json:
        kotae, error = _open_for_program()
        click.echo(json.dumps(kotae.answer(question)[0].to_dict(), ensure_ascii=False, indent=2))
        if error:
            raise error
        return
    click.echo(_open().answer(question)[0].text)


@main.command()
def chat() -> None:
    """端末で会話する(空の行かCtrl-Dで終わる)。"""
    kotae, context = _open(), None
    while True:
        try:
            question = click.prompt("質問", default="", show_default=False, prompt_suffix="> ")
        except click.Abort:
            break
        if not question.strip():
            break
        answer, context = kotae.answer(question, context)
        click.echo(answer.text + "\n")


@main.command()
@click.argument("question")
def explain(question: str) -> None:
    """質問をどう読んだかを、順に示す。"""
    from bot.explaining import explain as explained

    click.echo(explained(_open(), question))


@main.command()
def build() -> None:
    """知識ベースをつくる。"""
    from bot.building import build_all

    published = build_all(_folder("KOTAE_DATA", "data"), _folder("KOTAE_HOME", "var/kb"))
    click.echo(f"知識ベースをつくりました: {published.projects}事業 {published.rows}行 版 {published.revision[:12]}")


@main.command()
def check() -> None:
    """表のすべてのセルが一度ずつ使われているか、補正が今も当てはまるかを確かめる。"""
    from bot.building import check_all

    report = check_all(_folder("KOTAE_DATA", "data"))
    for finding in report.findings:
        click.echo(finding)
    if report.findings:
        raise click.exceptions.Exit(1)
    click.echo(
        f"すべてのセルが一度ずつ使われています: {report.projects}事業 {report.rows}行 補正{report.corrections}件"
    )


@main.command()
@click.option("--format", "form", type=click.Choice(["json", "csv", "xlsx"]), default="json", help="出す形。")
@click.option("--output", type=click.Path(path_type=Path), help="出す先のファイル(xlsx では必ず要る)。")
def export(form: str, output: Path | None) -> None:
    """表のすべてを書き出す。"""
    from bot.building import export_all

    if form == "xlsx" and output is None:
        raise click.UsageError("xlsx は --output でファイルを指定してください。")
    text = export_all(_folder("KOTAE_DATA", "data"), form, output)
    if text is not None:
        click.echo(text, nl=False)


@main.command()
def serve() -> None:
    """鍵のあるチャットで答える(いまは Telegram)。"""
    from bot.serving import serve_all

    serve_all(_open())


# Private functions


def _said(error: Exception) -> str:
    """A mistake in one clear line; of what only a programmer can mend, where it is."""
    from bot.errors import KNOWN

    if isinstance(error, KNOWN):
        return str(error)
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
        return f"ファイルを扱えません({error.strerror}: {error.filename})。"
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"プログラムの誤りです({type(error).__name__}: {error} {Path(place.filename).name}:{place.lineno})。"


def _folder(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or HERE / default)


def _open() -> "Kotae":
    from bot.answering import Kotae
    from kb.storing import KnowledgeBase

    return Kotae(KnowledgeBase.open(_folder("KOTAE_HOME", "var/kb")))


class _Unavailable:
    """Answers every question with what is wrong: a program reads replies, not stderr."""

    def __init__(self, error: Exception) -> None:
        from bot.answers import unavailable

        self._answer = unavailable(str(error))

    def answer(self, _: str, context: "Context | None" = None) -> "tuple[Answer, Context | None]":
        """The same for all."""
        return self._answer, context


def _open_for_program() -> "tuple[Kotae | _Unavailable, Exception | None]":
    from kb.errors import KnowledgeBaseError

    try:
        return _open(), None
    except KnowledgeBaseError as error:
        return _Unavailable(error), error


def _answer_lines(kotae: "Kotae | _Unavailable") -> Iterator[dict[str, Any]]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            yield _answer_line(kotae, number, line.decode(errors="replace"))


def _answer_line(kotae: "Kotae | _Unavailable", number: int, line: str) -> dict[str, Any]:
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
