"""Words below a plot: where there is little room they take more lines, and none is lost."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics, QPen
from PySide6.QtWidgets import QApplication, QDockWidget

from gui.theme import GRID
from gui.views.boundary import BoundaryView
from gui.views.view import Key
from tests.gui.driving import Lab


def test_a_caption_takes_as_many_lines_as_it_needs(lab: Lab) -> None:
    view = lab.window.views["boundary"]  # type: ignore[attr-defined]
    assert isinstance(view, BoundaryView)
    lab.step(40)
    for name in ("Margin", "Earlier"):
        lab.find(f"boundary{name}", QAction).trigger()
    lab.wait(lambda: view.earlier.is_complete)
    lab.settle()
    caption = view.findings
    lab.wait(lambda: caption.size().height() == 16)
    assert len(caption.lines) == 1
    lab.window.resizeDocks([lab.find("costDock", QDockWidget)], [640], Qt.Orientation.Horizontal)
    lab.wait(lambda: len(caption.lines) > 1)
    assert " ".join(caption.lines) == caption.text
    lab.wait(lambda: caption.size().height() == 16 * len(caption.lines))
    assert all(caption._measure.horizontalAdvance(line) <= caption.size().width() for line in caption.lines)
    lab.settle()
    assert view.axes.sceneBoundingRect().bottom() <= caption.sceneBoundingRect().top() + 1
    lines = len(caption.lines)
    caption.show_text("short")
    assert caption.minimumHeight() == 16 * lines, "the plot stays where it is while numbers change"
    caption.show_text("")
    assert caption.maximumHeight() == 0


def test_a_legend_shortens_long_names_so_that_all_entries_fit(qapp: QApplication) -> None:
    key = Key()
    key.resize(400, 20)
    long = "Iris versicolor of the hills"
    names = [long, long, "hollow: test", "ringed: wrong"]
    key.show_entries([(QPen(), name) for name in names], "black")
    metrics = QFontMetrics(key._font)
    longest, gap = key._room(metrics)
    widths = [min(longest, metrics.horizontalAdvance(name)) for name in names]
    assert GRID + 4 * 3 * GRID + sum(widths) + 3 * gap <= 400
    assert widths[2:] == [metrics.horizontalAdvance(name) for name in names[2:]], (
        "short ones stay as they are"
    )
    key.resize(800, 20)
    assert key._room(metrics)[0] >= metrics.horizontalAdvance(long), "there is room for all of it"
    for words in (
        ["w > 0", "w < 0", "b > 0"],
        ["path", "gradient", "next step, lengthened"],
        ["Sigmoid", "Tanh"],
    ):
        key.show_entries([(QPen(), name) for name in words], "black")
        room, _ = key._room(metrics)
        assert [metrics.elidedText(name, Qt.TextElideMode.ElideRight, room) for name in words] == words
    key.show_entries([(QPen(), "x" * 100_000)], "black")
    assert key._room(metrics)[0] <= 800


def test_a_hint_is_said_in_short_where_there_is_no_room(lab: Lab) -> None:
    note = lab.window.views["boundary"].header.note  # type: ignore[attr-defined]
    assert note.text().startswith(note.short) and 0 < len(note.short) < len(note.text()) / 2
    wide = note.grab().toImage()
    lab.window.resizeDocks([lab.find("costDock", QDockWidget)], [640], Qt.Orientation.Horizontal)
    lab.settle()
    lab.wait(lambda: note.width() < note.fontMetrics().horizontalAdvance(note.text()))
    narrow = note.grab().toImage()
    note.short = ""
    assert narrow != wide and narrow != note.grab().toImage(), "a whole hint, and not half of one"
