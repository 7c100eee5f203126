"""The tests: claims about the press, each with a case that would make it false."""
