"""Ways to train in this process: for the whole outcome, for what --json prints, for a refusal."""

import json
import warnings
from typing import ClassVar

import pytest

from engine.command_line import train


class Plotter:
    """Writes the name of the view and the iteration instead of a picture."""

    titles: ClassVar = {"boundary": "Boundary", "cost": "Cost", "activation": "Activation"}
    moving = titles
    themes = ("light", "print")

    def look_like(self, session):
        self.session = session

    def endings(self, name):
        return (".png",)

    def why_empty(self, name, dataset):
        return ""

    def save(self, name, path, frame, history, style):
        path.write_text(f"{name} {frame.state.iteration} {style.theme}")


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Return a way to train in this process, in a folder of its own, that gives status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a warning would be another line on standard error
            status = train(list(map(str, arguments)), Plotter)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def result_of(run):
    """Return a way to train that gives what --json prints."""

    def result_of(*arguments, status=0):
        ended, out, err = run(*arguments, "--json")
        assert ended == status, err
        assert out.count("\n") == 1
        return json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))

    return result_of


@pytest.fixture
def refusal_of(run):
    """Return a way to train that must be refused, which gives the one line about it."""

    def refusal_of(*arguments):
        status, out, err = run(*arguments)
        assert status == 2
        assert out == ""
        assert err.startswith("main.py train: ")
        assert err.endswith("\n")
        assert err.count("\n") == 1
        return err.removeprefix("main.py train: ").rstrip("\n")

    return refusal_of
