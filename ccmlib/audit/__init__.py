"""Audit samples: a frame, a draw that anyone can repeat, a worksheet, and estimates with their limits."""

from .draw import SIMPLE, STRATIFIED, draw, drawn
from .estimate import Estimate, estimate
from .frame import CLAIM, LINE, Frame, code_families, sampling_frame
from .sample import Sample
from .strata import TakeAll
from .worksheet import read_worksheet, refuse_other_units, write_worksheet

__all__ = [
    "CLAIM", "LINE", "SIMPLE", "STRATIFIED", "Estimate", "Frame", "Sample", "TakeAll", "code_families", "draw", "drawn",
    "estimate", "read_worksheet", "refuse_other_units", "sampling_frame", "write_worksheet",
]  # fmt: skip
