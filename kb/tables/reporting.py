"""Reporting: what was not read and what must be known, as a CSV file that a spreadsheet opens."""

import csv
import io
from collections.abc import Sequence

from kb.spreadsheets import inert
from kb.tables.notices import Named

__all__ = ["render_report"]


def render_report(
    unread: Sequence[Named], remarks: Sequence[Named], assumed: Sequence[str], problems: Sequence[str] = ()
) -> bytes:
    """A line for each cell and each assumption; a text that a spreadsheet would run gets a leading '."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["種類", "シート", "セル", "文字", "理由"])
    writer.writerows(map(inert, ("公表できない所", "", "", "", line)) for line in problems)
    for kind, named in (("読めなかったセル", unread), ("確かめるセル", remarks)):
        writer.writerows(map(inert, (kind, one.sheet, one.address, one.text, one.reason)) for one in named)
    writer.writerows(map(inert, ("推定", "", "", "", line)) for line in assumed)
    return stream.getvalue().encode("utf-8-sig", errors="surrogatepass")
