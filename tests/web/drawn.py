#!/usr/bin/env python3
"""Draws the first page of PDFs with libpdfium, for pictures of the page to be compared with.

    drawn.py <libpdfium> <width in pixels> <folder to write to> <file.pdf>...

Writes `<file>.gray` for each: one byte a pixel, row by row, on white.
"""

import ctypes
import pathlib
import sys

# FPDF_ANNOT | FPDF_GRAYSCALE would leave colours to the library; both sides are turned grey by the same weights instead.
BGRA = 4
WHITE = 0xFFFFFFFF


def load(path):
    library = ctypes.CDLL(path)
    pointer, number = ctypes.c_void_p, ctypes.c_int
    signatures = {
        "FPDF_LoadDocument": (pointer, [ctypes.c_char_p, ctypes.c_char_p]),
        "FPDF_LoadPage": (pointer, [pointer, number]),
        "FPDF_GetPageWidth": (ctypes.c_double, [pointer]),
        "FPDF_GetPageHeight": (ctypes.c_double, [pointer]),
        "FPDFBitmap_CreateEx": (pointer, [number, number, number, pointer, number]),
        "FPDFBitmap_FillRect": (None, [pointer, number, number, number, number, ctypes.c_uint32]),
        "FPDF_RenderPageBitmap": (None, [pointer, pointer, *[number] * 6]),
    }
    for name, (result, arguments) in signatures.items():
        getattr(library, name).restype = result
        getattr(library, name).argtypes = arguments
    library.FPDF_InitLibrary()
    return library


def draw(library, path, width):
    document = library.FPDF_LoadDocument(str(path).encode(), None)
    page = document and library.FPDF_LoadPage(document, 0)
    if not page:
        raise SystemExit(f"{path} cannot be opened")
    height = int(width * library.FPDF_GetPageHeight(page) / library.FPDF_GetPageWidth(page))
    pixels = (ctypes.c_uint8 * (width * height * 4))()
    bitmap = library.FPDFBitmap_CreateEx(width, height, BGRA, pixels, width * 4)
    library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
    library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
    blue, green, red = (bytes(pixels)[at::4] for at in range(3))
    return bytes((299 * r + 587 * g + 114 * b) // 1000 for r, g, b in zip(red, green, blue))


def main(library, width, folder, *paths):
    loaded = load(library)
    for path in map(pathlib.Path, paths):
        (pathlib.Path(folder) / f"{path.stem}.gray").write_bytes(draw(loaded, path, int(width)))


if __name__ == "__main__":
    main(*sys.argv[1:])
