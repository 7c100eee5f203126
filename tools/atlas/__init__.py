"""Makes the base map of the plates from pinned packages."""
