"""Prints how long each plate of the gallery takes, and what Cartopy makes of the same data.

``python benchmarks/plates.py [name ...]``, in the environment that build.py prepared. Cartopy is
compared only where it has been installed by hand (``pip install cartopy``): the press does not use
it. It is given the shapes of the press's own atlas, because its own would have to be downloaded.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

import gallery  # type: ignore[import-not-found]  # noqa: E402

from press import plates  # noqa: E402
from press.content.snapshot import engine_files  # noqa: E402
from press.design import styles  # noqa: E402

if TYPE_CHECKING:
    from press.design.styles import Style
    from press.plates import Drawing

REGION, WORLD = 0.8, 1.5
"""Seconds a plate may take in a warm process: of a region, and of more than a continent."""
SMALL_SCALE = 2e7
"""Scale denominator from which a plate counts as one of a continent or the world."""

LACKS = (
    "labels placed so that none overlap (names are written where they fall)",
    "legend, scale bar, ratio, north arrow, locator, credits, alt text (none is made)",
    "classes and tokens to style it by; words that can be found in joined scripts",
    "relief and height tints without further data; data of any kind without a network",
)


@dataclass(frozen=True)
class Measured:
    """CPU seconds of the first and of a later drawing, and the bytes of the result."""

    first: float
    warm: float
    size: int


def measured(draw: Callable[[], int], rounds: int) -> Measured:
    """Times ``draw``, which returns the size of what it made."""
    times = []
    size = 0
    for _ in range(rounds + 1):
        began = time.process_time()
        size = draw()
        times.append(time.process_time() - began)
    return Measured(times[0], median(times[1:]), size)


def ours(exhibit: gallery.Exhibit, style: Style, rounds: int) -> tuple[Measured, float, Drawing]:
    """The press's own: drawing alone, and the same plate from the store."""
    made = measured(lambda: len(gallery.drawing_of(exhibit, style).svg), rounds)
    dossier, files = exhibit.loaded.dossier, exhibit.loaded.snapshot.files
    drawing = plates.draw_plate(exhibit.plate, dossier, style, files)
    kept = plates.Kept(drawings=plates.to_keep([drawing]))
    began = time.process_time()
    plates.draw_plate(exhibit.plate, dossier, style, files, kept)
    return made, time.process_time() - began, drawing


def cartopy_plate(exhibit: gallery.Exhibit, form: str) -> Callable[[], int]:
    """A function that draws the same extent and layers with Cartopy, and returns the file's size.

    Land, lakes, rivers, borders, graticule and the same places with their names, in the same
    projection and size. What Cartopy has no means for is left out; ``LACKS`` names it.
    """
    import cartopy.crs  # type: ignore[import-not-found]
    import matplotlib as mpl  # type: ignore[import-not-found]
    from pyproj import CRS

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    from press.atlas import Atlas
    from press.plates.maps.extent import frame_of
    from press.plates.maps.input import MapInput
    from press.plates.style import room

    style = styles.flatten(engine_files())
    dossier, plate = exhibit.loaded.dossier, exhibit.plate
    given = MapInput(plate, dossier, style, "Map 1", exhibit.loaded.snapshot.files)
    width, height = room(plate.size, style)
    frame, _ = frame_of(given, width, height * 0.7)
    metres = frame.denominator / 1000
    left = frame.centre[0] - frame.width / 2 * metres
    bottom = frame.centre[1] - frame.height / 2 * metres
    extent = (left, left + frame.width * metres, bottom, bottom + frame.height * metres)
    plain = cartopy.crs.PlateCarree()
    projection = cartopy.crs.Projection(
        CRS.from_proj4(f"{frame.projection.proj4} +datum=WGS84 +units=m").to_wkt()
    )
    projection.bounds = extent
    atlas, bounds = Atlas(), frame.bounds.padded(2).box

    def draw() -> int:
        figure = plt.figure(figsize=(frame.width / 25.4, frame.height / 25.4))
        axes: Any = figure.add_axes((0, 0, 1, 1), projection=projection)
        axes.set_extent(extent, crs=projection)
        axes.set_facecolor("#cfe0e9")
        looks: tuple[tuple[str, dict[str, Any]], ...] = (
            ("land", {"facecolor": "#e6edda", "edgecolor": "#4a85a8", "linewidth": 0.4}),
            ("lake", {"facecolor": "#cfe0e9", "edgecolor": "#4a85a8", "linewidth": 0.3}),
            ("river", {"facecolor": "none", "edgecolor": "#4a85a8", "linewidth": 0.6}),
            ("country_border", {"facecolor": "none", "edgecolor": "#503a58", "linewidth": 0.8}),
        )
        for layer, look in looks:
            detail = atlas.detail_for(layer, frame.denominator)
            found = [f.geometry for f in atlas.features(layer, bounds, detail)]
            axes.add_geometries(found, crs=plain, **look)
        axes.gridlines(linewidth=0.3)
        for place in dossier.gazetteer.places:
            if place.at is not None:
                axes.plot(place.at.lon, place.at.lat, "o", color="black", markersize=3,
                          transform=plain)  # fmt: skip
                axes.text(place.at.lon, place.at.lat, f" {place.name}", fontsize=7,
                          transform=plain, clip_on=True)  # fmt: skip
        raw = io.BytesIO()
        figure.savefig(raw, format=form)
        plt.close(figure)
        return len(raw.getvalue())

    return draw


def main() -> None:
    """Prints one line for each plate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="plates of the gallery; all where none is named")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    beside = importlib.util.find_spec("cartopy") is not None
    style = styles.flatten(engine_files())
    print("CPU seconds, without typesetting; sizes are SVG as it is set")
    heads = f"{'plate':16}{'scale':>14}{'first':>8}{'warm':>8}{'limit':>7}{'kept':>8}{'kB':>7}"
    print(heads, end="")
    print(f"{'Cartopy':>10}{'kB':>7}" if beside else "")
    for exhibit in gallery.exhibits():
        if asked.names and exhibit.name not in asked.names:
            continue
        made, kept, drawing = ours(exhibit, style, asked.rounds)
        ratio = drawing.scale_text.partition(" ")[0]
        scale = float(ratio.partition(":")[2].replace(",", ""))
        limit = WORLD if scale > SMALL_SCALE else REGION
        print(
            f"{exhibit.name:16}{ratio:>14}{made.first:8.2f}{made.warm:8.2f}"
            f"{limit:7.1f}{kept:8.3f}{made.size / 1000:7.0f}",
            end="",
        )
        if beside and not exhibit.plate.stages:
            other = measured(cartopy_plate(exhibit, "svg"), asked.rounds)
            print(f"{other.warm:10.2f}{other.size / 1000:7.0f}", end="")
        print("" if made.warm <= limit else "  over the limit")
    if beside:
        print("\nWhat Cartopy's lacks:\n" + "\n".join(f"- {each}" for each in LACKS))
    else:
        print("\nCartopy is not installed; pip install cartopy, to see it beside.")


if __name__ == "__main__":
    main()
