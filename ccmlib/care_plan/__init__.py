"""Care plans as facts: what stands, what is missing, how the goals go, what changed between versions. Pure queries."""
