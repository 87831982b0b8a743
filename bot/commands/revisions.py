"""Revisions: kotae diff, publish, rollback and revisions."""

import json
import sys
from typing import TYPE_CHECKING

import click

from bot.commands.folders import data_folder, home_folder, now

if TYPE_CHECKING:
    from bot.publishing.reviewing import Asked, Review
    from kb.publishing.comparing import Comparison
    from kb.publishing.shelf import Kept

__all__ = ["confirmed", "diff", "publish", "revisions", "rollback"]

SHOWN = 20
"""Lines of each part that a terminal is shown."""

_UNDONE = "公表しませんでした(何が変わるかは kotae diff で見られます)。"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="すべてをJSONで出す。")
def diff(as_json: bool) -> None:
    """公表すると何が変わるかを示す。"""
    from bot.publishing.reviewing import review

    found = review(data_folder(), home_folder())
    if as_json:
        click.echo(json.dumps(_as_dict(found), ensure_ascii=False, indent=2))
        return
    for line in _lines(found):
        click.echo(line)


@click.command()
@click.option("--yes", is_flag=True, help="たずねずに公表する。")
def publish(yes: bool) -> None:
    """下書きと data/ を公表する。"""
    from bot.publishing.publishing import publish as published

    done = published(
        data_folder(), home_folder(), now(), lambda comparison: confirmed(_doubt(comparison), _UNDONE, yes)
    )
    if done.outcome == "refused":
        raise click.exceptions.Exit(1)
    if done.outcome == "nothing":
        click.echo(f"公表するものはありません。使っている版は {done.revision[:12]} です。")
        return
    told = f"({_totals(done.comparison)})" if done.comparison else ""
    click.echo(f"公表しました: {done.projects}事業 {done.rows}行 版 {done.revision[:12]}{told}")


@click.command()
@click.argument("revision", default="")
@click.option("--yes", is_flag=True, help="限定されている事業が限定でなくなっても戻す。")
def rollback(revision: str, yes: bool) -> None:
    """前の版(または指定した版)に戻す。"""
    from kb.publishing.rollback import roll_back

    kept = roll_back(home_folder(), revision, now(), opening=yes)
    click.echo(f"版 {kept.pointer.revision[:12]} に戻しました: {_held(kept)}")


@click.command()
def revisions() -> None:
    """残っている版を、使いはじめた順に示す。"""
    from kb.publishing.shelf import last_pointer, read_shelf

    last = last_pointer(home_folder())
    shelf = read_shelf(home_folder())
    if last is None or not shelf:
        click.echo("残っている版はありません。kotae build を実行してください。")
        return
    for kept in shelf:
        revision = kept.pointer.revision
        state = "使用中" if revision == last.revision else "取り消し" if revision in last.withdrawn else "控え"
        since = kept.pointer.since[:16].replace("T", " ") or "日時不明"
        click.echo(f"{revision[:12]}  {since}  {state}  {_held(kept)}")


def confirmed(doubt: str, undone: str, yes: bool) -> bool:
    """Whether something may be done all the same; where nobody can be asked, it may not, and one line says so."""
    if yes:
        return True
    if not sys.stdin.isatty():
        click.echo(f"{doubt} {undone} それでもよければ --yes をつけてください。", err=True)
        return False
    agreed = click.confirm(f"{doubt} 続けますか", default=False)
    if not agreed:
        click.echo(undone, err=True)
    return agreed


# Private functions


def _doubt(comparison: "Comparison | None") -> str:
    if comparison is None:
        return "今の知識ベースを読めないので、何が変わるか分かりません。"
    doubts = []
    if comparison.opened:
        doubts.append(f"限定されている{comparison.opened}事業が、限定でなくなるか、なくなります。")
    if comparison.years:
        doubts.append(f"{'、'.join(comparison.years)}がなくなり、答えられなくなります。")
    if comparison.lost:
        share = 100 * comparison.lost // comparison.figures
        doubts.append(f"{comparison.figures}個の数字のうち{comparison.lost}個({share}%)が変わるか、なくなります。")
    return " ".join(doubts)


def _held(kept: "Kept") -> str:
    counts = kept.counts
    held = f"{counts.plans}計画 {counts.projects}事業 {counts.rows}行 数字{counts.figures}個"
    return f"{held} 別名{counts.aliases}件(版 {counts.words[:8]})"


def _totals(comparison: "Comparison") -> str:
    from kb.publishing.changes import KINDS

    counts = [(label, len(comparison.of(kind))) for kind, label in KINDS.items()]
    return " ".join(f"{label}{count}件" for label, count in counts if count) or "表の変わりなし"


def _lines(review: "Review") -> list[str]:
    from kb.publishing.changes import KINDS

    lines = [f"使用中の版 {review.before[:12] or 'なし'} → 公表する版 {review.after[:12]}"]
    if review.drafts:
        lines.append(f"下書き: {'・'.join(review.drafts)}")
    if review.before == review.after:
        return [*lines, "変わるところはありません。"]
    for kind, label in KINDS.items():
        lines += _part(label, [str(change) for change in review.comparison.of(kind)])
    answers = [line for asked in review.answers for line in (" ⇒ ".join(asked.turns), *_sides(asked))]
    return lines + _part(f"答えの変わる質問({review.asked}問中)", answers, 3)


def _part(label: str, lines: list[str], each: int = 1) -> list[str]:
    if not lines:
        return []
    count = len(lines) // each
    first = f"(はじめの{SHOWN}件)" if count > SHOWN else ""
    return ["", f"{label}: {count}件{first}", *(f"  {line}" for line in lines[: SHOWN * each])]


def _sides(asked: "Asked") -> tuple[str, str]:
    """The lines in which two replies differ."""
    before, after = asked.before.splitlines(), asked.after.splitlines()
    gone, come = ([line for line in one if line not in other] for one, other in ((before, after), (after, before)))
    return f"  前: {' / '.join(gone or before)}", f"  後: {' / '.join(come or after)}"


def _as_dict(review: "Review") -> dict[str, object]:
    from dataclasses import asdict

    comparison = review.comparison
    return {
        "before": review.before,
        "after": review.after,
        "drafts": list(review.drafts),
        "figures": comparison.figures,
        "figures_lost": comparison.lost,
        "changes": [asdict(change) for change in comparison.changes],
        "asked": review.asked,
        "answers": [asdict(asked) for asked in review.answers],
    }
