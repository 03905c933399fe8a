"""The ledger, pure: what a close leaves behind, the seals over every row, and what is wrong when something changed.

Nothing here opens a database or reads a clock; ``ccmlib.store`` does the former, the command line the latter.
"""
