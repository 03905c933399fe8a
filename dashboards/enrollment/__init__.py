"""Enrollment: who is eligible and not enrolled, why; consents, the letter, and withdrawals."""
