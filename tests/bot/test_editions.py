"""At every door only what that door is given: 1,000 words of internal rows leave by none of the others, in no form."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.editions.editions import Editions
from bot.explaining import explain
from bot.replies.answers import Answer
from kb.doors import DOORS, Door
from kb.pointer import read_pointer
from kb.source.plan_sections import Access
from kb.storing import KnowledgeBase
from nlp.writing.text import to_key
from tests.restricted import CANARIES, EARLIER, LATER, Town, closed, put, town, without, words

INSIDE = Door("web", member=True)
OUTSIDE = tuple(door for door in DOORS if door != INSIDE)
FOLDED = {word: to_key(word) for word in CANARIES}
WRITTEN = {form: word for word, folded in FOLDED.items() for form in (word, folded)}
"""Each canary by both ways to write it."""
(LENGTH,) = {len(form) for form in WRITTEN}
GENERAL = (
    "事業はいくつ", "事業は何件ありますか", "評価Aの事業は？", "達成度Aの事業はいくつ", "達成度Cの事業は？", "合計は？", "金額の合計は？", "件数の合計は？",
    "全部の事業を見せて", "戦略目標Cの事業は？", "戦略目標の一覧", "施策の一覧", "達成度の種類は", "担当課の一覧", "令和5年度に実績がある事業は", "一番多い事業は？",
    "件数が多い順に", "7件の事業は？", "何をきけますか", "資料はいくつありますか", "社外秘の事業は？", "会員限定の事業を教えて", "名前の長い事業は",
    "担当課がない事業は", "さくら市の計画は", "ほかの計画は", "実績が増え続けている事業は", "空白の事業は", "こんにちは", "次のページ", "もっと",
)  # fmt: skip
TEMPLATES = (
    "{word}", "{word}の実績は？", "{word}の事業はいくつ", "{word}事業の令和5年度は？", "{part}", "{part}の実績は", "{part}の事業一覧", "{near}の実績は？", "{near}事業",
    "{word}課の事業は？", "{word}を含む事業は？", "{part}と書かれた事業は", "{word}と{part}の比較", "{word}が担当課の事業は", "{tail}の推移は",
)  # fmt: skip


def questions(count: int) -> Iterator[str]:
    """Canaries whole, in part and misspelt, numbers of internal projects, counts and lists: so many, the same each time."""
    draw = random.Random(5)
    yield from GENERAL
    for no in range(60):
        yield from (f"{no}番の実績は？", f"No.{no}", f"さくら市第二次産業計画の{no}番の達成度は？")
    for at in range(count - len(GENERAL) - 180):
        word = CANARIES[at % len(CANARIES)]
        near = word[:2] + draw.choice("アイウエオ") + word[3:]
        template = draw.choice(TEMPLATES)
        yield template.format(word=word, part=word[:3], tail=word[2:], near=near)


def leaked(question: str, output: str) -> set[str]:
    """The canaries that an output tells: those that the question didn't hold itself."""
    runs = {output[at : at + LENGTH] for at in range(len(output))}
    asked = question, to_key(question)
    return {word for word in map(WRITTEN.get, runs) if word and word not in asked[0] and FOLDED[word] not in asked[1]}


def told(answer: Answer) -> str:
    """Everything that a channel can get of an answer."""
    return f"{answer.text}\n{json.dumps(answer.to_dict(), ensure_ascii=False)}\n{answer!r}"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A town with 50 internal projects and an internal plan."""
    return town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def home(whole: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its knowledge base."""
    folder = tmp_path_factory.mktemp("home")
    put(whole, words(), folder)
    return folder


@pytest.fixture(scope="module")
def doors(home: Path) -> Iterator[Editions]:
    """All doors over it."""
    editions = Editions(home)
    yield editions
    editions.close()


@pytest.fixture(scope="module")
def never(whole: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kotae]:
    """The bot over a town that never had the internal projects."""
    folder = tmp_path_factory.mktemp("never")
    put(without(whole, whole.internal), words(), folder)
    knowledge = KnowledgeBase.open(folder)
    yield Kotae(knowledge)
    knowledge.close()


# What leaves


def test_nothing_internal_leaves_by_a_public_door(doors: Editions, never: Kotae) -> None:
    """2,000 questions: text, JSON, choices, receipts, every field: no canary, and just what a town without them says."""
    door = doors.at("web", member=False)
    asked, wrong = 0, []
    for at, question in enumerate(questions(2000)):
        answer, context = door.answer(question)
        again, _ = door.answer("実績は？" if at % 2 else "ほかには？", context)
        asked += 1
        if leaked(question, told(answer)) or leaked(question, told(again)):
            wrong.append(question)
        if at % 4 == 0:
            plain = {**never.answer(question)[0].to_dict(), "revision": ""}
            assert {**answer.to_dict(), "revision": ""} == plain, question
    assert (asked, wrong) == (2000, [])


def test_every_door_but_one_answers_from_that_file(doors: Editions) -> None:
    """The bot that was asked is the very one that answers on every platform, and to members where internal isn't given."""
    bots = doors._watch._held.bots
    assert {id(bots[door]) for door in OUTSIDE} == {id(bots[Door("web", member=False)])}
    assert bots[INSIDE] is not bots[OUTSIDE[0]]


def test_explaining_tells_nothing_either(home: Path) -> None:
    """Mentions, near names, candidates and SQL of 400 questions."""
    knowledge = KnowledgeBase.open(home, door=OUTSIDE[0])
    kotae = Kotae(knowledge)
    assert [question for question in questions(400) if leaked(question, explain(kotae, question))] == []
    knowledge.close()


def test_the_files_of_public_doors_hold_no_canary(home: Path) -> None:
    """Not one of 1,000 in the bytes of what answers there, nor in the pointer; all of them in what holds everything."""
    pointer = read_pointer(home)
    public = {(home / pointer.edition(door).file).read_bytes() for door in OUTSIDE}
    public |= {path.read_bytes() for path in (home / "current", *home.glob("*.json"))}
    everything = (home / pointer.file).read_bytes()
    assert [word for word in CANARIES for content in public if held(word, content)] == []
    assert [word for word in CANARIES if not held(word, everything)] == []
    assert len(public) == 3


def held(word: str, content: bytes) -> bool:
    """Whether a word stands in some bytes, as written or folded."""
    return word.encode() in content or FOLDED[word].encode() in content


def test_without_the_filter_the_canaries_leave(whole: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: where every door is given everything the same questions bring hundreds of them out."""
    monkeypatch.setattr(Access, "admits", lambda *_: True)
    put(whole, words(), tmp_path)
    editions = Editions(tmp_path)
    door = editions.at("web", member=False)
    found = {word for question in questions(500) for word in leaked(question, told(door.answer(question)[0]))}
    assert len(found) > 100
    editions.close()


def test_a_member_is_given_what_is_internal(doors: Editions, whole: Town) -> None:
    """Name, figure and grade, as the table prints them."""
    project = next(project for project in whole.projects if project.plan == LATER and project.no == "2")
    answer, _ = doors.at("web", member=True).answer(f"{project.name}の令和6年度の実績は？")
    assert [quote.text for quote in answer.quotes][:1] == [project.rows[0].cells[0].text]


# Conversations


def test_a_conversation_stays_at_its_door(doors: Editions, whole: Town) -> None:
    """What a member asked about is not gone on with where others listen, whatever it was about."""
    inside, outside = doors.at("web", member=True), doors.at("telegram", member=False)
    project = next(project for project in whole.projects if project.plan == EARLIER and project.no == "2")
    for question in (
        project.name,
        f"{project.policy}の事業はいくつ",
        f"担当課が{project.details[1].text}の事業は？",
        "さくら",
    ):
        _, context = inside.answer(question)
        for follow in ("令和5年度は？", "達成度は？", "合計は？", "1", "2番目"):
            answer, _ = outside.answer(follow, context)
            assert answer == outside.answer(follow)[0]
            assert leaked("", told(answer)) == set()
        assert not outside.knows(context)


def test_a_conversation_goes_on_at_its_own_door(doors: Editions) -> None:
    """Negative control: there it is gone on with."""
    door = doors.at("web", member=False)
    _, context = door.answer("商店街にぎわい補助金の令和5年度の実績は？")
    assert door.knows(context)
    assert door.answer("達成度は？", context)[0].facts[0].value == "A"


def test_a_choice_of_what_is_internal_is_refused(doors: Editions) -> None:
    """A button or a link that a member passed on: the same as for what isn't there."""
    answer, _ = doors.at("web", member=True).run(f"{EARLIER}/2/5/result")
    assert answer.status == "answer"
    for query in (f"{EARLIER}/2/5/result", f"{EARLIER}/99/5/result", "himitsu/1/5/result"):
        with pytest.raises((ValueError, KeyError)):
            doors.at("web", member=False).run(query)


# Doors that are given nothing


def test_a_door_that_is_given_nothing_says_so(whole: Town, tmp_path: Path) -> None:
    """To every message, choice and follow-up the one honest line; nothing raises."""
    put(Town((whole.plans[2],), tuple(p for p in whole.projects if p.plan == whole.plans[2].id)), words(), tmp_path)
    editions = Editions(tmp_path)
    door = editions.at("line", member=True)
    said = [door.answer(question)[0] for question in ("実績は？", "", "こんにちは", CANARIES[0])]
    said.append(door.run("himitsu/1/5/result")[0])
    assert {(answer.status, answer.text) for answer in said} == {
        ("not_found", "この窓口でお答えできる資料はありません。")
    }
    _, context = door.answer("実績は？")
    assert (door.knows(context), door.answer("1", context)[0].status) == (True, "not_found")
    assert not any(
        held(word, (tmp_path / read_pointer(tmp_path).edition(OUTSIDE[0]).file).read_bytes()) for word in CANARIES
    )
    editions.close()


# Revisions


def test_all_doors_change_together(whole: Town, tmp_path: Path) -> None:
    """A swap is noticed by whichever door is asked first, and then every door is of the new revision."""
    put(whole, words(), tmp_path)
    editions = Editions(tmp_path)
    inside, outside = editions.at("web", member=True), editions.at("line", member=False)
    before = editions._watch._held
    put(closed(whole, {EARLIER: ("9",)}), words(), tmp_path)
    answer, _ = outside.answer("空き家活用バンクの令和5年度の実績は？")
    assert (answer.status, editions._watch._held is before) == ("not_found", False)
    pointer = read_pointer(tmp_path)
    asked = {door: door.answer("観光案内所運営の令和5年度の実績は？")[0].revision for door in (inside, outside)}
    assert asked == {inside: pointer.revision, outside: pointer.edition(OUTSIDE[0]).revision}
    editions.close()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"damaged")], ids=["gone", "damaged"])
def test_an_edition_that_cannot_be_opened_leaves_all_doors_as_they_are(
    whole: Town, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    """Not one of them goes ahead with the new revision, and none falls back on the file that holds everything."""
    put(whole, words(), tmp_path)
    editions = Editions(tmp_path)
    before = [editions.at(*door).answer("1番の実績は？")[0] for door in DOORS]
    put(closed(whole, {EARLIER: ("1",)}), words(), tmp_path)
    spoil(tmp_path / read_pointer(tmp_path).edition(OUTSIDE[0]).file)
    assert [editions.at(*door).answer("1番の実績は？")[0] for door in DOORS] == before
    editions.close()
