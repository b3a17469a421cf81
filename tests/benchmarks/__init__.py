"""How fast the program is and how much memory it takes, against its goals. Run by `make bench`; never a test."""

import os

# A BLAS thread that has nothing to do turns in circles for a while, on a core that the next one needs; 2^4 turns are
# the fewest it knows. Before NumPy is imported.
os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")

import engine  # noqa: F401   chooses the threads of NumPy's BLAS, which only counts before NumPy is imported
