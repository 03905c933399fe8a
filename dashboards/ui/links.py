"""Links between a model and widgets that a plain two-way link does not do."""

from __future__ import annotations

import ipywidgets as widgets
import traitlets


class ChoiceLink:
    """Ties a dropdown to two traits of a model: the options, pairs (words, value), and the value chosen ("": none).

    A dropdown chooses its first option by itself when it gets new ones; that is not the user's choice and
    does not reach the model.
    """

    def __init__(self, model: traitlets.HasTraits, options: str, value: str, field: widgets.Dropdown):
        self._model, self._options, self._value, self._field = model, options, value, field
        self._filling = False
        self._fill()
        model.observe(lambda _: self._fill(), [options, value])
        field.observe(self._chosen, "value")

    def _fill(self) -> None:
        options = [tuple(pair) for pair in getattr(self._model, self._options)]
        value = getattr(self._model, self._value)
        self._filling = True
        try:
            if list(self._field.options) != options:
                self._field.options = options
            self._field.value = value if value in [known for _, known in options] else None
        finally:
            self._filling = False

    def _chosen(self, change) -> None:
        if not self._filling and change["new"] is not None:
            setattr(self._model, self._value, change["new"])
