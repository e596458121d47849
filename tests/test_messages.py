"""The messages: that all are collected, and that each is translated with care.

A rule about Russian text is a row of RULES with made-up translations that break it, the test of the tester.
"""

import re
import sys
from collections.abc import Callable, Mapping
from types import SimpleNamespace

import pytest
from babel.messages.catalog import Catalog
from jinja2 import TemplateSyntaxError

from app import messages
from app.assets import Assets
from app.i18n import LANGUAGES, catalog_path, from_catalog, languages, preferred, read_catalog
from app.main import STATIC
from app.messages import Message, collect, merged, problems, script_messages, table_messages, template_messages
from app.pages import renderer
from tests.filled import filled
from tests.pseudo import CLOSE, OPEN, pseudo, stretched

FORMS_IN_RUSSIAN = 3
STEPS = ("{count} step", "{count} steps")

Forms = tuple[str, ...]  # a translation: one text, or the forms for one, few, many

# The catalogs


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_catalog_is_up_to_date(code: str) -> None:
    written = messages.updated(code, collect(), read_catalog(code))
    assert catalog_path(code).read_bytes().decode() == written.decode(), "type: make messages"


def catalog(translations: Mapping[Message, str | Forms], code: str = "ru") -> Catalog:
    made = Catalog(locale=code)
    for message, string in translations.items():
        made.add(message, string)
    return made


def parsed(code: str, written: bytes, tmp_path, monkeypatch) -> dict[Message, str | Forms]:
    monkeypatch.setattr(messages, "catalog_path", lambda code: tmp_path / code)
    monkeypatch.setattr("app.i18n.catalog_path", lambda code: tmp_path / code)
    (tmp_path / code).write_bytes(written)
    return {entry.id: entry.string for entry in read_catalog(code) if entry.id}


def test_translations_are_kept_new_messages_are_added_and_old_ones_dropped(tmp_path, monkeypatch) -> None:
    before = catalog({"Lab": "Лаборатория", "Gone": "Долой", STEPS: ("шаг", "шага", "шагов")})
    written = messages.updated("ru", merged(["New", "Lab", STEPS]), before)
    assert parsed("ru", written, tmp_path, monkeypatch) == {
        "Lab": "Лаборатория",
        "New": "",
        STEPS: ("шаг", "шага", "шагов"),
    }
    assert messages.updated("ru", merged([STEPS, "Lab", "New"]), read_catalog("ru")) == written


def test_a_translation_is_never_guessed(tmp_path, monkeypatch) -> None:
    before = catalog({"The loss fell": "Ошибка упала", STEPS: ("шаг", "шага", "шагов")})
    written = messages.updated("ru", merged(["The loss fell.", (STEPS[0], "{count} strides")]), before)
    assert not any("".join(string) for string in filled(parsed("ru", written, tmp_path, monkeypatch).values()))


def test_the_english_catalog_holds_the_forms_of_counts_only(tmp_path, monkeypatch) -> None:
    written = messages.updated("en", merged(["Lab", STEPS]), catalog({}, "en"))
    assert parsed("en", written, tmp_path, monkeypatch) == {STEPS: STEPS}


def test_a_catalog_holds_nothing_that_changes_by_itself() -> None:
    written = messages.updated("ru", merged(["Lab"]), catalog({})).decode()
    assert "Date" not in written
    assert "#:" not in written
    assert written.endswith('msgstr ""\n')


def test_what_is_missing_stale_or_untranslated_is_said(tmp_path, monkeypatch) -> None:
    written = messages.updated("ru", merged(["Gone", "Lab", "Map"]), catalog({"Lab": "Лаборатория"}))
    parsed("ru", written, tmp_path, monkeypatch)
    assert problems("ru", merged(["New", "Lab", "Map"])) == ["missing: New", "stale: Gone", "not translated: Map"]
    done = catalog({"Lab": "Лаборатория"})
    written = messages.updated("ru", merged(["Lab"]), done)
    parsed("ru", written, tmp_path, monkeypatch)
    assert problems("ru", merged(["Lab"])) == []
    parsed("ru", written.replace(b"msgid", b"#: a.html:3\nmsgid"), tmp_path, monkeypatch)
    assert problems("ru", merged(["Lab"])) == ["not written as `make messages` writes it"]


@pytest.mark.parametrize("options", [[], ["--check"]])
def test_the_command_writes_unless_it_only_checks(options, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(messages, "catalog_path", lambda code: tmp_path / code / "messages.po")
    monkeypatch.setattr("app.i18n.catalog_path", messages.catalog_path)
    monkeypatch.setattr(messages, "collect", lambda: merged(["Lab", STEPS]))
    monkeypatch.setattr(sys, "argv", ["messages", *options])
    assert messages.main() == (1 if options else 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ([] if options else ["en", "ru"])
    assert ("ru: missing: Lab" in capsys.readouterr().out) == bool(options)
    if not options:
        monkeypatch.setattr(sys, "argv", ["messages", "--check"])
        assert messages.main() == 1
        assert capsys.readouterr().out.splitlines() == [
            "ru: not translated: Lab",
            f"ru: not translated: {STEPS[0]}",
        ]


# Collecting


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("t('Lab')", ["Lab"]),
        ("t(\n  'Step {step}',\n  { step: t('one') },\n)", ["Step {step}", "one"]),
        ("`<b>it's ${t('here')} and ${rows.map((row) => `<i>${t('there')}</i>`)}`", ["here", "there"]),
        ("tn('{count} step', '{count} steps', count)", [STEPS]),
        ("const TABLE = [msg('First'), msg('Second')];", ["First", "Second"]),
        (r"t('a \'quoted\' word, \u00d7')", ["a 'quoted' word, ×"]),
        ("// t('old')\n/* t('older') */ t('new')", ["new"]),
        ("t(row.label); t(name(row, 'long')); export const t = (message) => current.t(message);", []),
        ("import('./a.js'); Set('a'); $t('a'); not('b');", []),
    ],
)
def test_the_messages_of_a_script_are_found(source: str, expected: list[Message]) -> None:
    assert script_messages(source) == expected


@pytest.mark.parametrize(
    "source",
    ['t("a")', "t(`a`)", "t('a' + b)", "t(a ? 'b' : 'c')", "msg('a' + 'b')", "tn('a', b, 3)", "tn('a', 'b')"],
)
def test_a_message_of_a_script_that_cannot_be_found_is_an_error(source: str) -> None:
    with pytest.raises(ValueError, match="plain string in single quotes"):
        script_messages(f"{source};")


def test_the_messages_of_a_template_are_found() -> None:
    source = """{{ _("Lab") }} {{ _("%(name)s’s seed", name=name) }} <a title="{{ _('Map') }}">
      {% trans count=steps %}{{ count }} step{% pluralize %}{{ count }} steps{% endtrans %}"""
    plural = ("%(count)s step", "%(count)s steps")
    assert template_messages(source) == ["Lab", "%(name)s’s seed", "Map", plural]
    with pytest.raises(TemplateSyntaxError):
        template_messages("{{ _('Lab') ")


def test_the_words_of_tables_are_found_however_deep() -> None:
    rows = {"rows": ({"label": "Noise", "name": "noise"}, [{"settings": [{"description": "How far", "label": 3}]}])}
    assert list(table_messages(rows)) == ["Noise", "How far"]
    assert not list(table_messages(SimpleNamespace(label="not a record")))
    assert {"Learning rate", "XOR"} <= collect().keys()


def test_every_source_of_messages_is_read() -> None:
    assert {"Skip to the content", "Learning rate"} <= collect().keys()
    assert len(collect()) > 100


def test_a_name_has_one_plural() -> None:
    assert merged(["{count} step", STEPS, "{count} step"]) == {"{count} step": STEPS}
    with pytest.raises(ValueError, match="two plurals"):
        merged([STEPS, (STEPS[0], "{count} strides")])


# What every translation keeps to

PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)[a-z]")
MARKUP = re.compile(r"\[\[|\]\]|</?\w[^<>]*>")
COUNT_FIRST = re.compile(r"\{count\}|%\((?:count|num)\)[a-z]")


def prose(text: str) -> str:
    """Return a text without marks and tags, its placeholders replaced by something that breaks no rule."""
    return MARKUP.sub("", PLACEHOLDER.sub("§", text))


def originals(message: Message, forms: Forms) -> list[tuple[str, str]]:
    """Return each form that is translated beside the English text it has to match."""
    return [(message if isinstance(message, str) else message[1], form) for form in forms if form]


def is_untranslated(message: Message, forms: Forms) -> bool:
    return len(forms) != (1 if isinstance(message, str) else FORMS_IN_RUSSIAN) or not all(forms)


def has_equal_forms(message: Message, forms: Forms) -> bool:
    if isinstance(message, str) or message[0] == message[1] or is_untranslated(message, forms):
        return False
    one, few, many = forms  # beyond the nominative few and many may agree: после 2 шагов, после 5 шагов
    return one in (few, many) or (few == many and bool(COUNT_FIRST.match(one)))


def has_other_placeholders(message: Message, forms: Forms) -> bool:
    return any(
        set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(form))
        for english, form in originals(message, forms)
    )


def has_other_markup(message: Message, forms: Forms) -> bool:
    return any(
        sorted(MARKUP.findall(english)) != sorted(MARKUP.findall(form))
        for english, form in originals(message, forms)
    )


def has_other_space_around(message: Message, forms: Forms) -> bool:
    def around(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    return any(around(english) != around(form) for english, form in originals(message, forms))


def holding(pattern: str) -> Callable[[Message, Forms], bool]:
    """Return a rule that is broken by prose in which the pattern is found."""
    found = re.compile(pattern, re.IGNORECASE)
    return lambda message, forms: any(found.search(prose(form)) for form in forms)


RULES: dict[str, tuple[Callable[[Message, Forms], bool], list[tuple[Message, Forms]]]] = {
    "is not translated": (
        is_untranslated,
        [("Lab", ("",)), ("Lab", ()), (STEPS, ("шаг", "шага")), (STEPS, ("шаг", "", "шагов"))],
    ),
    "has plural forms that do not differ": (
        has_equal_forms,
        [
            (STEPS, ("{count} шаг", "{count} шага", "{count} шаг")),
            (STEPS, ("{count} шаг", "{count} шаг", "{count} шагов")),
            (STEPS, ("{count} шаг", "{count} шагов", "{count} шагов")),
        ],
    ),
    "has other placeholders": (
        has_other_placeholders,
        [
            ("Step {step}", ("Шаг {шаг}",)),
            ("Step {step}", ("Шаг",)),
            ("Step %(step)s", ("Шаг {step}",)),
            (("one step", "{count} steps"), ("один шаг", "{count} шага", "{count} шагов")),
        ],
    ),
    "has other marks or tags": (
        has_other_markup,
        [("[[all]] of it", ("[[всё",)), ("<b>all</b>", ("<b>всё<b>",)), ("all", ("<b>всё</b>",))],
    ),
    "begins or ends with other spaces": (
        has_other_space_around,
        [("Lab", ("Лаборатория ",)), ("Lab: ", ("Лаборатория:",)), ("Lab", ("\u00a0Лаборатория",))],
    ),
    "has quotes other than « »": (holding(r'["”]'), [("a", ('Это "ошибка"',)), ("a", ("Это “ошибка”",))]),
    "has a hyphen for a dash": (holding(r"\s[-–]\s"), [("a", ("Вес - число",)), ("a", ("Вес\u00a0– число",))]),
    "has two spaces together": (holding(r"[ \u00a0]{2}"), [("a", ("Вес  и",)), ("a", ("Вес \u00a0и",))]),
    "mixes alphabets in a word": (
        holding(r"[а-яё][a-z]|[a-z][а-яё]"),
        [("a", ("Bес",)), ("a", ("сло\u0439 и вec",)), ("a", ("ЁC",))],
    ),
    "has three dots for …": (holding(r"\.\.\."), [("a", ("Подождите...",))]),
    "has a decimal point": (holding(r"\d\.\d"), [("a", ("ровно 0.5",))]),
}

SOUND: list[tuple[Message, Forms]] = [
    ("Lab", ("Лаборатория",)),
    (STEPS, ("{count} шаг", "{count} шага", "{count} шагов")),
    (
        ("after {count} step", "after {count} steps"),
        ("после {count} шага", "после {count} шагов", "после {count} шагов"),
    ),
    ("Layer {layer}. The [[slope]] is 0.5", ("Слой {layer}. [[Наклон]] равен 0,5",)),
    ('<a href="x.y">“Loss” – {a} {b}…</a> ', ('<a href="x.y">«Ошибка»\u00a0— {a} {b}…</a> ',)),
    ("ReLU layer’s z", ("z ReLU-слоя; w₁-й вес, f′(z)",)),
]


def russian() -> list[tuple[Message, Forms]]:
    translations = []
    for entry in read_catalog("ru"):
        string = () if entry.fuzzy or not entry.string else entry.string
        if entry.id:
            translations.append((entry.id, (string,) if isinstance(string, str) else tuple(string)))
    return translations


@pytest.mark.parametrize("rule", RULES)
def test_no_russian_message(rule: str) -> None:
    is_broken, _ = RULES[rule]
    assert russian()
    broken = [f"“{message}” {rule}: {forms}" for message, forms in russian() if is_broken(message, forms)]
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("rule", "message", "forms"),
    [(rule, message, forms) for rule, (_, wrong) in RULES.items() for message, forms in wrong],
)
def test_a_translation_that_breaks_a_rule_is_found(rule: str, message: Message, forms: Forms) -> None:
    is_broken, _ = RULES[rule]
    assert is_broken(message, forms)


@pytest.mark.parametrize(("message", "forms"), SOUND)
def test_a_sound_translation_breaks_no_rule(message: Message, forms: Forms) -> None:
    assert [rule for rule, (is_broken, _) in RULES.items() if is_broken(message, forms)] == []


# The languages


@pytest.mark.parametrize(
    ("accept_language", "expected"),
    [
        ("", "en"),
        ("ru", "ru"),
        ("RU", "ru"),
        ("en-GB", "en"),
        ("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"),
        ("en-US,en;q=0.9,ru;q=0.8", "en"),
        ("en;q=0.5, ru;q=0.9", "ru"),
        ("de,ru;q=0.3,en;q=0.2", "ru"),
        ("de-DE,fr", "en"),
        ("*", "en"),
        ("ru;q=much,en;q=0.1", "en"),
        (";;;,,q=", "en"),
    ],
)
def test_the_language_a_browser_prefers_is_chosen(accept_language: str, expected: str) -> None:
    assert preferred(accept_language) == expected


def test_a_page_counts_in_russian() -> None:
    speaking = from_catalog("ru", catalog({STEPS: ("шаг", "шага", "шагов")}))
    counted = [speaking.translations.ngettext(*STEPS, count) for count in (0, 1, 2, 5, 11, 21, 22)]
    assert counted == ["шагов", "шаг", "шага", "шагов", "шагов", "шаг", "шага"]
    assert speaking.messages == {STEPS[0]: ["шаг", "шага", "шагов"]}


# The pseudo-language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lab", "Lab Lab"),
        ("Step {step} of {all}.", "Step Step {step} of of {all}."),
        ("[[The slope]] is %(slope)s, 50 %%", "[[The slope The slope]] is is %(slope)s, 50 %%"),
        ('<a href="lab">Lab</a>&nbsp;β₁', '<a href="lab">Lab Lab</a>&nbsp;β₁ β₁'),
    ],
)
def test_words_are_doubled_and_the_rest_is_kept(text: str, expected: str) -> None:
    assert stretched(text) == f"{OPEN}{expected}{CLOSE}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_pseudo_language_has_every_message(code: str) -> None:
    said = pseudo(languages()[code]).messages
    assert said.keys() == collect().keys()
    texts = [text for forms in said.values() for text in ([forms] if isinstance(forms, str) else forms)]
    assert [text for text in texts if not (text.startswith(OPEN) and text.endswith(CLOSE))] == []


def test_pages_can_be_made_in_the_pseudo_language() -> None:
    render = renderer(Assets(STATIC), {"en": pseudo(languages()["en"])})
    assert f"<h1>{OPEN}Nothing here Nothing here{CLOSE}</h1>" in render("not_found.html", "en", {"path": "lab"})
