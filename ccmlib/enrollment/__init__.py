"""Enrollment's questions: who may be asked, what a consent says and costs, when it ends. Pure queries."""
