"""A QR code for the screen: one pixel per module, enlarged by QML without smoothing."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

QUIET = 4  # modules of white around the code: the standard asks for it


@lru_cache(maxsize=8)
def qr_source(text: str) -> str:
    """The code as an address that QML's Image understands; empty for an empty text."""
    if not text:
        return ""
    # The first code is drawn when a printer has failed or cannot confirm: no kiosk waits for the library at its start.
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.image.pil import PilImage

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=1, border=QUIET)
    code.add_data(text)
    image = code.make_image(image_factory=PilImage)
    png = io.BytesIO()
    image.save(png, format="PNG")
    return "data:image/png;base64," + base64.b64encode(png.getvalue()).decode("ascii")
