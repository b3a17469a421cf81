"""How fast the program is and how much memory it takes, against its goals. Run by `make bench`; never a test."""

import engine  # noqa: F401  chooses the threads of NumPy's BLAS, which only counts before NumPy is imported
