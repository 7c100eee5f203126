"""Notes and bibliography, in the citation style of the dossier."""
