"""What the server keeps: no address that does not exist costs memory once it has been answered."""

import gc
import tracemalloc

import pytest

from tests.api.conftest import Client

# Before it is measured: what the first answers need for good.
FIRST, MORE = 5, 30
# A page has some 50 kB.
MOST_BYTES = 500_000


@pytest.mark.parametrize(
    "address",
    [
        "/en/lessons/{}",
        "/ru/embed/lessons/{}",
        "/{}/lab",
        "/{}/",
        "/{}",
        "/en/messages/{}.json",
        "/static/{}/js/main.js",
        "/static/x/{}.js",
        "/plotly/{}.js",
        "/api/{}",
        "/en/teach/link?lesson={}",
        "/en/worksheet?lesson={}",
        "/oembed?url=/en/lessons/{}",
        "/en/lab?preset={}",
    ],
)
def test_addresses_that_do_not_exist_leave_nothing_behind(client: Client, address: str) -> None:
    def ask(count: int) -> None:
        answers = [client.get(address.format(f"nothing-{number}-{count}")).status_code for number in range(count)]
        assert max(answers) < 500

    ask(FIRST)
    gc.collect()
    tracemalloc.start()
    try:
        ask(MORE)
        gc.collect()
        left, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert left < MOST_BYTES
