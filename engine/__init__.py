"""The numbers behind Descent Lab: NumPy and plain Python, never Qt."""

import os

# Before NumPy is imported. A second BLAS thread gains nothing at these sizes, takes the core that draws, and
# could round differently.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
