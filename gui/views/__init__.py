"""What a person looks at: one file for each view, and painting beside the boundary."""
