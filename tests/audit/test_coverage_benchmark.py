"""The coverage benchmark: the headline is covered as promised, and the tool cautions where coverage is poor."""

import re
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parent.parent.parent


def test_limits_hold_where_promised_and_the_tool_cautions_elsewhere(tmp_path):
    out = tmp_path / "coverage.md"
    command = [sys.executable, "-m", "benchmarks.audit_coverage", "--samples", "200", "--out", str(out)]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert out.read_text("utf-8").strip() == done.stdout.strip()
    rows = re.findall(r"\| (simple|stratified) \| (\d+) \| ([\d.]+) \| [\d.]+ \| [\d.]+ \| (\d+) \|", done.stdout)
    poor = [int(cautioned) for _, _, covered, cautioned in rows if float(covered) < 85]
    assert len(rows) == 48 and poor and min(poor) >= 50
