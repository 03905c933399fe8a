"""The rules as a reader sees them: the page docs/rules.md, and the lines about one code."""

from .one_code import rule_lines
from .page import rules_markdown

__all__ = ["rule_lines", "rules_markdown"]
