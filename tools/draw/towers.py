"""The heads of tall buildings."""

from .stencil import Stencil


def crown(sheet: Stencil, kind: int, left: float, top: float, right: float) -> float:
    """Draw the head of a tower and return the height of its tip."""
    middle, wide = (left + right) / 2, right - left
    if kind == 0:
        sheet.rect(left + wide * 0.2, top - wide * 0.35, right - wide * 0.2, top).rect(
            left + wide * 0.36, top - wide * 0.65, right - wide * 0.36, top
        )
        sheet.line([(middle, top - wide * 0.65), (middle, top - wide * 1.5)], max(1.5, wide * 0.03))
        return top - wide * 1.5
    if kind == 1:
        sheet.polygon([(left, top), (left, top - wide * 0.25), (right, top - wide * 0.9), (right, top)])
        return top - wide * 0.9
    if kind == 2:
        sheet.polygon([(left, top), (middle, top - wide * 1.5), (right, top)])
        return top - wide * 1.5
    if kind == 3:
        sheet.disc(middle, top, wide / 2, wide * 0.5)
        sheet.line([(middle, top), (middle, top - wide * 1.0)], max(1.5, wide * 0.03))
        return top - wide
    if kind == 4:
        for step in range(3):
            half = wide * (0.5 - 0.12 * step)
            y = top - wide * 0.22 * step
            sheet.polygon(
                [
                    (middle - half * 1.15, y),
                    (middle - half * 0.8, y - wide * 0.2),
                    (middle + half * 0.8, y - wide * 0.2),
                    (middle + half * 1.15, y),
                ]
            )
        sheet.line([(middle, top - wide * 0.6), (middle, top - wide * 1.1)], max(1.5, wide * 0.03))
        return top - wide * 1.1
    sheet.rect(left + wide * 0.1, top - wide * 0.12, right - wide * 0.3, top)
    return top - wide * 0.12
