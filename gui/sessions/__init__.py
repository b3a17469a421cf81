"""Sessions in the window: new, open, save, what was saved last, and what is saved by itself."""
