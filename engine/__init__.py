"""The numbers behind Descent Lab: NumPy and plain Python, never Qt."""

import os
import sys

# A second BLAS thread gains nothing at these sizes, takes the core that draws, and rounds differently.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
if "numpy" in sys.modules:  # it looked at the environment when it was imported
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
