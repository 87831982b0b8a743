"""Showing: a number as its cell's format prints it: 1234567 with #,##0," 千円" is 1,235 千円."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from nlp.years.fiscal import ERAS

__all__ = ["show_date", "show_number"]

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|(General|標準)|([0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(.)',
    re.IGNORECASE | re.DOTALL,
)
_DATE_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(am/pm|aaaa|aaa|ggg|gg|g|ee|e|yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s)|(.)',
    re.IGNORECASE | re.DOTALL,
)
_STARTS = {"昭和": date(1926, 12, 25), "平成": date(1989, 1, 8), "令和": date(2019, 5, 1)}
_LETTERS = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}
_DAYS = "月火水木金土日"


def show_number(value: float, form: str) -> str | None:
    """The text that a format prints for a number; None where the format is one that is not understood."""
    sections = _sections(form)
    negative = value < 0
    section = sections[0]
    if negative and len(sections) > 1:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if re.search(r"\[[<>=]", section) or "/" in re.sub(r'"[^"]*"', "", section):
        return None  # conditions and fractions
    return _filled(section, value)


def show_date(value: datetime | date | time | timedelta, form: str) -> str:
    """The text that a date format prints; Japanese eras included."""
    if isinstance(value, timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    section = _sections(form)[0]
    tokens = list(_DATE_TOKEN.finditer(section))
    shown = []
    for at, found in enumerate(tokens):
        literal, escaped, code, other = found.groups()
        if code:
            shown.append(_date_part(value, code.lower(), _is_minute(tokens, at)))
        else:
            shown.append(literal or escaped or other or "")
    return "".join(shown)


# Private functions


def _sections(form: str) -> list[str]:
    sections, current, quoted = [], "", False
    at = 0
    while at < len(form):
        character = form[at]
        if character == "\\" and not quoted:
            current += form[at : at + 2]
            at += 2
            continue
        quoted ^= character == '"'
        if character == ";" and not quoted:
            sections.append(current)
            current = ""
        else:
            current += character
        at += 1
    return [*sections, current]


def _filled(section: str, value: float) -> str | None:
    parts: list[str | None] = []
    pattern = ""
    scale = 0
    for found in _TOKEN.finditer(section):
        literal, escaped, bracket, general, digits, other = found.groups()
        if digits or general:
            if pattern:
                return None  # 00-00: digits in two places
            pattern = digits or "General"
            parts.append(None)
        elif bracket is not None:
            parts.append(_currency(bracket))
        elif other and other.lower() in "eymdhsg@":
            return None if other != "@" else _general(value)
        else:
            scale += other == "%"
            parts.append(literal or escaped or other or "")
    if not pattern:
        return "".join(part or "" for part in parts) or ("" if section == "" else None)
    number = _general(value) if pattern == "General" else _digits(pattern, Decimal(repr(value)) * 100**scale)
    sign = "-" if number.startswith("-") else ""
    text = "".join(number.removeprefix("-") if part is None else part for part in parts)
    return sign + text


def _currency(bracket: str) -> str:
    return bracket[1:].partition("-")[0] if bracket.startswith("$") else ""


def _general(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    text = f"{value:.15g}"
    return format(Decimal(text), "f") if "e" in text and abs(value) > 1e-9 else text


def _digits(pattern: str, value: Decimal) -> str:
    whole, _, places = pattern.partition(".")
    thousands = len(whole) - len(whole.rstrip(","))
    value = value / 1000**thousands
    whole = whole.rstrip(",")
    rounded = value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    integer, _, fraction = format(abs(rounded), "f").partition(".")
    least = sum(character == "0" for character in whole)
    integer = integer.lstrip("0").rjust(least, "0")
    if "," in whole:
        integer = _grouped(integer)
    kept = len(places.rstrip("#?"))
    fraction = fraction[:kept] + fraction[kept:].rstrip("0")
    return f"{sign}{integer}{'.' + fraction if '.' in pattern and (fraction or kept) else ''}"


def _grouped(integer: str) -> str:
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", integer)


def _is_minute(tokens: list[re.Match[str]], at: int) -> bool:
    codes = [(token.group(3) or "").lower() for token in tokens]
    before = next((code for code in reversed(codes[:at]) if code), "")
    after = next((code for code in codes[at + 1 :] if code), "")
    return codes[at] in ("m", "mm") and (before in ("h", "hh") or after in ("s", "ss"))


def _date_part(value: date | time, code: str, minute: bool) -> str:
    if isinstance(value, time):
        clock: time | None = value
        day = None
    else:
        clock = value.time() if isinstance(value, datetime) else None
        day = value
    if minute or code[0] in "hs" or code == "am/pm":
        return _clock_part(clock or time(), "n" * len(code) if minute else code)
    return _day_part(day, code) if day else ""


def _clock_part(clock: time, code: str) -> str:
    number = {"n": clock.minute, "h": clock.hour, "s": clock.second}.get(code[0])
    if number is None:
        return "AM" if clock.hour < 12 else "PM"
    return f"{number:02}" if len(code) > 1 else str(number)


def _day_part(day: date, code: str) -> str:
    era, number = _era(day)
    if code in ("yyyy", "yy"):
        return f"{day.year:04}" if code == "yyyy" else f"{day.year % 100:02}"
    if code[0] == "g":
        return {"g": _LETTERS[era], "gg": era[0], "ggg": era}[code]
    if code[0] == "e":
        return f"{number:02}" if code == "ee" else str(number)
    if code[0] == "a" or code in ("ddd", "dddd"):
        return _DAYS[day.weekday()] + ("曜日" if len(code) > 3 else "")
    number = day.month if code[0] == "m" else day.day
    return f"{number:02}" if len(code) == 2 else str(number)


def _era(day: date) -> tuple[str, int]:
    as_day = date(day.year, day.month, day.day)
    era = next((name for name in reversed(_STARTS) if _STARTS[name] <= as_day), "大正" if day.year >= 1912 else "明治")
    return era, day.year - ERAS[era] + 1
