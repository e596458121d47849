"""The front end's types are those of the API's models."""

from app.wire_types import TARGET, generate


def test_the_types_of_the_front_end_are_up_to_date() -> None:
    message = "static/js/lib/wire.js is stale: run `python -m app.wire_types`"
    assert TARGET.read_text(encoding="utf-8") == generate(), message


def test_names_stay_as_they_are_on_the_wire() -> None:
    written = generate()
    for line in (" * @property {(number | null)[][]} dW", " * @property {number[]} learning_rates"):
        assert line in written
    assert " * @typedef {object} TraceAnswer" in written
