"""Messages: what the desk gives, as the page and programs get it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from bot.channels.web.charting import Charting
from bot.desk import Reply
from bot.desk.receipts import show_receipt
from bot.replies.answers import Answer
from bot.replies.pieces import Line, Piece

__all__ = ["to_message"]


def to_message(reply: Reply, charting: Charting) -> dict[str, Any]:
    """The contract's JSON with what a page needs beside it: lines in their roles, buttons, the slip, a picture."""
    return {
        **reply.answer.to_dict(),
        "lines": [_line(line) for line in reply.answer.lines],
        "manner": reply.manner,
        "buttons": [button._asdict() for button in reply.buttons],
        "slip": show_receipt(reply.receipt) if reply.receipt else None,
        "picture": _picture(reply.answer, charting) if reply.manner == "picture" else None,
    }


# Private functions


def _line(line: Line) -> dict[str, Any]:
    runs = [(part, list(run)) for part, run in groupby(line.pieces, lambda piece: piece.part)]
    return {"role": line.role, "text": line.text, "pieces": [made for run in runs for made in _pieces(*run)]}


def _pieces(part: str, run: Sequence[Piece]) -> list[dict[str, str]]:
    """Pieces as they are; a grade with what it is called is one, for nobody else can tell which words are its name."""
    if part == "grade" and len(run) > 1:
        return [{"kind": part, "text": "".join(piece.text for piece in run)}]
    return [{"kind": piece.kind, "text": piece.text} for piece in run]


def _picture(answer: Answer, charting: Charting) -> dict[str, str] | None:
    chart = charting.to_chart(answer)
    return {"query": answer.query, "alt": chart.alt, "caption": chart.caption} if chart else None
