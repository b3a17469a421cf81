"""What lasts: trained weights and the curve of a run, written so that nothing is ever half written."""
