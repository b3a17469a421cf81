"""Every painting tool, one record each: the strip, the menu, the keys and the help follow."""

from dataclasses import dataclass

from gui.views.painting import gestures, selecting, touching
from gui.views.painting.gestures import Gesture

ERASER = 14.0  # pixels, the eraser's radius at first
SMALLEST, LARGEST = 4.0, 240.0  # pixels, the radius of a brush


@dataclass(frozen=True)
class Tool:
    """A tool of the strip."""

    name: str
    """Of its icon, and in its action's object name."""
    label: str
    key: str
    help: str
    gesture: type[Gesture]
    radius: float = 0.0
    """Of its brush at first, in pixels; 0 where it has none."""
    paints: bool = False
    """Whether it works in a class, and shows its colour."""
    picks: bool = False
    """Whether it takes single points, so that the one under the mouse is marked."""
    removes: bool = False
    selects: bool = False


_SPRAYS = "hold for more, drag to fill."
TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool("Select", "Select", "V", "Drag a point, or a rectangle around several.", selecting.Rectangle, picks=True, selects=True),
        Tool("Lasso", "Lasso", "K", "Drag a point, or any outline around several.", selecting.Lasso, picks=True, selects=True),
        Tool("Point", "Point", "P", "One point where you click; drag to paint along.", gestures.Points, paints=True, picks=True),
        Tool("Spray", "Spray", "S", f"Points dense in the middle: {_SPRAYS}", gestures.GaussianSpray, 36.0, paints=True),
        Tool("Uniform", "Uniform spray", "U", f"Points as dense everywhere: {_SPRAYS}", gestures.UniformSpray, 36.0, paints=True),
        Tool("Line", "Line", "I", "Points on a straight line.", gestures.Line, paints=True),
        Tool("Ring", "Ring", "O", "Points on a circle around where you press.", gestures.Ring, paints=True),
        Tool("Relabel", "Relabel", "C", "Gives points under the brush the class that you paint, and its use.", touching.Relabel, 20.0, paints=True),
        Tool("Jitter", "Jitter", "J", "Shakes points under the brush.", touching.Jitter, 48.0),
        Tool("Magnet", "Magnet", "M", "Draws points to the middle of the brush; the right button pushes.", touching.Magnet, 72.0),
        Tool("Eraser", "Eraser", "E", "Removes points; Shift does so with any tool.", touching.Eraser, ERASER, removes=True),
    )
}  # fmt: skip
