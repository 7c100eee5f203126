"""The first files of a new dossier: ``answers`` reads what its author says, ``begin`` writes them.

``files/`` holds them with gaps, ``kinds.yaml`` the words of each kind of subject.
"""
