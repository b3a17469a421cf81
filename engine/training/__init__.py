"""The run: what a person chose, one step of gradient descent, and the thread that repeats it."""
