"""What a person chooses with: a form made from the spec's own words."""
