"""An earlier moment of a run that is looked at again, and the way forward from it."""

from engine.training.descent import Descent
from engine.training.history import History


class Past:
    """One iteration of a history, made again to the same last bit. Going forward writes nothing anew."""

    def __init__(self, history: History, iteration: int) -> None:
        """Look at an iteration before the newest. Raises Forgotten when it cannot be made again."""
        self._history = history
        self.state = history.recall(iteration)
        self.descent = Descent(history.experiment_at(iteration))

    def step(self) -> bool:
        """Look at the next iteration; return False, and stay, where that is the newest."""
        reached = self.state.iteration + 1
        if reached == self._history.last:
            return False
        experiment = self._history.experiment_at(reached)
        if experiment is self.descent.experiment:
            self.state = self.descent.step(self.state)
        else:  # something was changed there, and the cost is another
            self.state = self._history.recall(reached)
            self.close()
            self.descent = Descent(experiment)
        return True

    def score(self) -> None:
        """Judge all points, as is done wherever training pauses."""
        self.state = self.descent.scored(self.state)

    def close(self) -> None:
        """End what the descent has started."""
        self.descent.close()
