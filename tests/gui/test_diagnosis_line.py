"""The line under the plots says what goes wrong, and nothing where all is well."""

from tests.gui.driving import Lab


def test_zero_weights_are_told_of_and_other_weights_cure_them(lab: Lab) -> None:
    line = lab.window.diagnosis
    assert (line.rule, line.label.text()) == ("", "Nothing looks wrong.")
    lab.choose("initCombo", "zeros")
    lab.settle()
    lab.step()
    assert line.rule == "identical_units"
    assert "have the same weights" in line.label.text()
    assert lab.window.theme.warning in line.label.styleSheet()
    lab.choose("initCombo", "xavier")
    lab.settle()
    assert line.rule == ""
    assert lab.window.theme.muted in line.label.styleSheet()


def test_it_looks_at_the_moment_that_is_shown(lab: Lab) -> None:
    line = lab.window.diagnosis
    lab.fill("learningRateSpin", "0.00001")
    lab.settle()
    lab.window.playback.step(200)
    lab.settle()
    assert line.rule == "rate_too_small"
    lab.window.playback.seek(20)
    lab.settle()
    assert line.rule == ""
