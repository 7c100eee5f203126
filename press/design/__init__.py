"""What a designer writes: editions, papers, themes and tokens."""
