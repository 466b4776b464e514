"""Writes a picture as PNG (ISO/IEC 15948), without a sidecar file and without a further package."""

import struct
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt


def write_png(path: Path, picture: npt.NDArray[np.uint8]) -> None:
    """Write a picture of shape (rows, columns, 4): red, green, blue and opacity."""
    height, width, _ = picture.shape
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    unfiltered = np.zeros((height, 1), dtype=np.uint8)
    lines = np.hstack([unfiltered, picture.reshape(height, width * 4)])
    body = zlib.compress(lines.tobytes(), level=9)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
