"""Spreadsheets: texts as a spreadsheet shows them, and never runs them."""

from kb.source.projects import DASH

__all__ = ["inert"]

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def inert(text: str) -> str:
    """A text that a spreadsheet would take for a formula, with a leading '; a lone dash is none."""
    return f"'{text}" if text != DASH and text.startswith(_FORMULA) else text
