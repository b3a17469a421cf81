"""The table of a hundred thousand points: what is done to it is seen without delay, and training does not feel it."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.benchmarks.frames import MOONS
from tests.benchmarks.laboratory import Laboratory, Paints
from tests.benchmarks.report import Row, below, median

MANY = 100_000
AT_ONCE = 100  # ms that nobody notices
TURNS = 5  # of each act, of which the median counts
WATCHED = 2.0  # seconds


def measure() -> list[Row]:
    """Return how long each act takes until it is painted, and how often training has the open table painted."""
    with Laboratory(**(MOONS | {"samples": MANY})) as lab:
        table, entry = lab.child("pointsView"), lab.child("pointsDock").toggleViewAction()
        model = table.model()
        places = iter(range(1, MANY))
        orders = iter([Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder] * TURNS)

        def row(what: str, act: Callable[[], object], back: Callable[[], object] = lambda: None) -> Row:
            seconds = []
            for _ in range(TURNS):
                seconds.append(lab.until_painted(act, lambda frame: True, table.viewport()))
                back()
                lab.spend(0.2)
            return below(f"{what} {MANY:,} points", median(seconds) * 1000, AT_ONCE, "ms")

        def edit() -> None:
            model.setData(model.index(table.rowAt(0), 1), f"0.{next(places)}")

        rows = [row("open the table of", entry.trigger, entry.trigger)]
        entry.trigger()
        lab.spend(0.3)
        lab.run()
        with Paints(table.viewport()) as paints:
            lab.spend(WATCHED)
        lab.run(False)
        lab.spend(0.3)
        rows += [
            row("sort", lambda: table.sortByColumn(1, next(orders))),
            row("scroll over", lambda: table.verticalScrollBar().setValue(next(places) * 997 % MANY)),
            row("edit a cell of", edit),
            row("select all", table.selectAll, table.clearSelection),
            below(f"pictures of the table in {WATCHED:g} s of training", len(paints.times), 0, ""),
        ]
        return rows
