"""Labels: what a figure counts, read from the words before it, and what may be added to it."""

from nlp.writing.patterns import Pattern

__all__ = ["label_stem", "read_label"]


def label_stem(label: str) -> str:
    """What a label and the number of it have in common: 参加者 of 参加者数."""
    return label.removesuffix("数") if label.endswith("者数") else label


def read_label(before: str, after_figure: bool = False) -> tuple[str | None, str | None]:
    """The label and the qualifier in the text between the figure before (if any) and this one, both verbatim."""
    before = before.rstrip().rstrip(_OPEN)  # 「講座(3回)」 counts 講座
    if not before:
        return None, None
    if after_figure:
        before = _without_suffix(before)
    token = _last_token(before).rstrip(_TAIL)
    if _EACH.search(token):
        return None, token
    token, leading = _leading(_PARTICLE.sub("", token))
    token, trailing = _trailing(token)
    return _noun(token), leading or trailing


# Private functions

_SEPARATORS = frozenset(" \u3000\t\r\n、,，､。．;；/／[]「」『』【】<>＜＞〈〉《》→~〜～※●○・■◆?？!！")
_OPEN, _CLOSE = "(（", ")）"
_TAIL = ":：=＝…‥-－― \u3000"
_DONE = (
    "実施|開催|発行|表彰|配布|配付|参加|設置|認定|支援|交付|採択|派遣|受講|作成|登録|出展|利用|対応|公開|掲載|支給|開設"
)
_SUFFIX = Pattern(
    rf"(?:で|を|が|に|は|も|の)?(?:{_DONE})*(?:し|した|する|して|済み?|予定|中|以上|以下|未満|程度|余り?|超)?[)）]*$"
)
_DONE_FIRST = Pattern(r"(?:実施|開催|発行|表彰)(?=.)(?!回数|[数日者額率件済状])")
_EACH = Pattern("(?:毎|ごと|おき)に?$")
_LEADING = Pattern(
    "延べ|のべ|延人(?=数)|うち(?!わ)|内(?=$)|[各約全毎延計他](?=$)|各(?=[回店校社年月人施団地会])|年間?(?=$)|月間?(?=$)|週間?(?=$)"
    "|およそ|累計|累積|合計|総計|小計|平均|最大|最高|最低|最多|最少|残り|[のうそ]ち|そのうち|このうち|ほか(?=$)"
)
_TRAILING = Pattern(
    "延べ|のべ|(?<![遅順])延|うち|(?<![契予条節公規要制解誓協特密婚集])約|(?<![会統設集推時家生余累合総小])計|(?<![安健保完万])全|各"
    "|およそ|累計|累積|合計|総計|小計|平均|最大|最高|最低|毎[年月週日回]|年間|月間|週"
)
_TRAILING_END = Pattern(f"(?:{_TRAILING.pattern})$")
_IN_BRACKETS = Pattern(f"[(（]({_TRAILING.pattern})[)）]$")
_PARTICLE = Pattern("(?:では|には|とは|までに?|は|が|(?<![ぁ-ん])[もをでにのと])$")
_AFTER_PARTICLE = Pattern("(?<=[一-龥々ァ-ヺーa-zA-Z0-9)）])[のはがをにで](?=[^ぁ-ん])")
_DATE_END = Pattern("(?:[0-9０-９〇一二三四五六七八九十元]|年|月)(?:年度?|月|日|時|分|度)$")


def _without_suffix(before: str) -> str:
    """Drop what belongs to the figure before: the 実施 of 「2回実施 115人」."""
    breaks = (at for at, character in enumerate(before) if character in _SEPARATORS or character in _OPEN)
    end = next(breaks, len(before))
    word, rest = before[:end], before[end:]
    if rest.strip():
        return rest
    return "" if _SUFFIX.fullmatch(word) else _DONE_FIRST.sub("", word, count=1)


def _last_token(text: str) -> str:
    """What stands after the last separator; matched brackets belong to the word before them."""
    text = text.rstrip(" \u3000\t\r\n" + _TAIL)
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        if text[at] in _CLOSE:
            depth += 1
        elif text[at] in _OPEN:
            if depth == 0:
                return text[at + 1 :]
            depth -= 1
        elif depth == 0 and text[at] in _SEPARATORS:
            return text[at + 1 :]
    return text.lstrip(_CLOSE) if depth else text


def _leading(token: str) -> tuple[str, str | None]:
    found = _LEADING.match(token)
    return (token[found.end() :], found[0]) if found else (token, None)


def _trailing(token: str) -> tuple[str, str | None]:
    if found := _IN_BRACKETS.search(token):
        return token[: found.start()], found[1]
    found = _TRAILING_END.search(token)
    return (token[: found.start()], found[0]) if found else (token, None)


def _noun(token: str) -> str | None:
    """The noun at the end of a token: no particle after it, nothing before its last one."""
    token = _PARTICLE.sub("", token.strip(" \u3000" + _TAIL))
    *_, last = _AFTER_PARTICLE.split(token)
    return None if not last or _DATE_END.search(last) or not any(map(str.isalpha, last)) else last
