"""What a person may show of the decision boundary: one row for each entry of the menu above it."""

from gui.views.show_menu import Entry

ENTRIES = (
    Entry("Probability", "Probability", "The colour fades where the network is not sure.", True, "colours"),
    Entry("Class", "Class", "Two flat colours: what each point of the plane is called.", False, "colours"),
    Entry("Levels", "Level lines", "The lines where the probability is 0.1, 0.25, 0.75 and 0.9."),
    Entry(
        "Margin",
        "Margin",
        "The strip where the network is not sure: between the dashed lines z is between −1 and +1, the probability "
        "between 0.27 and 0.73, whatever the threshold is. Below the plot: how many training points lie in it, and "
        "the smallest (2y − 1) z, negative for a point on the wrong side of 0.5.",
    ),
    Entry("Earlier", "Earlier lines", "Where the line was at earlier iterations: the older, the fainter."),
    Entry(
        "Rings", "Rings around wrong points", "A ring around each point on the wrong side of the line.", True
    ),
)
