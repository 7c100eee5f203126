"""What the atlas gives: features, credits and rasters. Angles are degrees on WGS 84."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

BBox = tuple[float, float, float, float]
"""West, south, east, north; may leave [-180, 180]."""
Detail = Literal["10m", "50m", "110m"]


@dataclass(frozen=True)
class Feature:
    """One thing on the map: its properties and its geometry in degrees."""

    layer: str
    id: int
    properties: Mapping[str, Any]
    geometry: BaseGeometry

    @property
    def name(self) -> str:
        """The name in the local language, or an empty string."""
        return str(self.properties.get("name", ""))


@dataclass(frozen=True)
class Raster:
    """A grid of pixels in longitude and latitude.

    ``values`` has shape (rows, columns); row 0 is the northernmost. ``west`` and ``north`` are the
    *outer* edges of the first pixel and ``step`` the pixel's side, all in degrees. ``west`` may
    leave [-180, 180] when the bounds asked for did.
    """

    values: NDArray[Any]
    west: float
    north: float
    step: float

    @property
    def longitudes(self) -> NDArray[np.float64]:
        """Longitude of the centre of each column."""
        columns = np.arange(self.values.shape[1], dtype=np.float64)
        return self.west + (columns + 0.5) * self.step

    @property
    def latitudes(self) -> NDArray[np.float64]:
        """Latitude of the centre of each row, from north to south."""
        rows = np.arange(self.values.shape[0], dtype=np.float64)
        return self.north - (rows + 0.5) * self.step
