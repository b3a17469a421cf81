"""The window: shows what the engine says, and hands on what the person does."""

import engine  # noqa: F401  # first, as it says how NumPy is to be loaded
