"""What an author writes: read once, checked against its model, and asked everywhere."""
