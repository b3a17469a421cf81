"""A run as a program that others can read: plain NumPy, in the papers' notation, with the same numbers in the end."""

from engine.files.reproduction.script import check_reproducible, reproduction, save_reproduction

__all__ = ["check_reproducible", "reproduction", "save_reproduction"]
