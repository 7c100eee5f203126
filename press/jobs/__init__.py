"""Work in processes of their own, under limits and behind walls."""
