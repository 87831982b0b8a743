"""Kana: runs of hiragana in a message, which may be a name written in kana whatever a tokeniser makes of them."""

from collections.abc import Iterator

from nlp.writing.scripts import is_ideograph

__all__ = ["KANA_FOLLOWING", "KANA_PARTICLES", "ends_in_kana", "kana_runs"]

KANA_LENGTH = 4
"""So many kana in a row may be a name written in kana, whatever the tokeniser made of them."""
KANA_PARTICLES = (
    "はどの",
    "はど",
    "どの",
    "って",
    "から",
    "まで",
    "では",
    "には",
    "とは",
    "は",
    "が",
    "を",
    "の",
    "で",
    "に",
    "と",
    "も",
    "へ",
    "や",
    "お",
)
KANA_FOLLOWING = (*KANA_PARTICLES, "です", "だ", "か", "おしえて", "しりたい", "ください", "いくら", "いくつ", "なん")


def kana_runs(value: str, covered: set[int], particles: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of kana that nothing covers, without the particles around them, as (start, end); `particles`: where a tokeniser sees one."""
    start = None
    for at in range(len(value) + 1):
        is_kana = at < len(value) and at not in covered and ("ぁ" <= value[at] <= "ゖ" or value[at] == "ー")
        if is_kana and start is None:
            start = at
        elif not is_kana and start is not None and at - start < KANA_LENGTH - 1:
            start = None
        elif not is_kana and start is not None:
            goes_on = at < len(value) and at not in covered and is_ideograph(value[at])
            trimmed = _trim_particles(value, start, at, goes_on, start in particles)
            attached = start > 0 and start not in covered and is_ideograph(value[start - 1]) and trimmed[0] == start
            attached = attached and not value.startswith(KANA_PARTICLES, start)
            if trimmed[1] - trimmed[0] >= (KANA_LENGTH - 1 if attached else KANA_LENGTH):
                yield trimmed
            start = None


def ends_in_kana(text: str) -> bool:
    """Whether a text ends in hiragana."""
    return bool(text) and ("ぁ" <= text[-1] <= "ゖ" or text[-1] == "ー")


# Private functions


def _trim_particles(value: str, start: int, end: int, goes_on: bool, surely: bool) -> tuple[int, int]:
    """The run without the particles around it; at its end only where no kanji goes on with the word: が and おむつ of がおむつ交換."""
    for particle in KANA_PARTICLES:
        left = end - start - len(particle)
        if value.startswith(particle, start) and (left >= KANA_LENGTH or (goes_on and surely)) and start > 0:
            start += len(particle)
            break
    if goes_on and value[end - 1] in "のもか":  # かいもの支援: what looks like a particle may be the word's end
        return start, end
    trimmed = next((particle for particle in KANA_PARTICLES if value.endswith(particle, start, end)), "")
    return start, end - len(trimmed)
