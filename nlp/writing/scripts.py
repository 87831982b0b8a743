"""Scripts: which script a character is of; kana, kanji, digits."""

__all__ = ["are_kanji", "has_digit", "is_ideograph", "is_kana"]


def is_kana(key: str) -> bool:
    """Whether a folded key holds kana only, so that nothing but its sound is known."""
    return all("ぁ" <= character <= "ゖ" for character in key)


def is_ideograph(character: str) -> bool:
    """Whether a character is a kanji or a katakana: what compounds are made of."""
    return "一" <= character <= "鿿" or "ァ" <= character <= "ヺ"


def are_kanji(pair: str) -> bool:
    """Whether two characters side by side are both kanji."""
    return len(pair) == 2 and all("一" <= character <= "鿿" for character in pair)


def has_digit(text: str) -> bool:
    """Whether a text holds an ASCII digit."""
    return any("0" <= character <= "9" for character in text)
