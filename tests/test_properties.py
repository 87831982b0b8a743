"""What holds for any message and for every name of the table, whatever the words of the day are."""

import json
import re
import threading
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering import Kotae
from kb.query import Query
from nlp.vocabulary import load_words
from nlp.writing.text import LONGEST, normalize
from nlp.years.fiscal import western_year
from tests.examination.generator import questions
from tests.examination.gold import Table
from tests.examination.names import to_kana
from tests.examination.words import READINGS
from tests.helpers import KEYS, Ask, gist

STATUSES = {"answer", "clarify", "no_data", "not_found", "help", "error"}
LISTED = re.compile(r"^No\.\d+ ", re.MULTILINE)
LEFT_OUT = re.compile(r"(\d+)\w?は含めていません|ほか(\d+)\w")
YEAR = re.compile(r"(平成|令和)(\d+)年度\((\d{4})年度\)")
NUMBER = re.compile(r"\d[\d,.]*")

WORDS = tuple(dict.fromkeys(word.surface for word in load_words(Path("data/language/words"))))
PIECES = tomllib.loads(Path("tests/corpora/messages.toml").read_text(encoding="utf-8"))
MESSAGES = st.one_of(
    st.lists(st.sampled_from([*chain(*PIECES.values(), WORDS)]), max_size=12).map("".join),
    st.text(max_size=80),
    st.text(st.characters(), max_size=40),
)


def some(examples: int) -> settings:
    """So many examples, the same on every run."""
    return settings(
        max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )


# Any message


@some(400)
@given(message=MESSAGES)
def test_any_message_gets_a_reply(ask: Ask, message: str) -> None:
    """Of one of six statuses, with words in it, and in the contract's JSON."""
    (reply,) = ask(message)
    assert reply["status"] in STATUSES
    assert reply["text"].strip()
    assert reply.keys() >= KEYS
    assert json.loads(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace"))
    assert reply["status"] != "error"


@some(150)
@given(messages=st.lists(MESSAGES, min_size=2, max_size=4))
def test_any_conversation_gets_replies(ask: Ask, messages: list[str]) -> None:
    """What was said before never breaks what is said next."""
    assert [reply["status"] in STATUSES - {"error"} for reply in ask(*messages)] == [True] * len(messages)


@some(300)
@given(message=MESSAGES)
def test_every_number_in_a_reply_has_a_source(ask: Ask, kotae: Kotae, message: str) -> None:
    """A cell, an attribute, a name, the title, a year, a count or the question: the last check seen from outside."""
    (reply,) = ask(message)
    assert unsourced(reply, message, kotae) == set()


def test_a_number_without_a_source_is_seen(ask: Ask, kotae: Kotae) -> None:
    """The test above can fail: a figure of another year, a miscount, a year that nobody asked for."""
    question = "空き店舗入居促進事業の25年度実績は？"
    (reply,) = ask(question)
    for was, becomes in (("10,136", "10,278"), ("10,136", "101,36"), ("25年度", "28年度"), ("19事業", "20事業")):
        assert unsourced({**reply, "text": reply["text"].replace(was, becomes)}, question, kotae), becomes
    summed = "空き店舗入居促進事業の金額の合計は？"
    (computed,) = ask(summed)
    assert computed["text"].startswith("合計 30,790千円(計算値)")
    tampered = computed["text"].replace("30,790", "30,780")
    assert unsourced({**computed, "text": tampered}, summed, kotae) == {"30,780"}
    assert unsourced({**computed, "text": "999件は含めていません。"}, summed, kotae) == {"999"}
    (listed,) = ask("達成度Bの事業")
    count = str(len(listed["projects"]))
    assert unsourced({**listed, "text": listed["text"].replace(f"{count}事業", "99事業")}, "", kotae) == {"99"}


@some(500)
@given(message=MESSAGES | st.text(max_size=200))
def test_normalising_twice_is_once(message: str) -> None:
    """What has one form keeps it."""
    once = normalize(message).value
    assert normalize(once).value == once


@some(500)
@given(message=MESSAGES | st.text(max_size=200), data=st.data())
def test_a_quote_is_what_was_typed(message: str, data: st.DataObject) -> None:
    """The way back never runs backwards and ends in the message."""
    text = normalize(message)
    assert len(text.offsets) == len(text.value) + 1
    assert list(text.offsets) == sorted(text.offsets)
    start, end = sorted(data.draw(st.lists(st.integers(0, len(text.value)), min_size=2, max_size=2)))
    assert text.quote(start, end) in message[:LONGEST].encode(errors="replace").decode()


# Every name


def full_width(text: str) -> str:
    """Digits and Latin letters as wide as kanji."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)} | {
    "\u3099": "ﾞ",
    "\u309a": "ﾟ",
}


def half_width(text: str) -> str:
    """Katakana as half-width kana, their marks apart."""
    parted = (unicodedata.normalize("NFD", c) if "ァ" <= c <= "ヺ" else c for c in text)
    return "".join(HALF.get(c, c) for c in "".join(parted))


def spaced(text: str) -> str:
    """A space after every character, but not inside a number or a Latin word."""
    return re.sub(r"(?<![0-9A-Za-z])(?=.)|(?<=[0-9A-Za-z])(?![0-9A-Za-z])", " ", text)


VARIANTS: dict[str, Callable[[str], str]] = {
    "full width": full_width,
    "half width": half_width,
    "spaces": spaced,
    "wide spaces": lambda text: spaced(text).replace(" ", "\u3000"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "no question mark": lambda text: text.rstrip("？"),
    "many marks": lambda text: f"「{text}」！！…。",
    "lines": lambda text: f"\n{text}\n\n",
    "lower case": str.lower,
    "mixed case": str.title,
}
FEW = {"half width": 17, "decomposed": 20, "lower case": 3, "mixed case": 3}
"""How many of the 65 names look different at all, where it isn't every one of them."""


@pytest.mark.parametrize("name", VARIANTS)
def test_looks_make_no_difference(ask: Ask, asked: list[str], name: str) -> None:
    """Width, spaces, case and marks: the same status, projects and cells for every project and activity."""
    looks = {question: VARIANTS[name](question) for question in asked}
    other = [q for q, look in looks.items() if gist(ask(look)[0]) != gist(ask(q)[0])]
    assert other == []
    assert sum(look != question for question, look in looks.items()) >= FEW.get(name, 65)


def test_kana_never_lead_to_another_project(ask: Ask, kotae: Kotae) -> None:
    """A name in its reading, whole or in part: the same answer or a question back that offers it."""
    names = dict.fromkeys(kotae.catalogs[0].names.values())
    failed = [
        f"{variant}: {reply['status']} {reply['projects']}"
        for name in names
        for right in [gist(ask(f"{name}の25年度の実績は？")[0])]
        for variant in kana_variants(name)
        for reply in ask(f"{variant}の25年度の実績は？")
        if gist(reply) != right and not (reply["status"] == "clarify" and set(right[1]) & set(reply["projects"]))
    ]
    assert failed == []
    assert sum(len(list(kana_variants(name))) for name in names) > 300


def kana_variants(name: str) -> Iterator[str]:
    """The whole name as it is read, and every one of its words that has kanji."""
    whole = to_kana(name)
    parts = (name.replace(word, reading, 1) for word, reading in READINGS.items() if word in name)
    yield from dict.fromkeys(variant for variant in (whole, *parts) if variant != name)


@pytest.fixture(scope="module")
def asked(kotae: Kotae) -> list[str]:
    """A question about every project and activity, their years in turn."""
    years = kotae.catalogs[0].years
    return [
        f"{name}の{kotae.catalogs[0].document.year_label(years[place % len(years)])}の実績は？"
        for place, name in enumerate(dict.fromkeys(kotae.catalogs[0].names.values()))
    ]


# Choices and receipts


def test_a_choice_is_a_button(ask: Ask, kotae: Kotae, table: Table) -> None:
    """At most 64 bytes that say the whole query: running them answers for the project on the label."""
    kinds = ["clarify.name", "clarify.letter", "clarify.relative", "absent.name", "absent.blank"]
    seen = 0
    for question in questions(table, seed=3, n=200, kinds=kinds):
        for choice in ask(*question.turns)[-1]["choices"]:
            seen += 1
            compact = choice["query"]
            assert 0 < len(compact.encode()) <= 64, choice
            assert compact.startswith("nerima-shokogyo/"), choice
            reply = kotae.run(compact)[0].to_dict()
            assert reply["status"] in ("answer", "no_data"), (choice, reply["text"])
            number = re.search(r"\(No\.(\d+)\)$", choice["label"])
            assert not number or reply["projects"] == [number[1]], (choice, reply["projects"])
            assert gist(ask(choice["question"])[0]) == gist(reply), choice
    assert seen > 100


def test_a_receipt_runs_again(ask: Ask, kotae: Kotae, table: Table) -> None:
    """The compact query of an answer gives that answer again."""
    other, compared = [], 0
    for question in questions(table, seed=4, n=300):
        reply = ask(*question.turns)[-1]
        if reply["status"] == "answer" and reply["receipt"]:
            compared += 1
            again = kotae.run(reply["receipt"])[0].to_dict()
            if gist(again) != gist(reply):
                other.append(f"{question.turns} {reply['receipt']}")
    assert other == []
    assert compared > 200


# Threads


def test_threads_answer_as_one_after_the_other(ask: Ask, asked: list[str]) -> None:
    """Four at once over one knowledge base: nobody gets another one's reply."""
    messages = [
        *asked,
        "Bの事業は？",
        "去年の商工相談は？",
        "こんにちは",
        "達成度Bの事業はいくつ",
        "空き店舗の事業は？",
    ]
    alone = [ask(message, "24年度は？") for message in messages]
    together: list[list[Any]] = [[] for _ in range(4)]

    def answer(place: int) -> None:
        order = messages[place * 7 :] + messages[: place * 7]
        replies = {message: ask(message, "24年度は？") for message in order}
        together[place] = [replies[message] for message in messages]

    threads = [threading.Thread(target=answer, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(replies == alone for replies in together)


# Private functions


def unsourced(reply: dict[str, Any], message: str, kotae: Kotae) -> set[str]:
    """The numbers of a reply's text that stand nowhere else."""
    catalog = kotae.catalogs[0]
    given = {key: value for key, value in reply.items() if key not in ("text", "formal", "revision", "receipt")}
    years = [part for year in catalog.years for part in (str(year), catalog.document.year_label(year))]
    shown = len(LISTED.findall(reply["text"]))
    counts = [len(reply["projects"]), len(reply["projects"]) - shown, len(reply["choices"]) - 6]
    document = [catalog.document.title, catalog.document.scope, *catalog.goals.values()]
    known = numbers(
        json.dumps(given, ensure_ascii=False),
        message,
        normalize(message).value,
        *years,
        *document,
        *catalog.names.values(),
        *(label for label in map(catalog.label, catalog.names) if label in reply["text"]),
    )
    if reply["reason"] == "empty":  # how many there are without one of the conditions
        counts += [len(kotae.run(choice["query"])[0].projects) for choice in reply["choices"] if choice["query"]]
    if (reply.get("receipt") or "").endswith("projects-each"):  # how many have each grade or goal, asked one by one
        counts += [len(kotae.run(one.to_compact())[0].projects) for one in apart(catalog.query(reply["receipt"]))]
    most = len(catalog.names) * len(catalog.years)
    left_out = {count for found in LEFT_OUT.findall(reply["text"]) for count in found if count and int(count) <= most}
    said = YEAR.findall(reply["text"])
    known |= {number for era, own, year in said if western_year(int(own), era) == int(year) for number in (own, year)}
    known |= left_out | {form for computed in reply["computed"] for form in computed_forms(computed)}
    return numbers(reply["text"]) - known - {str(count) for count in counts}


def apart(query: Query) -> Iterator[Query]:
    """The lists of which a query counts each."""
    for at, filter_ in enumerate(query.filters):
        for one in filter_.alternatives() if filter_.others else ():
            yield query._replace(operators=("projects",), filters=(*query.filters[:at], one, *query.filters[at + 1 :]))


def computed_forms(computed: dict[str, Any]) -> set[str]:
    """How a computed value may be printed; a rate also as what it is more or less than a hundred, an amount in 千円."""
    value = computed["value"]
    both = [abs(value), abs(round(value - 100, 2))] if computed["unit"] == "%" else [abs(value)]
    both += [abs(value) / 1000] if computed["unit"] == "円" else []
    return {form for number in both for form in (f"{number:,}", f"{number:,.2f}", f"{number:,.1f}", f"{number:,.0f}")}


def numbers(*texts: str) -> set[str]:
    """Every run of digits, with its commas and points."""
    return {found.rstrip(",.") for text in texts for found in NUMBER.findall(unicodedata.normalize("NFKC", text))}
