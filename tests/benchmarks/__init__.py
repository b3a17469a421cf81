"""How fast the program is and how much memory it takes, against its goals. Run by `make bench`; never a test."""
