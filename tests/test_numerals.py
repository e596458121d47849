"""Numbers and their nouns: every message and every lesson says "1 step", "2 steps", «21 шаг», «5 шагов».

A number in front of a noun needs a message with plural forms. Nouns that can be counted here stand in NOUNS and in
ENGLISH_NOUNS; a number that can only be some numbers stands in FIXED, with those.
"""

import re
from collections.abc import Iterator, Mapping

import pytest
from babel import Locale

from app.i18n import read_catalog
from app.lessons.lesson import CONTENT
from app.lessons.values import VALUES
from tests.filled import filled

NUMBERS = (0, 1, 2, 5, 11, 21, 94)
# What stands between a number and its noun: marks, tags, a space; and perhaps one other word.
_GAP = r"(?:\]\]|</?\w+>)*[\s\u00a0]+(?:\[\[)?"
_RUSSIAN = re.compile(rf"\{{((?:=|fact:)?\w+)\}}{_GAP}(?:[а-яё]+[ыи]х )?([а-яё]+)")
_ENGLISH = re.compile(rf"\{{(=?\w+)\}}{_GAP}(?:[a-z]+ )?([a-z]+s)\b")

# The nouns that can be counted here, declined by hand: after 1, 2 and 5; some of them in other cases, too.
NOUNS = {
    "вес": ("веса", "весов"),
    "вид": ("вида", "видов"),
    "вход": ("входа", "входов"),
    "выхода": ("выходов", "выходов"),
    "голоса": ("голосов", "голосов"),
    "голосу": ("голосам", "голосам"),
    "градиент": ("градиента", "градиентов"),
    "запуска": ("запусков", "запусков"),
    "знака": ("знаков", "знаков"),
    "класс": ("класса", "классов"),
    "минута": ("минуты", "минут"),
    "момент": ("момента", "моментов"),
    "направление": ("направления", "направлений"),
    "нейрон": ("нейрона", "нейронов"),
    "обновление": ("обновления", "обновлений"),
    "обновления": ("обновлений", "обновлений"),
    "операции": ("операций", "операций"),
    "ответ": ("ответа", "ответов"),
    "пакет": ("пакета", "пакетов"),
    "пакету": ("пакетам", "пакетам"),
    "параметр": ("параметра", "параметров"),
    "правка": ("правки", "правок"),
    "пример": ("примера", "примеров"),
    "примеру": ("примерам", "примерам"),
    "пропуска": ("пропусков", "пропусков"),
    "путь": ("пути", "путей"),
    "раз": ("раза", "раз"),
    "связь": ("связи", "связей"),
    "слой": ("слоя", "слоёв"),
    "слоя": ("слоёв", "слоёв"),
    "смещение": ("смещения", "смещений"),
    "строка": ("строки", "строк"),
    "точка": ("точки", "точек"),
    "узор": ("узора", "узоров"),
    "участник": ("участника", "участников"),
    "цель": ("цели", "целей"),
    "число": ("числа", "чисел"),
    "шаг": ("шага", "шагов"),
    "элемент": ("элемента", "элементов"),
    "элемента": ("элементов", "элементов"),
    "эпоха": ("эпохи", "эпох"),
    "эпохи": ("эпох", "эпох"),
}
_WORDS = """
answers batches biases blanks branches changes classes connections digits directions epochs examples gradients
inputs kinds layers moments neurons numbers ones operations outputs parameters paths patterns points rows runs
starts steps sweeps targets units updates values votes weights
"""
ENGLISH_NOUNS = set(_WORDS.split())
RUSSIAN_NOUNS = {form for one, others in NOUNS.items() for form in (one, *others)} | {"самых"}

# Placeholders that count but cannot be any number, by the beginning of the message and their name.
FIXED: Mapping[tuple[str, str], tuple[int, ...]] = {
    ("{right} of {all} answers", "all"): (4, 8),  # the corners, or the points of both groups
    ("Each place of this plane", "count"): (17, 67),  # the parameters of a network: never one
    ("The loss over two of the", "count"): (17, 67),
    ("This plane holds", "count"): (17, 67),
    ("This plane holds", "paths"): (2, 3),  # several, or the message is another
    ("{count} of {all} gradients", "all"): (9, 17),
    ("Start {start}", "patterns"): (64,),
    ("{solved} of {starts} starts", "starts"): (8,),
    ("{sweeps} sweeps on", "sweeps"): (200, 250, 500, 1000),
    ("The batch has {count} examples", "count"): (3, 4),
    ("The first {count} rows", "count"): (100, 200),
    ("There are [[{count} paths]]", "count"): (2, 3, 51),  # one path has a message of its own
    ("There are [[{count} paths]]", "listed"): (50,),
    ("{count} runs are as many", "count"): (8,),
    ("Over all the data its slope", "share"): (0, 45, 100),  # a share, written with %
    ("Drawn are {drawn} of the {count}", "count"): (101, 500),  # more than can be drawn
    ("{written} of {numbers} numbers", "numbers"): (9, 24),  # all numbers of a network's picture
    ("The {topology} network and its", "numbers"): (9, 24),
    # Refusals of what is beyond a limit; all limits are far above one.
    ("A walk through this network has", "operations"): (100_001,),
    ("The answer would have", "numbers"): (1_000_001,),
    ("These are {numbers} numbers", "numbers"): (1_000_001,),
    ("These frames would hold", "numbers"): (1_000_001,),
    ("This network has {count} weights", "count"): (20_001,),
    ("This path holds", "numbers"): (1_000_001,),
    ("All rows should have the same length", "numbers"): (2, 3),  # several lengths are listed: “2 and 3 numbers”
    ("To be split, there should be at least", "needed"): (2,),
}
# Nouns and the like in FIXED messages, by the plural form of Russian that they have.
FORMS = {"строк": "many", "самых": "many", "запусков": "many", "эпох": "many", "примеров": "many"}
# What follows a computed value in a Russian lesson, and the form that it has.
LESSON_FORMS = {"узора": "few"}

_RULE = Locale("ru").plural_form


def entries() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the English and the Russian texts of each message."""
    for entry in read_catalog("ru"):
        if entry.id:
            ids = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
            yield ids, (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def fixed(english: str, name: str) -> tuple[int, ...] | None:
    return next((found for (start, own), found in FIXED.items() if own == name and english.startswith(start)), None)


def uncounted(language: str, ids: tuple[str, ...], text: str) -> list[str]:
    """Return where a number stands before a noun that has one form only."""
    pattern = {"en": _ENGLISH, "ru": _RUSSIAN}[language]
    wrong = []
    for name, word in pattern.findall(text):
        has_forms = len(ids) > 1 and name == "count"
        numbers = fixed(ids[-1], name)
        if has_forms or word not in {"ru": RUSSIAN_NOUNS, "en": ENGLISH_NOUNS}[language]:
            continue
        if numbers is None:
            wrong.append(f"{{{name}}} {word}")
        elif language == "ru" and any(_RULE(number) != FORMS.get(word) for number in numbers):
            wrong.append(f"{{{name}}} {word}: not of {numbers}")
        elif language == "en" and 1 in numbers:
            wrong.append(f"{{{name}}} {word}: 1")
    return wrong


def test_every_number_before_a_noun_has_plural_forms_in_both_languages() -> None:
    found = [
        f"“{ids[-1]}”: {wrong}"
        for ids, strings in entries()
        for language, texts in (("en", ids[-1:]), ("ru", strings))
        for text in texts
        for wrong in uncounted(language, ids, text)
    ]
    assert not found, "give the message plural forms (tn), or say in FIXED which numbers it can be:\n" + "\n".join(
        found
    )


@pytest.mark.parametrize(
    ("language", "ids", "text"),
    [
        ("ru", ("After {step} steps",), "После {step} шагов"),
        ("ru", ("[[{count} paths]]",), "[[{count} путей]]"),
        ("ru", ("{count} step of {size}", "{count} steps of {size}"), "{count} шаг на {size} примеров"),
        ("ru", ("The first {count} rows.",), "Первые {count} строки."),
        ("en", ("After {step} updates",), "After {step} updates"),
        ("en", ("{layer} dead units",), "{layer} dead units"),
    ],
)
def test_a_number_before_a_noun_of_one_form_is_found(language: str, ids: tuple[str, ...], text: str) -> None:
    assert uncounted(language, ids, text)


def test_what_is_allowed_is_there() -> None:
    starts = [ids[-1] for ids, _ in entries()]
    assert all(any(text.startswith(start) and f"{{{name}}}" in text for text in starts) for start, name in FIXED)


def test_nouns_are_declined_as_the_numbers_ask() -> None:
    counted = re.compile(rf"\{{count\}}{_GAP}([а-яё]+)")
    seen = set()
    for ids, strings in filled(entries()):
        words = [found[1] for text in strings if (found := counted.search(text))]
        if len(ids) > 1 and words and words[0] != words[-1] and words[0] != "более":
            assert words[0] in NOUNS, f"decline «{words[0]}» in NOUNS: “{ids[-1]}”"
            assert (words[1], words[2]) == NOUNS[words[0]], ids[-1]
            seen.add(words[0])
    assert len(seen) > 15


def test_the_forms_of_russian_are_those_of_its_numbers() -> None:
    assert [_RULE(number) for number in NUMBERS] == ["many", "one", "few", "many", "many", "one", "few"]


def test_numbers_of_lessons_agree_with_the_nouns_behind_them() -> None:
    """A computed value has one form; what is drawn, or a fact of an instrument, stands before no noun."""
    counted = [
        (f"{path.parent.name}: {{{name}}} {word}", name.removeprefix("="), word)
        for path in CONTENT.glob("*/*ru.md")
        for name, word in _RUSSIAN.findall(path.read_text("utf-8"))
        if word in RUSSIAN_NOUNS
    ]
    for told, name, word in filled(counted):
        assert name in VALUES, told
        assert _RULE(VALUES[name]()) == LESSON_FORMS.get(word), told
