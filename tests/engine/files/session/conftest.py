"""A session to damage: small, but with everything in it."""

import pytest

from engine.data.generators import generate
from engine.training.comparison import KeptRun
from engine.training.experiment import Experiment, Start
from engine.training.spec import Spec
from tests.engine.files.session.living import change, paint_some, saved, seek, step
from tests.engine.training.driver import driven


@pytest.fixture(scope="module")
def content():
    """The bytes of a session with changed settings, painted points and chosen first weights, looking back."""
    spec = Spec(samples=12, optimizer="adam", batch_size=5, learning_rate=0.05)
    experiment = Experiment.of(spec, generate("moons", 12, 0.1, 0))
    start = Start(experiment.network, experiment.start, experiment.problem.standardization)
    with driven(experiment) as driver:
        step(driver, 6)
        change(driver, learning_rate=0.01)
        step(driver, 3)
        paint_some(driver, 1)
        step(driver, 3)
        compared = (KeptRun.of(driver.frame),)
        seek(driver, 4)
        return saved(driver, start=start, compared=compared, window={"views": {}, "threshold": 0.25})
