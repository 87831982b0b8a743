"""Members: kotae invite, members, revoke and feedback."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot.commands.folders import open_journal, open_kotae
from bot.texts import printable

if TYPE_CHECKING:
    from bot.journal import Invite, Member, Vote
    from bot.replies.wording import Wording

__all__ = ["feedback", "invite", "members", "revoke"]

DAY = 24 * 3600.0


@click.command()
@click.argument("name", default="")
@click.option("--admin", is_flag=True, help="面倒を見る人として招待する。")
@click.option("--days", type=click.IntRange(1, 90), default=7, show_default=True, help="使える日数。")
def invite(name: str, admin: bool, days: int) -> None:
    """使う人を招待する(一度だけ使えるコードを出す)。"""
    import secrets

    from bot.channels.web import WebSettings
    from bot.settings import read_settings

    settings = read_settings()
    page = WebSettings(settings.host, settings.port, settings.public_url)
    code = secrets.token_urlsafe(16)
    with open_journal() as journal:
        journal.write(lambda transaction: transaction.members.invite(code, name, admin, days * DAY)).result()
    click.echo(f"招待コード: {code}({days}日間、一度だけ使えます)")
    if settings.telegram_name:
        click.echo(f"Telegram: https://t.me/{settings.telegram_name}?start={code}")
    elif settings.telegram_token:
        click.echo(f"Telegram: ボットに「/start {code}」と送る(TELEGRAM_BOT_NAME を書くとリンクになります)")
    click.echo(f"ブラウザー: {page.address()}/join/{code}")
    if page.is_at_home:
        click.echo(
            "このリンクはこの機械でだけ開けます。ほかの機械から使うには KOTAE_HOST か KOTAE_PUBLIC_URL を書いてください。"
        )
    elif not page.public_url:
        click.echo("開けないときは、使う人から見えるアドレスを KOTAE_PUBLIC_URL に書いてください。")


@click.command()
def members() -> None:
    """登録された人と、まだ使われていない招待を示す。"""
    from time import time

    with open_journal() as journal:
        joined, invited = journal.read(
            lambda transaction: (transaction.members.listed(), transaction.members.invites())
        )
    pending = [one for one in invited if not one.used and one.expires > time()]
    for member in joined:
        click.echo(_member(member))
    for one in pending:
        click.echo(_invite(one))
    if not joined and not pending:
        click.echo("登録された人はいません。kotae invite で招待してください。")


@click.command()
@click.argument("number", type=int)
@click.option("--invite", "invited", is_flag=True, help="使われていない招待のほうを取り消す。")
def revoke(number: int, invited: bool) -> None:
    """登録(または招待)を取り消す。番号は kotae members で分かる。"""
    from bot.errors import JournalError

    with open_journal() as journal:
        done = journal.write(
            lambda transaction: transaction.members.withdraw(number) if invited else transaction.members.revoke(number)
        ).result()
    what = "招待" if invited else "登録"
    if not done:
        raise JournalError(f"番号 {number} の有効な{what}はありません。kotae members で番号を確かめてください。")
    click.echo(f"番号 {number} の{what}を取り消しました。")


@click.command()
def feedback() -> None:
    """答えについての 👍 と 👎 を、控えと質問とともに示す。"""
    with open_journal() as journal:
        votes = journal.read(lambda transaction: transaction.feedback.listed())
    if not votes:
        click.echo("まだありません。")
        return
    wording = open_kotae().wording
    for vote in votes:
        click.echo(_vote(vote, wording))


# Private functions


def _member(member: "Member") -> str:
    role = "  管理者" if member.admin else ""
    until = f" {_date(member.revoked)} に取り消し" if member.revoked else ""
    name = printable(member.name) or "(名前なし)"
    return (
        f"{member.number}  {name}{role}  {member.channel} {_short(member.person)}  {_date(member.joined)} から{until}"
    )


def _invite(invite: "Invite") -> str:
    role = "  管理者" if invite.admin else ""
    return f"招待{invite.number}  {printable(invite.name) or '(名前なし)'}{role}  {_date(invite.expires)} まで(未使用)"


def _vote(vote: "Vote", wording: "Wording") -> str:
    from bot.desk import show_receipt

    reason = f" {wording.line('button', f'reason_{vote.reason}').text}" if vote.reason else ""
    question = printable(vote.question) or "(質問の文は消えています)"
    mark = wording.line("button", vote.vote).text
    return f"{_date(vote.at)}  {mark}{reason}  {show_receipt(vote.receipt)}  {question}"


def _date(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d")


def _short(person: str) -> str:
    """A person of the page is a long hash; its beginning tells them apart."""
    return printable(person if len(person) <= 20 else f"{person[:8]}…")
