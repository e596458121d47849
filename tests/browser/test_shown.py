"""The mathematics that is shown of a step has a value: each formula comes to the engine's number."""

from collections import Counter
from typing import Any, get_args

import numpy as np
import pytest
from playwright.sync_api import Browser

from app.engine.walkthrough import Kind
from tests.browser.empty_page import Ok, shown_of
from tests.running_server import RunningServer
from tests.shown import steps
from tests.shown.card import CHECKS, Card
from tests.shown.told import problems


def asked(ok: Ok) -> list[dict[str, Any]]:
    """The steps, as the engine makes them, with the explanation of some gradients."""
    draws = np.random.default_rng(5)
    made = []
    for experiment in (*steps.experiments(), steps.with_features()):
        example = int(draws.integers(len(experiment["data"].get("inputs", [None] * 4))))
        trace = ok("/api/trace", {**experiment, "example": example})
        cards = [
            {
                "place": place,
                "explanation": ok("/api/explain", {**experiment, "parameter": place, "example": example}),
            }
            for place in steps.places(experiment, draws)
        ]
        made.append({"experiment": experiment, "trace": trace, "example": example, "cards": cards})
    return made


@pytest.fixture(scope="module")
def shown(browser: Browser, server: RunningServer) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each step with what is shown of it, from one empty page."""
    made, found = shown_of(browser, server.url, asked, "shown.js")
    return list(zip(made, found, strict=True))


def complain(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join([f"{len(found)} are wrong, such as", *found[:20]]), pytrace=False)


def of(step: dict[str, Any]) -> str:
    names = [layer["activation"] for layer in step["experiment"]["network"]["layers"]]
    return f"{', '.join(names)}, {step['experiment']['loss']}, {step['experiment']['optimizer']['name']}"


def test_every_line_that_is_told_of_an_operation_comes_to_the_engines_number(shown) -> None:
    kinds = Counter()
    found = []
    for step, said in shown:
        for operation, told in zip(step["trace"]["operations"], said["told"], strict=True):
            kinds[operation["kind"]] += 1
            found += [f"{of(step)}, {operation['kind']}: {one}" for one in problems(operation, told, step)]
    complain(found)
    assert {*kinds} == {*get_args(Kind)}


@pytest.mark.parametrize("check", CHECKS)
def test_the_card_of_a_parameter_shows_the_engines_numbers(check: str, shown) -> None:
    found = []
    for step, said in shown:
        for asked_, card in zip(step["cards"], said["cards"], strict=True):
            own = Card(step, asked_["place"], asked_["explanation"])
            found += [f"{of(step)}, {asked_['place']}: {one}" for one in CHECKS[check](own, card)]
    complain(found)
