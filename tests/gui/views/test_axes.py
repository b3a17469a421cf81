"""The numbers at axes."""

import pytest

from gui.views.axes import Iterations, Numbers


@pytest.mark.parametrize(
    ("values", "spacing", "words"),
    [
        ([0.0, 0.5, 1.0], 0.5, ["0", "0.5", "1.0"]),
        ([0.0, 2e222], 2e222, ["0", "2·10²²²"]),
        ([-5e-7, 2e-3], 5e-7, ["-5·10⁻⁷", "0.0020000"]),
        ([20000.0, 1e6], 1e5, ["20000", "10⁶"]),
        ([1.2e6, 1.202e6, 1.21e6], 2e3, ["1.2·10⁶", "1.202·10⁶", "1.21·10⁶"]),
        ([-3.0105e9, 3.011e9], 5e5, ["-3.0105·10⁹", "3.011·10⁹"]),
    ],
)
def test_great_and_small_numbers_are_short(
    qapp: object, values: list[float], spacing: float, words: list[str]
) -> None:
    axis = Numbers("left")
    assert axis.tickStrings(values, 1.0, spacing) == words


def test_iterations_are_whole_and_have_commas(qapp: object) -> None:
    assert Iterations("bottom").tickStrings([0.0, 20000.0, 2e9], 1.0, 1.0) == ["0", "20,000", "2,000,000,000"]
