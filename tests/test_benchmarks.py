"""The benchmark of the close runs, and what it compares is equal; how fast it is, no test asks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parent.parent


def test_the_close_and_the_plain_loop_give_the_same_and_the_table_is_written(tmp_path):
    out = tmp_path / "close.md"
    command = [sys.executable, "-m", "benchmarks.close", "--patients", "5000", "--runs", "1", "--out", str(out)]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert out.read_text("utf-8").strip() == done.stdout.strip()
    assert "| plain loop ÷ everything |" in done.stdout and "| one login ÷ ordinary |" in done.stdout
