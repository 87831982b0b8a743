"""Receipts: a short code for each answer, by which it is found again and held against what the table says now."""

import json
import re
import unicodedata
from collections.abc import Callable

from bot.replies.answers import Answer

__all__ = ["LENGTH", "LETTERS", "cells_of", "new_receipt", "read_receipt", "references_of", "show_receipt"]

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that are taken for one another."""
LENGTH = 8
_WRITTEN = re.compile(r"(?P<said>(?:控え|ひかえ|#)\s*:?\s*)?([0-9A-Z]{4})(?P<dash>-?)([0-9A-Z]{4})", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")


def new_receipt(choose: Callable[[str], str]) -> str:
    """A new code; nobody can guess it where `choose` takes letters by chance. It always holds a digit and a letter."""
    while True:
        code = "".join(choose(LETTERS) for _ in range(LENGTH))
        if _is_receipt(code):
            return code


def show_receipt(code: str) -> str:
    """K7Q2-9FMX."""
    return f"{code[:4]}-{code[4:]}"


def read_receipt(text: str) -> str:
    """The code that a message consists of, mistyped too; "" where it is anything else."""
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return ""
    code = f"{found[2]}{found[4]}".upper()
    meant = bool(found["said"]) or (bool(found["dash"]) and not code.isdigit())  # whoever reads AAAA-AAAA off a paper
    return code if meant or _is_receipt(code) else ""


def cells_of(answer: Answer) -> str:
    """What an answer quotes, so that a later one can be held against it."""
    quotes = [[q.project.reference, q.activity, q.kind, q.year, q.text, q.grade] for q in answer.quotes]
    facts = [[f.project.reference, f.activity, f.attribute, f.year, f.value] for f in answer.facts]
    listed = [project.reference for project in answer.projects]
    return json.dumps([quotes, facts, listed], ensure_ascii=False)


def references_of(cells: str) -> frozenset[str]:
    """The projects that were quoted."""
    quotes, facts, listed = json.loads(cells or "[[],[],[]]")
    return frozenset([*(row[0] for row in (*quotes, *facts)), *listed])


# Private functions


def _is_receipt(code: str) -> bool:
    return set(code) <= set(LETTERS) and bool(_DIGIT.search(code)) and not code.isdigit()
