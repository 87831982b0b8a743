"""Doctoring: what is set up, whether it is whole and can be reached; it changes nothing and shows no secret."""

import asyncio
import hashlib
import shutil
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from bot.errors import KNOWN
from bot.findings import Finding, bad, good, note
from bot.journal import VERSION, is_served, look
from bot.publishing.building import check_all
from bot.settings import Settings, cautions, read_settings
from kb.doors import DOORS
from kb.pointer import in_force
from kb.storing import KnowledgeBase

__all__ = ["Check", "examine"]

Check = Callable[[Settings], Awaitable[list[Finding]]]
"""What a channel finds out about itself."""
ROOM, LITTLE = 200 << 20, 1 << 30
"""Bytes without which nothing can be written for long, and below which it should be known."""
LOG = 256 << 20
"""Bytes of a log that nobody takes into the database."""
LATE = 300.0
"""Seconds after which a question should have been answered."""
SAFE = (3, 51, 3)
"""The first SQLite in which two that write and checkpoint at once can't spoil a file."""


def examine(data: Path, home: Path, state: Path, checks: Iterable[Check]) -> Iterator[Finding]:
    """Everything that can be wrong, each part by itself."""
    yield from _guarded(lambda: _data(data))
    yield from _guarded(lambda: _knowledge(home))
    yield from _guarded(lambda: _journal(state))
    yield from _disk(state)
    try:
        settings = read_settings()
    except KNOWN as error:
        yield bad(str(error))
        return
    yield from _settings(settings)
    for check in checks:
        yield from _guarded(partial(_checked, check, settings))


# Private functions


def _guarded(look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What a part finds; a mistake that is known is one finding more."""
    try:
        yield from look()
    except KNOWN as error:
        yield bad(str(error))


def _checked(check: Check, settings: Settings) -> list[Finding]:
    async def checked() -> list[Finding]:
        return await check(settings)

    return asyncio.run(checked())


def _data(data: Path) -> Iterator[Finding]:
    report = check_all(data)
    if report.findings:
        yield bad(f"data/ に間違いが {len(report.findings)}件あります。kotae check で見られます。")
    else:
        yield good(f"data/ は正しく読めます({report.projects}事業 {report.rows}行)。")


def _knowledge(home: Path) -> Iterator[Finding]:
    """What holds everything, and what every door is given of it: serve opens them all."""
    pointer = in_force(home)
    for door in (None, *DOORS):
        KnowledgeBase.open(home, pointer, door).close()
    yield good(f"知識ベースは壊れていません(版 {pointer.revision[:12]}、{_size(home / pointer.file)})。")


def _journal(state: Path) -> Iterator[Finding]:
    if is_served(state):
        yield good("kotae serve が動いています。")
    else:
        yield note("kotae serve は動いていません。")
    if sqlite3.sqlite_version_info < SAFE:
        yield note(
            f"SQLite {sqlite3.sqlite_version} は、二つのプロセスが同時に書くとまれにファイルを壊す版です"
            f"({'.'.join(map(str, SAFE))}で直りました)。kotae はログの取りこみを一つのプロセスに限っています。"
        )
    if not state.exists():
        yield note(f"記録はまだありません({state})。kotae serve がつくります。")
        return
    version = look(state, time.time(), lambda tx: tx.version())
    if version > VERSION:
        yield bad(f"記録は新しい版の kotae のものです(版{version})。新しい kotae で動かしてください。")
    elif version < VERSION:
        yield note(f"記録はこの版の形になっていません(版{version})。kotae serve が直します。")
    else:
        yield from _held(state)


def _held(state: Path) -> Iterator[Finding]:
    whole, inbox, outbox, oldest, asked = look(
        state,
        time.time(),
        lambda tx: (tx.whole(), tx.inbox.counts(), tx.outbox.counts(), tx.inbox.oldest(), tx.audit.count()),
    )
    log = Path(f"{state}-wal")
    yield (
        good(f"記録を読めます(質問{asked}件、{_size(state)})。")
        if whole
        else bad(f"記録が壊れています({state})。kotae restore で控えに戻してください。")
    )
    if log.exists() and log.stat().st_size > LOG:
        yield note(f"記録のログが {_size(log)} あります。kotae serve を動かし直すと小さくなります。")
    waits = time.time() - oldest if oldest else 0.0
    if waits > LATE:
        yield bad(
            f"質問{inbox['waiting']}件が待っています(最長{waits / 60:.0f}分)。kotae serve の知らせを見てください。"
        )
    if outbox.get("waiting"):
        yield note(f"送る前の答えが {outbox['waiting']}件あります。")
    for count, what in (
        (inbox.get("dead"), "処理できなかった質問"),
        (outbox.get("dead"), "届けられなかった答え"),
        (outbox.get("expired"), "期限の切れた答え"),
        (outbox.get("uncertain"), "届いたか分からない答え"),
    ):
        if count:
            yield note(f"{what}が {count}件あります。")


def _disk(state: Path) -> Iterator[Finding]:
    place = next(folder for folder in (state.parent, *state.parent.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    line = f"ディスクの空きは {free >> 20:,}MB です。"
    if free < ROOM:
        yield bad(f"{line}足りません。要らないものを消してください。")
    else:
        yield note(line) if free < LITTLE else good(line)


def _settings(settings: Settings) -> Iterator[Finding]:
    for line in cautions(settings):
        yield note(line)
    if settings.telegram_token:
        yield good(
            f"Telegram の鍵があります(指紋 {hashlib.sha256(settings.telegram_token.encode()).hexdigest()[:8]})。"
        )
    who = "公開の資料はだれにでも答えます" if settings.open else "登録された人にだけ答えます"
    yield good(f"{who}。一人1分に{settings.each_minute}問まで、文は{settings.keep_days}日で消します。")


def _size(path: Path) -> str:
    return f"{path.stat().st_size / (1 << 20):.1f}MB"
