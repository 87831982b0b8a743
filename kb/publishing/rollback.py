"""Rollback: a kept knowledge base is put into force again, and the one before it is marked as taken back."""

from pathlib import Path

from kb.doors import DOORS
from kb.errors import KnowledgeBaseError
from kb.pointer import Pointer
from kb.publishing.opening import opened
from kb.publishing.shelf import Kept, keep_in_force, last_pointer, read_shelf, writing
from kb.storing import KnowledgeBase

__all__ = ["roll_back"]

SHORTEST = 4
"""Characters of a revision that are enough to mean it."""


def roll_back(home: Path, revision: str, since: str, *, opening: bool = False) -> Kept:
    """Put a kept revision into force, with "" the one before; KnowledgeBaseError where that can't be done.

    One that withholds less than what is in force goes only if that is what is wanted (`opening`).
    """
    with writing(home):
        last = last_pointer(home)
        if last is None:
            raise KnowledgeBaseError("知識ベースがありません。kotae build を実行してください。")
        found = _chosen(read_shelf(home), revision, last.revision, last.withdrawn)
        _require_whole(home, found)
        if last.doors and not opening:
            _require_withheld(home, last, found.pointer)
        withdrawn = dict.fromkeys((*last.withdrawn, last.revision))
        withdrawn.pop(found.pointer.revision, None)
        keep_in_force(home, found.pointer._replace(since=since, withdrawn=tuple(withdrawn)))
        return found


# Private functions


def _chosen(shelf: tuple[Kept, ...], revision: str, current: str, withdrawn: tuple[str, ...]) -> Kept:
    others = [kept for kept in shelf if kept.pointer.revision != current]
    if not revision:
        before = [kept for kept in others if kept.pointer.revision not in withdrawn]
        if not before:
            raise KnowledgeBaseError("戻せる版がありません。残っている版は kotae revisions で見られます。")
        return before[0]
    if len(revision) >= SHORTEST and current.startswith(revision):
        raise KnowledgeBaseError(f"版 {current[:12]} は、いま使っている版です。")
    found = [kept for kept in others if len(revision) >= SHORTEST and kept.pointer.revision.startswith(revision)]
    if len(found) != 1:
        names = "・".join(kept.pointer.revision[:12] for kept in others) or "ありません"
        reason = "に当てはまる版がいくつもあります" if found else "という版は残っていません"
        raise KnowledgeBaseError(f"「{revision}」{reason}(戻せる版: {names})。")
    return found[0]


def _require_whole(home: Path, kept: Kept) -> None:
    try:
        for door in (None, *DOORS):
            KnowledgeBase.open(home, kept.pointer, door).close()
    except KnowledgeBaseError as error:
        reason = str(error).partition("。")[0]
        raise KnowledgeBaseError(f"版 {kept.pointer.revision[:12]} には戻せません: {reason}。") from None


def _require_withheld(home: Path, last: Pointer, wanted: Pointer) -> None:
    """What was made internal since then would be given to everybody again, without anyone having said so."""
    after = KnowledgeBase.open(home, wanted)
    try:
        before = KnowledgeBase.open(home, last)
        try:
            found = f"{len(freed)}事業" if (freed := opened(before, after)) else ""
        finally:
            before.close()
    except KnowledgeBaseError:
        found = "事業"  # which ones can't be read any more
    finally:
        after.close()
    if found:
        raise KnowledgeBaseError(
            f"版 {wanted.revision[:12]} に戻すと、限定されている{found}が限定でなくなるか、なくなります。"
            "それでもよければ --yes をつけてください。"
        )
