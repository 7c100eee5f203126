"""The words of SVG 2 that a drawing may use: elements, attributes and properties that are drawn."""

from __future__ import annotations

from collections.abc import Mapping

DRAWN = frozenset(
    (
        "svg", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
        "polygon", "text", "tspan", "textPath", "title", "desc", "linearGradient", "style",
        "radialGradient", "stop", "clipPath", "mask", "pattern", "marker", "image", "g",
    )
)  # fmt: skip
GROUPS = frozenset(("a", "switch"))
"""Elements that are written as plain groups."""
UNSEEN = frozenset(("metadata", "filter", "view", "cursor", "color-profile"))
"""Elements of which nothing is drawn by itself."""
FOREIGN: Mapping[str, str] = {
    "script": "a program",
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
    ("use", "image", "textPath", "linearGradient", "radialGradient", "pattern", "mask", "clipPath")
)
"""Elements whose href is heeded."""

PROPERTIES = frozenset(
    (
        "clip-path", "clip-rule", "color", "display", "dominant-baseline", "fill", "fill-opacity",
        "fill-rule", "font", "font-family", "font-size", "font-style", "font-variant",
        "font-weight", "font-stretch", "letter-spacing", "marker", "marker-end", "marker-mid",
        "marker-start", "mask", "opacity", "overflow", "stop-color", "stop-opacity", "stroke",
        "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
        "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor", "text-decoration",
        "alignment-baseline", "baseline-shift", "transform", "visibility", "word-spacing",
        "text-rendering", "shape-rendering", "vector-effect", "white-space", "line-height",
        "isolation", "direction", "unicode-bidi", "paint-order", "image-rendering",
    )
)  # fmt: skip
"""Properties that are drawn, or that may be passed on."""
UNDRAWN: Mapping[str, tuple[str, ...]] = {
    "filter": ("none",),
    "mix-blend-mode": ("normal",),
    "writing-mode": ("horizontal-tb", "lr", "lr-tb"),
    "backdrop-filter": ("none",),
    "mask-image": ("none",),
    "offset-path": ("none",),
    "shape-inside": ("auto",),
    "inline-size": ("0", "auto"),
    "text-orientation": ("mixed", "auto"),
}
"""Properties that change what is seen and are not drawn, with the values that change nothing."""

ATTRIBUTES = frozenset(
    (
        "id", "class", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy",
        "fr", "width", "height", "d", "points", "viewBox", "preserveAspectRatio", "gradientUnits",
        "gradientTransform", "spreadMethod", "offset", "clipPathUnits", "maskUnits",
        "maskContentUnits", "patternUnits", "patternContentUnits", "patternTransform",
        "markerUnits", "markerWidth", "markerHeight", "refX", "refY", "orient", "pathLength", "dx",
        "dy", "rotate", "textLength", "lengthAdjust", "startOffset", "side", "method", "spacing",
        "version", "type",
    )
)  # fmt: skip
"""Attributes that are kept beside those that are properties."""
