"""Bringing facts in: the practice extract (CSV), and other systems' files turned into the same tables."""
