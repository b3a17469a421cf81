"""README says that an activation is one record; this adds README's own, and nothing else."""

import re
from collections.abc import Callable

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS, Activation
from engine.model.parts import checked_gradient
from tests.gui.driving import ROOT, Lab


def test_the_activation_that_readme_adds_is_everywhere(
    open_lab: Callable[[], Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = re.search(r"```python\n(Activation\(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert code is not None
    softsign = eval(code[1], {"Activation": Activation, "np": np})
    monkeypatch.setitem(ACTIVATIONS, softsign.name, softsign)
    lab = open_lab()
    lab.choose("activationCombo", "softsign")
    lab.settle()
    lab.step(20)
    frame = lab.frame
    network, problem = frame.experiment.network, frame.experiment.problem
    assert network.hidden_activations == ("softsign",)
    assert frame.state.scores.train_cost < frame.curve.column("train_cost")[0]
    assert "Softsign" in [name for _, name in lab.window.views["activation"].key._entries]  # type: ignore[attr-defined]
    *_, apart = checked_gradient(network, frame.state.parameters, problem.X_train, problem.Y_train)
    assert apart < 1e-7
