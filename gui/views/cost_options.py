"""What a person may show beside the two costs: one row for each entry of the menu above them."""

from gui.views.show_menu import Entry

ENTRIES = (
    Entry(
        "Smoothed",
        "Smoothed",
        "Each curve as the median of a window around each place, a tenth of the width and centred: "
        "noise of mini-batches goes, a steep fall stays. The curve as it is stays faintly behind.",
    ),
    Entry(
        "Gradient",
        "Length of the gradient",
        "A second curve on an axis of its own, on the right and logarithmic: towards 0 the ground gets level. "
        "With mini-batches it is that of the batch.",
    ),
    Entry(
        "Changes",
        "Lines where you changed something",
        "A line where a setting, a weight or the points were changed in mid run, with what it was.",
        True,
    ),
)
