"""The rules of Chronic Care Management as a plain loop over patients: the readable specification, and the oracle.

It shares nothing with the product but the shape of the facts, so that agreement means something. Read
in this order: ``rules`` (every number), ``practice`` (the facts), ``seconds`` (which second counts),
``requirements`` (what a patient lacks), ``units`` and ``money`` (codes and cents), ``reviews``, ``close``.
"""

from .close import reference_close

__all__ = ["reference_close"]
