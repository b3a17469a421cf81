"""Painting points with the mouse on the boundary plot: tools turn gestures into edits of the document."""
