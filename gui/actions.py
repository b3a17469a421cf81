"""Every menu entry, key and button, one row each."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow

from gui.theme import Theme, icon

Keys = QKeySequence.StandardKey


@dataclass(frozen=True)
class Row:
    """An action: where it stands, what it says, and which key it has."""

    name: str
    """The object name, without `action` before it."""
    menu: str
    text: str
    help: str
    key: str | Keys | tuple[str, ...] | None = None
    """What presses it, or several such."""
    icon: str = ""
    checkable: bool = False
    repeats: bool = False
    """Whether a key held down does it again and again."""
    separator: bool = False
    """Whether a line is drawn above it in its menu."""


ACTIONS: tuple[Row, ...] = (
    Row("NewSession", "File", "New session", "Begin as a new window does, with the points and settings of the first start.", Keys.New),
    Row("OpenSession", "File", "Open session…", "Go on with an experiment that was saved as a whole.", "Ctrl+Shift+O"),
    Row("SaveSession", "File", "Save session", "Save points, settings, the run with its way back, and the views in one file.", Keys.Save, "save"),
    Row("SaveSessionAs", "File", "Save session as…", "Save it in another file, and go on with that one.", "Ctrl+Alt+S"),
    Row("OpenData", "File", "Open data…", "Read your own points from a table; or drop the file on the window.", Keys.Open, "open", separator=True),
    Row("PasteData", "File", "Paste points", "Take cells that were copied in a spreadsheet as points.", Keys.Paste),
    Row("ImportOptions", "File", "Import options…", "Choose other columns, another label or other classes of the table that is open.", "Ctrl+I"),
    Row("SaveData", "File", "Save points…", "Save the points with their classes as a table, to the last bit.", "Ctrl+Shift+S", separator=True),
    Row("ExportPlot", "File", "Save picture…", "Save the plot that you used last, another one or the whole window, as PNG, SVG, PDF or a table.", "Ctrl+E", "export-plot", separator=True),
    Row("CopyPlot", "File", "Copy picture", "Copy the plot that you used last, for slides and letters.", "Ctrl+Shift+C", "copy"),
    Row("ExportAnimation", "File", "Save animation…", "Save the run as a moving picture of any view, GIF or MP4.", "Ctrl+Shift+E"),
    Row("ExportReport", "File", "Save report…", "Save one page about the run: settings, data, pictures, scores, weights, and how to make it once more.", "Ctrl+Shift+R"),
    Row("ExportWeights", "File", "Save weights…", "Save the trained weights for other programs.", "Ctrl+Shift+W", "export-weights", separator=True),
    Row("ImportWeights", "File", "Load weights…", "Start from saved weights.", "Ctrl+L", "import-weights"),
    Row("CopyPython", "File", "Copy as Python", "Copy the network as a program with predict_proba(X) that needs NumPy alone."),
    Row("ExportScript", "File", "Save script…", "Save the run as a program in plain NumPy that makes it once more, with the same numbers."),
    Row("Quit", "File", "Quit", "Close the program.", Keys.Quit, separator=True),
    Row("Undo", "Edit", "Undo", "Take the last change back.", Keys.Undo, "undo", repeats=True),
    Row("Redo", "Edit", "Redo", "Make it once more.", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", repeats=True),
    Row("Clear", "Edit", "Clear points", "Remove every point; undo brings them back.", "Ctrl+Backspace", "clear", separator=True),
    Row("AddGenerated", "Edit", "Add made-up points…", "Add points of a generator to those that are there.", "Ctrl+G"),
    Row("Run", "Run", "Run", "Run, and pause again (Space).", "Space", "run", checkable=True),
    Row("Step", "Run", "Step", "Make one iteration of gradient descent (Right).", "Right", "step", repeats=True),
    Row("StepMany", "Run", "Step 10", "Make ten iterations (Shift+Right).", "Shift+Right", "step-many", repeats=True),
    Row("StepBack", "Run", "Step back", "Show the iteration before (Left).", "Left", "step-back", repeats=True, separator=True),
    Row("StepManyBack", "Run", "Step back 10", "Show the iteration ten before (Shift+Left).", "Shift+Left", repeats=True),
    Row("First", "Run", "To the first iteration", "Show the first weights; the run stays (Home).", "Home"),
    Row("Last", "Run", "To the newest iteration", "Show where the run has got to (End).", "End"),
    Row("GoOnFromHere", "Run", "Go on from here", "Drop all iterations after the one shown, so that training goes on from it (Ctrl+Right).", "Ctrl+Right"),
    Row("Reset", "Run", "Reset", "Go back to the same first weights (R).", "R", "reset", separator=True),
    Row("KeepRun", "Run", "Keep this run", "Keep its cost as a faint curve, to compare other runs with it (Ctrl+K).", "Ctrl+K", separator=True),
    Row("ForgetRuns", "Run", "Forget kept runs", "Take the curves of all kept runs out of the cost plot.", "Ctrl+Shift+K"),
    Row("Faster", "Run", "Faster", "More iterations a second.", "+", separator=True, repeats=True),
    Row("Slower", "Run", "Slower", "Fewer iterations a second.", "-", repeats=True),
    Row("Fit", "View", "Fit points", "Show all points.", "F", "fit"),
    Row("AxisRanges", "View", "Axis ranges…", "Choose which part of each axis is shown; or double-click the numbers of an axis."),
    Row("LogCost", "View", "Logarithmic cost", "Equal heights are equal factors.", "L", "log", checkable=True),
    Row("UsualViews", "View", "Usual views", "Show the views that a new window has, where it has them.", "Ctrl+0"),
    Row("ThemeSystem", "View", "Follow the system", "Light or dark, as the desktop is.", checkable=True, separator=True),
    Row("ThemeLight", "View", "Light", "Dark words on light ground.", checkable=True),
    Row("ThemeDark", "View", "Dark", "Light words on dark ground.", checkable=True),
    Row("Keys", "Help", "Keys and mouse", "Everything the keyboard and the mouse do.", Keys.HelpContents, "keyboard"),
    Row("About", "Help", "About Descent Lab", "What this is, and its licence.", icon="info"),
)  # fmt: skip
MENUS = ("File", "Edit", "Paint", "Run", "View", "Help")


def make_actions(window: QMainWindow) -> dict[str, QAction]:
    """Fill the menu bar and return the actions by name, connected to nothing yet."""
    actions: dict[str, QAction] = {}
    menus = {name: window.menuBar().addMenu(f"&{name}") for name in MENUS}
    for name, menu in menus.items():
        menu.setObjectName(f"menu{name}")
    for row in ACTIONS:
        action = QAction(row.text, window)
        action.setObjectName(f"action{row.name}")
        action.setToolTip(row.help)
        action.setStatusTip("")
        action.setCheckable(row.checkable)
        action.setAutoRepeat(row.repeats)
        if row.key is not None:
            keys = row.key if isinstance(row.key, tuple) else (row.key,)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        menu = menus[row.menu]
        if row.separator and not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(action)
        actions[row.name] = action
    return actions


def show_icons(actions: dict[str, QAction], theme: Theme) -> None:
    """Draw the icons in the theme's colours."""
    for row in ACTIONS:
        if row.icon:
            actions[row.name].setIcon(icon(row.icon, theme.text))


def show_running(actions: dict[str, QAction], running: bool, theme: Theme) -> None:
    """Let the action that runs also pause."""
    action = actions["Run"]
    action.setChecked(running)
    action.setText("Pause" if running else "Run")
    action.setIcon(icon("pause" if running else "run", theme.on_accent))


def show_undo(actions: dict[str, QAction], stack: QUndoStack) -> None:
    """Say what would be undone and redone."""
    for name, possible, text in (
        ("Undo", stack.canUndo(), stack.undoText()),
        ("Redo", stack.canRedo(), stack.redoText()),
    ):
        actions[name].setEnabled(possible)
        actions[name].setText(f"{name}: {text}" if text else name)
