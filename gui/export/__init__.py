"""What a person takes away: pictures of the views."""
