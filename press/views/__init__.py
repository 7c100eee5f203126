"""One dataset, many views: what the templates print."""
