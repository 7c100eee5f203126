"""The press: YAML and Markdown in, typeset dossiers out."""

__version__ = "0.1.0"
