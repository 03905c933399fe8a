"""The audit binder: the paper behind one patient's claim of one month, as HTML and PDF."""

from .binder import Binder, binder, binders_for_sample
from .pdf import Printer, printer

__all__ = ["Binder", "Printer", "binder", "binders_for_sample", "printer"]
