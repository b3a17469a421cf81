"""What lasts: points, weights, the curve of a run and the run as a program, so that nothing is ever half written."""
