"""Numbers and texts in Python come back as they were."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.files.source import WIDTH, array_source, filled, named_in, plain, quoted


def made(text):
    scope = {"np": np}
    exec(text, scope)
    return scope["a"]


@given(
    arrays(
        st.sampled_from([np.float64, np.float32, np.int8]),
        st.one_of(st.tuples(st.integers(1, 40)), st.tuples(st.integers(1, 5), st.integers(1, 12))),
    )
)
def test_an_array_comes_back_to_the_last_bit(array):
    text = array_source("a", array, "what it is")
    back = made(text).astype(array.dtype)
    assert back.shape == array.shape
    np.testing.assert_array_equal(back, array)
    numbers = ~np.isnan(array)  # those that are none have many bit patterns
    assert back[numbers].tobytes() == array[numbers].tobytes()
    assert array.dtype == np.int8 or made(text).dtype == array.dtype
    assert all(len(line) <= WIDTH for line in text.splitlines())


def test_equal_numbers_are_written_once():
    assert (
        array_source("a", np.full((64, 1), 0.1, np.float32), "")
        == "a = np.full((64, 1), 0.1, dtype=np.float32)"
    )
    assert "np.full" not in array_source("a", np.array([[0.0, -0.0, 0.0, 0.0, 0.0]]), "")


@given(st.text())
def test_a_quoted_text_comes_back(text):
    assert eval(quoted(text)) == text


@given(st.text(alphabet=st.sampled_from("\"'\\\n\r\x00\x0c\x85\u2028\ud800 #a{}")))
def test_a_plain_text_stays_in_its_docstring_and_its_comment(text):
    scope = {}
    exec(f'"""a {plain(text)} b"""\nx = 1  # {plain(text)}\n', scope)
    assert scope["x"] == 1
    assert scope["__doc__"].startswith("a ")
    plain(text).encode()


@pytest.mark.parametrize("count", [1, 2, 30, 200])
def test_lines_are_filled_and_none_is_too_long(count):
    lines = filled((f"word{place}" for place in range(count)), "a = f(", ")  # a note")
    assert "".join(lines).replace(" ", "").startswith("a=f(word0")
    assert re.findall(r"word(\d+)", " ".join(lines)) == [str(place) for place in range(count)]
    assert all(len(line) <= WIDTH and line == line.rstrip() for line in lines)


def test_variables_are_renamed_and_nothing_else():
    assert named_in("np.Zeta(Z) + Z1 * Z", Z="Z3") == "np.Zeta(Z3) + Z1 * Z3"
