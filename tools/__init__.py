"""Tools for those who keep the press; nobody who prints a dossier runs them."""
