"""What is ready to bill this month, what holds each other patient back, and what it costs."""
