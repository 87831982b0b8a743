"""Bubbles: the lines of an answer as a phone shows them: the figure large, its grade beside it, the source small."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.channels.line.limits import Content
from bot.channels.line.texts import clean
from bot.replies.pieces import Line, Piece

__all__ = ["APART", "Row", "bubble", "row_of", "tappable"]

APART = "、"
"""What stands between a figure and its grade in a text; in a bubble the grade has a field of its own."""
INK, SOFT, PALE, FIELD, BADGE = "#1A2733", "#4B5B69", "#6B7A88", "#EEF2F6", "#27506F"
BOLD = {"weight": "bold"}
STYLES: Mapping[str, Content] = {
    "head": {"size": "md", "color": INK, **BOLD},
    "note": {"size": "sm", "color": SOFT},
    "more": {"size": "sm", "color": SOFT},
    "source": {"size": "xs", "color": PALE},
    "formal": {"size": "md", "color": INK},
}
SIZES = ((14, "xxl"), (24, "xl"), (48, "lg"))
"""Up to so many characters a figure that stands alone is shown so large."""
LONG = 40
"""Characters of a heading that is as small as what it heads."""


class Row(NamedTuple):
    """One line of an answer in a bubble."""

    text: str
    """The whole line, as every other channel shows it."""
    role: str
    """figure, head, note, source, item …"""
    grade: str = ""
    """The grade behind a figure: the end of its text, set apart."""
    action: Content | None = None
    """What a tap on it does."""


def row_of(line: Line, action: Content | None = None) -> Row:
    """A line as it goes into a bubble."""
    figure, grade = _graded(line.pieces) if line.role == "figure" else ("", "")
    text = clean(line.text).strip()
    return Row(text, line.role, clean(grade) if figure.strip() else "", action)


def bubble(rows: Sequence[Row], footer: Sequence[Content] = ()) -> Content:
    """A bubble of these rows, in order, and what can be tapped below them."""
    figures = [row for row in rows if row.role == "figure"]
    alone = len(figures) == 1
    body = {"type": "box", "layout": "vertical", "spacing": "sm", "contents": [_shown(row, alone) for row in rows]}
    below = {"footer": {"type": "box", "layout": "horizontal", "spacing": "sm", "contents": list(footer)}}
    return {"type": "bubble", "size": "mega", "body": body, **(below if footer else {})}


def tappable(label: str, action: Content) -> Content:
    """Something to tap that shows its whole label, however long."""
    return _field({"type": "text", "text": label, "size": "sm", "color": INK, "wrap": True}, action)


# Private functions


def _graded(pieces: Sequence[Piece]) -> tuple[str, str]:
    """A figure and, where its grade stands behind it, the grade with what it is called."""
    for at, piece in enumerate(pieces):
        if at and piece.kind == "words" and piece.text.startswith(APART) and pieces[-1].kind in ("fact", "words"):
            rest = pieces[at:]
            if any(later.kind == "fact" for later in rest) and not any(later.kind == "cell" for later in rest):
                return _text(pieces[:at]), _text(rest).removeprefix(APART)
    return _text(pieces), ""


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _shown(row: Row, alone: bool) -> Content:
    if row.action:
        return tappable(row.text, row.action)
    if row.role == "figure":
        return _figure(row, alone)
    text = {"type": "text", "text": row.text, "wrap": True, **STYLES.get(row.role, STYLES["note"])}
    if row.role == "head" and len(row.text) > LONG:
        text["size"] = "sm"
    return {**text, "margin": "lg"} if row.role == "source" else text


def _figure(row: Row, alone: bool) -> Content:
    figure = row.text.removesuffix(APART + row.grade) if row.grade else row.text
    size = next((size for most, size in SIZES if len(figure) <= most), "md") if alone else "md"
    text = {"type": "text", "text": figure, "wrap": True, "size": size, "color": INK, **BOLD}
    if not row.grade:
        return text
    contents = [{**text, "flex": 1, "gravity": "center"}, _badge(row.grade)]
    return {"type": "box", "layout": "horizontal", "spacing": "md", "alignItems": "center", "contents": contents}


def _badge(grade: str) -> Content:
    """One colour for all grades: what they mean stands nowhere."""
    text = {"type": "text", "text": grade, "size": "sm", "color": "#FFFFFF", "align": "center", **BOLD}
    look = {"backgroundColor": BADGE, "cornerRadius": "md", "paddingAll": "sm", "flex": 0}
    return {"type": "box", "layout": "vertical", "contents": [text], **look}


def _field(content: Content, action: Content) -> Content:
    look = {"backgroundColor": FIELD, "cornerRadius": "md", "paddingAll": "md", "action": action}
    return {"type": "box", "layout": "vertical", "contents": [content], **look}
