"""The demonstration tells what was billed, held and why, and where to look next; twice is no trouble."""

from __future__ import annotations

from .test_cli import done


def test_the_demonstration_closes_the_sample_month_and_says_where_to_look(tmp_path):
    for _ in range(2):
        said = done("demo", folder=tmp_path)
        assert "patients ready" in said and "kept back" in said and "below threshold" in said
        assert "ccm serve --database sqlite:///out/demo.db" in said and said.count("demo.auditor") == 1
    report = tmp_path / "out" / "2026-10" / "all" / "month_end_close.html"
    assert "Month-end close, October 2026" in report.read_text("utf-8")
    assert (report.parent / "claim_lines.csv").read_text("utf-8").count("\n") > 40
