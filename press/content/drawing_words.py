"""The words of SVG 2 that a drawing may use: elements, attributes and properties that are drawn."""

from __future__ import annotations

from collections.abc import Mapping

DRAWN = frozenset(
    (
        "svg", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
        "polygon", "text", "tspan", "title", "desc", "linearGradient", "style",
        "radialGradient", "stop", "clipPath", "mask", "pattern", "marker", "image", "g",
    )
)  # fmt: skip
GROUPS = frozenset(("a", "switch"))
"""Elements that are written as plain groups."""
UNSEEN = frozenset(("metadata", "filter", "view", "cursor", "color-profile"))
"""Elements of which nothing is drawn by itself."""
UNSPOKEN = frozenset(("title", "desc", "style", "defs"))
"""Elements that may stand first in a switch, or hold words, and of which nothing is seen there."""
FOREIGN: Mapping[str, str] = {
    "script": "a program",
    "textPath": "words along a path",
    "foreignObject": "which is not SVG",
    "animate": "which moves",
    "animateMotion": "which moves",
    "animateTransform": "which moves",
    "animateColor": "which moves",
    "set": "which moves",
    "font": "a font of its own",
    "font-face": "a font of its own",
    "audio": "which is heard",
    "video": "which moves",
    "iframe": "a page of its own",
}
"""Elements that cannot be printed, and why."""
REFERRING = frozenset(
    ("use", "image", "linearGradient", "radialGradient", "pattern", "mask", "clipPath")
)
"""Elements whose href is heeded."""

PROPERTIES = frozenset(
    (
        "clip-path", "clip-rule", "color", "display", "dominant-baseline", "fill", "fill-opacity",
        "fill-rule", "font", "font-family", "font-size", "font-style", "font-weight",
        "letter-spacing", "marker", "marker-end", "marker-mid", "marker-start", "mask", "opacity",
        "overflow", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
        "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
        "stroke-opacity", "stroke-width", "text-anchor", "alignment-baseline", "transform",
        "transform-origin", "visibility", "direction", "image-rendering",
    )
)  # fmt: skip
"""Properties that are drawn, each tried (tests/content/test_drawn_words.py)."""
GEOMETRY = frozenset(("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry"))
"""Attributes that are properties too in SVG 2, and drawn from a style as well."""
UNDRAWN: Mapping[str, tuple[str, ...]] = {
    "filter": ("none",),
    "mix-blend-mode": ("normal",),
    "writing-mode": ("horizontal-tb", "lr", "lr-tb"),
    "backdrop-filter": ("none",),
    "mask-image": ("none",),
    "mask-type": ("luminance",),
    "offset-path": ("none",),
    "shape-inside": ("auto",),
    "inline-size": ("0", "auto"),
    "text-orientation": ("mixed", "auto"),
    "text-decoration": ("none",),
    "text-decoration-line": ("none",),
    "text-transform": ("none",),
    "baseline-shift": ("baseline", "0", "0px", "0%"),
    "word-spacing": ("normal", "0", "0px"),
    "font-variant": ("normal", "none"),
    "font-variant-caps": ("normal",),
    "font-variant-position": ("normal",),
    "font-stretch": ("normal", "100%"),
    "vector-effect": ("none",),
    "paint-order": ("normal", "fill", "fill stroke", "fill stroke markers", "fill markers stroke",
                    "markers fill stroke", "markers fill", "markers"),
    "transform-box": ("view-box", "border-box"),
    "unicode-bidi": ("normal", "embed", "isolate"),
    "white-space": ("normal", "nowrap"),
    "d": ("none",),
    "rotate": ("none", "auto"),
    "scale": ("none",),
    "translate": ("none",),
}  # fmt: skip
"""Properties that change what is seen and are not drawn, with the values that change nothing."""
AS_ATTRIBUTES = frozenset(UNDRAWN) - {"d", "rotate", "scale", "translate"}
"""Those of them that are attributes of the same name, and the same meaning, as well."""

UNDRAWN_ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "maskContentUnits": ("userSpaceOnUse",),
    "pathLength": (),
    "systemLanguage": ("",),
}
"""Attributes that change what is seen and are not drawn, with the values that change nothing."""

MASKED = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
"""Elements whose masks are drawn."""

ATTRIBUTES = frozenset(
    (
        "id", "class", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy",
        "fr", "width", "height", "d", "points", "viewBox", "preserveAspectRatio", "gradientUnits",
        "gradientTransform", "spreadMethod", "offset", "clipPathUnits", "maskUnits",
        "patternUnits", "patternContentUnits", "patternTransform",
        "markerUnits", "markerWidth", "markerHeight", "refX", "refY", "orient", "dx",
        "dy", "rotate", "textLength", "lengthAdjust", "version", "type",
    )
)  # fmt: skip
"""Attributes that are kept beside those that are properties."""
