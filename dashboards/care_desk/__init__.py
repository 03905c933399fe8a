"""The care desk: today's worklist, a patient's page, the timer with its documentation, and tasks."""
