"""The stages by name, in the order they run; the README and ``--verbose`` number them from 1."""

STAGES = ("load", "check", "plates", "prose", "render", "typeset", "proof", "impose", "publish")
