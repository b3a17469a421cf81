"""Python's garbage is collected in the window's thread alone: Qt objects may not be destroyed in another."""

import gc
import threading

from tests.gui.driving import Lab


class Litter:
    """Refers to itself, and notes in which thread it is collected."""

    def __init__(self, collected: set[str]) -> None:
        self.itself = self
        self.collected = collected

    def __del__(self) -> None:
        self.collected.add(threading.current_thread().name)


def test_garbage_is_collected_in_the_windows_thread_while_training_runs(lab: Lab) -> None:
    assert not gc.isenabled(), "else any thread might collect"
    collected: set[str] = set()
    lab.run()
    for _ in range(5000):
        Litter(collected)
    lab.wait(lambda: collected)
    lab.pause()
    assert collected == {threading.main_thread().name}


def test_python_collects_by_itself_again_once_the_window_is_closed(lab: Lab) -> None:
    lab.close()
    assert gc.isenabled()
