"""Bare WeasyPrint: one HTML file to one PDF. Prints CPU seconds of each of N renderings."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(folder: Path, times: int) -> None:
    """Renders ``folder/plain.html`` ``times`` times; the files it needs lie beside it."""
    from press.typeset import fonts

    fonts.only(ROOT / "styles" / "fonts", folder / "fonts")

    from weasyprint import HTML

    for _ in range(times):
        begun = time.process_time()
        HTML(folder / "plain.html").write_pdf(
            folder / "bare.pdf", pdf_variant="pdf/ua-1", pdf_tags=True
        )
        print(json.dumps({"cpu": time.process_time() - begun}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
