"""Pictures of the bubbles: Flex JSON as HTML at a phone's width: python -m tests.bot.line.picturing HOME OUT.html QUESTION…"""

import sys
from html import escape
from pathlib import Path
from typing import Any

from bot.answering import Kotae
from bot.channels.line.messages import Words, to_messages
from bot.desk import Reply
from bot.desk.presses import buttons_of
from kb.storing import KnowledgeBase

SIZES = {"xxs": 11, "xs": 13, "sm": 14, "md": 16, "lg": 19, "xl": 22, "xxl": 29}
SPACES = {"xs": 2, "sm": 4, "md": 8, "lg": 12, "xl": 16, "xxl": 20}
STYLE = """*{box-sizing:border-box}body{margin:0;width:390px;background:#8cabd8;font:16px "Noto Sans CJK JP",sans-serif;padding:12px}
.me{margin:8px 0 8px auto;width:fit-content;max-width:80%;background:#8de055;border-radius:18px;padding:8px 14px}
.row{display:flex;gap:8px;overflow:hidden;align-items:flex-start}.bubble{width:300px;flex:none;background:#fff;border-radius:17px;padding:20px}
.text{white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.35}.quick{display:flex;gap:6px;overflow:hidden;margin:12px 0 4px}
.quick span{flex:none;background:#ffffffd9;border-radius:18px;padding:7px 13px;font-size:13px}
.plain{background:#fff;border-radius:18px;padding:9px 14px;max-width:85%;width:fit-content;margin:8px 0}"""


def page(talk: list[tuple[str, list[Any]]]) -> str:
    """A conversation: what was said, and what it was answered with."""
    parts = [f'<div class="me">{escape(said)}</div>' + "".join(map(_message, messages)) for said, messages in talk]
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(parts)}"


# Private functions


def _message(message: Any) -> str:
    quick = "".join(
        f"<span>{escape(item['action']['label'])}</span>" for item in message.get("quickReply", {}).get("items", [])
    )
    below = f'<div class="quick">{quick}</div>' if quick else ""
    if message["type"] == "text":
        return f'<div class="plain text">{escape(message["text"])}</div>{below}'
    contents = message["contents"]
    bubbles = contents["contents"] if contents["type"] == "carousel" else [contents]
    shown = "".join(f'<div class="bubble">{_part(bubble["body"])}</div>' for bubble in bubbles)
    return f'<div class="row">{shown}</div>{below}'


def _part(part: Any) -> str:
    look = {
        "margin-top": SPACES.get(part.get("margin", ""), 0),
        "font-size": SIZES.get(part.get("size", "md")),
        "padding": SPACES.get(part.get("paddingAll", ""), 0) * 1.2,
        "border-radius": SPACES.get(part.get("cornerRadius", ""), 0),
    }
    style = "".join(f"{name}:{value}px;" for name, value in look.items() if value)
    style += "".join(f"{name}:{part[key]};" for name, key in COLOURS if key in part)
    style += f"flex:{part['flex']} {'1 0' if part['flex'] else '0 auto'};" if "flex" in part else ""
    style += "font-weight:700;" if part.get("weight") == "bold" else ""
    if part["type"] == "text":
        return f'<div class="text" style="{style}">{escape(part["text"])}</div>'
    flow = "column" if part["layout"] == "vertical" else "row;align-items:center"
    style += f"display:flex;flex-direction:{flow};gap:{SPACES.get(part.get('spacing', ''), 0) * 1.5}px;"
    return f'<div style="{style}">{"".join(map(_part, part["contents"]))}</div>'


COLOURS = (("color", "color"), ("background", "backgroundColor"), ("text-align", "align"))


def main(home: str, out: str, *questions: str) -> None:
    """Ask, and draw what comes."""
    kotae, context, talk = Kotae(KnowledgeBase.open(Path(home))), None, []
    for question in questions:
        answer, context = kotae.answer(question, context)
        reply = Reply(answer, "new", buttons_of(answer, "K7Q29FMX", False, kotae.wording))
        talk.append((question, to_messages(reply, kotae.catalogs, Words("コピー", "次へ ▶", ""))))
    Path(out).write_text(page(talk), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
