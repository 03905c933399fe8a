"""The care desk's questions: who is due today, what stands of a patient, what a new entry counts. Pure queries."""
