"""Sessions that were cut off or edited by hand are refused in one sentence that names the place."""

import copy
import json
from contextlib import closing, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.files.atomic import FileError
from engine.files.session import load_session
from engine.training.descent import Descent
from engine.training.history import History
from engine.training.state import Diverged
from tests.engine.files.session.damage import DAMAGE


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_does_not_fit_is_named_by_its_place(content, tmp_path, damage):
    change, expected = DAMAGE[damage]
    file = json.loads(content)
    change(file)
    assert expected in refusal(tmp_path, json.dumps(file).encode())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "there is no JSON from line 1, column 1 on"),
        (b"[" * 100_000, "too deeply nested"),
        (b'{"format": "descent-lab/session", "version": 1, "spec": NaN}', "it holds NaN, which is no number in JSON"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "a number with too many digits"),
        (b"\x80\x04\x95pickled", "byte 1 is no text in UTF-8"),
        (b"PK\x03\x04\xff", "byte 5 is no text in UTF-8"),
        (b"null", "the file is null, not an object"),
        (b'"text"', "the file is 'text', not an object"),
    ],
    ids=["empty", "nested", "NaN", "digits", "a pickle", "an archive", "null", "text"],
)  # fmt: skip
def test_what_is_no_session_at_all_is_refused(tmp_path, content, expected):
    assert expected in refusal(tmp_path, content)


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(content, tmp_path, share):
    cut = content.rstrip()[: int(share * len(content))]
    message = refusal(tmp_path, cut)
    assert "cut off: there is no JSON from line" in message


def refusal(folder, content):
    """Return the one sentence with which a file is refused."""
    path = folder / "damaged.descent"
    path.write_bytes(content)
    with pytest.raises(FileError) as refused:
        load_session(path)
    message = str(refused.value)
    assert message.startswith("damaged.descent: ") and message.endswith(".") and "\n" not in message
    assert len(message) < 300
    return message


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.integers(-2, 20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "tanh", "adam", "<f4", "AAAA", "é\x00", "9" * 400]),
    st.sampled_from([[], {}, [0], [[]], {"a": 1}, [1, 2, 3], [None]]),
)


def ways(value, way=()):
    """Return the ways to all values of a JSON file."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(deeper for key, part in parts for deeper in ways(part, (*way, key)))]


@given(data=st.data())
@settings(max_examples=400, deadline=None)
def test_whatever_is_done_to_a_file_it_opens_or_is_refused_in_a_sentence(content, tmp_path_factory, data):
    file = json.loads(content)
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(ways(file)[1:]))
        owner = file
        for key in way[:-1]:
            owner = owner[key]
        deed = data.draw(st.sampled_from(["put", "drop", "copy"]))
        if deed == "put":
            owner[way[-1]] = copy.deepcopy(data.draw(ODD))  # which the next deed may change
        elif deed == "drop":
            del owner[way[-1]]
        else:
            other = file
            for key in data.draw(st.sampled_from(ways(file))):
                other = other[key]
            owner[way[-1]] = copy.deepcopy(other)
    opens_or_is_refused(tmp_path_factory.mktemp("fuzz"), json.dumps(file).encode())


@given(place=st.floats(0, 1), byte=st.integers(0, 255), cut=st.booleans())
@settings(max_examples=300, deadline=None)
def test_so_it_is_with_any_byte(content, tmp_path_factory, place, byte, cut):
    at = int(place * (len(content) - 1))
    changed = content[:at] if cut else content[:at] + bytes([byte]) + content[at + 1 :]
    opens_or_is_refused(tmp_path_factory.mktemp("fuzz"), changed)


def opens_or_is_refused(folder, content):
    """Refuse a file in a sentence, or go on with it."""
    path = folder / "odd.descent"
    path.write_bytes(content)
    try:
        session = load_session(path)
    except FileError as error:
        assert str(error).startswith("odd.descent: ") and "\n" not in str(error)
        return
    run = session.run
    with closing(Descent(run.experiment)) as descent:
        state = descent.resumed(run.checkpoints[-1])
    history = History.of(run, state)
    with suppress(Diverged):  # other weights may lead anywhere; the window says so and begins the run again
        assert history.recall(run.shown).iteration == run.shown
    assert history.curve().columns.shape[0] == 8 and history.trail
