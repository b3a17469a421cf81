"""What a person chooses, group by group: type, range, default, words, and where its control stands."""
