"""A bare machine is made ready."""
