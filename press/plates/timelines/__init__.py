"""The kind ``timeline``: the dossier's events along an upright axis, in lanes by category.

Time runs down the page and is true to scale. Each category has a lane beside the axis with its
own sign and colour; words stand on the outer side of the lanes, as near to their day as their
neighbours let them, and a hairline leads from each sign to its words. A date that is only about
right, or on which sources disagree, is drawn as what it is: ``axis`` says how.
"""

from press.plates.timelines.draw import draw_timeline

__all__ = ["draw_timeline"]
