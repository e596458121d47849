"""Every sentence of the table is decided, and still stands where the table says, in both languages."""

from dataclasses import replace

import pytest

from app.api.presets import PRESETS
from app.api.races import RACES
from app.engine.datasets import DATASETS
from app.engine.surfaces import SURFACES
from tests.claims import (
    broken,
    chains,
    data,
    examples,
    failures,
    first_lessons,
    functions,
    history,
    how_wrong,
    landscape,
    races,
    rates,
    screen,
    slopes,
    surfaces,
    training,
)
from tests.claims.claim import CONTENT, MESSAGES, README, Claim, message_pairs, stands

CLAIMS: list[Claim] = [
    claim
    for module in (
        first_lessons,
        slopes,
        rates,
        chains,
        training,
        landscape,
        failures,
        history,
        examples,
        races,
        surfaces,
        screen,
        functions,
        data,
        broken,
        how_wrong,
    )
    for claim in module.CLAIMS
]
IDS = [claim.name for claim in CLAIMS]


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    return message_pairs()


@pytest.mark.parametrize("claim", CLAIMS, ids=IDS)
def test_what_the_sentence_says_is_so(claim: Claim) -> None:
    assert claim.decide()


@pytest.mark.parametrize("claim", [claim for claim in CLAIMS if claim.nearly is not None], ids=lambda one: one.name)
def test_of_what_is_nearly_so_the_same_function_says_no(claim: Claim) -> None:
    assert claim.nearly is not None
    assert not claim.decide(**claim.nearly)


@pytest.mark.parametrize("claim", CLAIMS, ids=IDS)
def test_the_sentence_still_stands_in_both_languages(claim: Claim, pairs: list[tuple[str, str]]) -> None:
    assert stands(claim, pairs) == [], "The sentence was changed: decide it again, and mend its row."


def test_a_changed_sentence_would_be_noticed(pairs: list[tuple[str, str]]) -> None:
    for where in ("one-neuron", MESSAGES, README):
        claim = next(claim for claim in CLAIMS if claim.where == where)
        assert stands(replace(claim, en=f"{claim.en} not"), pairs) != []
        if claim.ru is not None:
            assert stands(replace(claim, ru=f"не{claim.ru}"), pairs) == ["ru"]


def test_names_are_given_once() -> None:
    assert sorted(set(IDS)) == sorted(IDS)


def test_every_lesson_has_claims() -> None:
    assert {path.name for path in CONTENT.iterdir()} <= {claim.where.partition("/")[0] for claim in CLAIMS}


@pytest.mark.parametrize(
    "table", [PRESETS, RACES, SURFACES, DATASETS], ids=["presets", "races", "surfaces", "datasets"]
)
def test_every_sentence_of_a_table_has_a_claim(table) -> None:
    quotes = [claim.en for claim in CLAIMS if claim.where == MESSAGES]
    for row in table.values():
        sentence = row.look_for if hasattr(row, "look_for") else row.description
        assert any(quote in sentence for quote in quotes), f"{row.name}: no claim quotes “{sentence}”"
