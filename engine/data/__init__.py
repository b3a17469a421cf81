"""The points: where they come from, how they are split, and how painting changes them."""
