"""The care-plan review page: which plans need somebody, one patient's plan, and what is recorded about it."""
