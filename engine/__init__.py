"""The numbers behind Descent Lab: NumPy and plain Python, never Qt."""
