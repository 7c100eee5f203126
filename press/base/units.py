"""Units of length in points, of which an inch has 72."""

MM = 72 / 25.4
"""Points in a millimetre."""
PX = 72 / 96
"""Points in a pixel of CSS."""
