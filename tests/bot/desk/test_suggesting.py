"""Names that may be meant by what somebody has typed so far."""

import pytest

from bot.answering import Kotae
from bot.desk import suggestions


def labels(kotae: Kotae, typed: str) -> list[str]:
    """What is suggested."""
    return [one.label for one in suggestions(kotae, typed)]


@pytest.mark.parametrize("typed", ["空き", "空き店", "あき", "あきて", "アキテ", "あきt"])
def test_names_that_begin_so_come_in_letters_and_in_kana(kotae: Kotae, typed: str) -> None:
    """Typed, converted, or in the middle of a conversion."""
    assert labels(kotae, typed)[:2] == ["空き店舗入居促進事業(No.42)", "空き店舗活用事業(No.43)"]


def test_a_name_that_holds_it_comes_after_those_that_begin_so(kotae: Kotae) -> None:
    """商店街マップ begins with it, いきいき商店街支援事業 holds it."""
    found = labels(kotae, "商店街")
    assert found[0] == "商店街マップ(No.19)"
    assert "いきいき商店街支援事業(No.32)" in found


@pytest.mark.parametrize("typed", ["42", "No.42", "ｎｏ４２", "４２"])
def test_a_number_is_a_name(kotae: Kotae, typed: str) -> None:
    """However it is typed."""
    assert labels(kotae, typed)[0] == "空き店舗入居促進事業(No.42)"


def test_an_alias_suggests_what_it_stands_for(kotae: Kotae) -> None:
    """マル経融資 is what people say."""
    assert labels(kotae, "マル経") == ["小規模事業者経営改善資金(マル経融資)支援事業(No.14)"]


def test_what_is_typed_for_it_is_the_name_as_printed(kotae: Kotae) -> None:
    """So that the question finds it without a doubt."""
    assert suggestions(kotae, "でんとうこうげいてん")[0].name == "伝統工芸展への支援"


@pytest.mark.parametrize("typed", ["支援", "しえん", "の", "a", "事業"])
def test_there_are_never_too_many_to_scroll_through(kotae: Kotae, typed: str) -> None:
    """Twenty at most."""
    assert len(labels(kotae, typed)) <= 20


def test_all_that_hold_it_are_suggested(kotae: Kotae) -> None:
    """商店 is in ten names."""
    assert len(labels(kotae, "商店")) == 10


@pytest.mark.parametrize("typed", ["25年度のしょうこう", "25年度しょうこう", "経営指導と商工相", "教えて 商工相談"])
def test_a_name_is_suggested_behind_other_words(kotae: Kotae, typed: str) -> None:
    """Which stay."""
    [first, *_] = suggestions(kotae, typed)
    assert first.label == "商工相談(No.17)"
    assert first.name.removesuffix("商工相談") in ("25年度の", "25年度", "経営指導と", "教えて ")


@pytest.mark.parametrize("typed", ["商工相談の25", "商工相談の実績", "商工相談の達成度"])
def test_what_is_asked_of_a_name_is_none(kotae: Kotae, typed: str) -> None:
    """Nothing covers the answers while the question is typed on."""
    assert labels(kotae, typed) == []


@pytest.mark.parametrize("typed", ["", "　", "zzzz", "ワイン祭り", "。。。"])
def test_what_is_no_name_suggests_nothing(kotae: Kotae, typed: str) -> None:
    """Nor does it fail."""
    assert labels(kotae, typed) == []
