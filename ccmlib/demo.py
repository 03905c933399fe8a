"""The demonstration: the sample practice brought in, its last month closed through the notebook, in one call."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from . import wording
from .access.users import demo_users
from .importers.extract import import_extract
from .notebook_run import run_notebook
from .preview import decided, summary_lines
from .sample import LAST_MONTH, committed_sample
from .store import engine, migrate


def run_demo(database: str, out: Path, now: dt.datetime, who: str) -> list[str]:
    """Load the sample into `database`, close its last month, write the report below `out`; the story in lines."""
    out.mkdir(parents=True, exist_ok=True)
    store = engine.open(database)
    migrate.upgrade(store)
    extract = out / "sample"
    committed_sample(extract)
    with engine.writing(store) as connection:
        found = import_extract(connection, extract, int(now.timestamp()), who)
    month = str(LAST_MONTH)
    html = run_notebook("month_end_close", {"month": month, "database": database}, out)
    story = summary_lines(decided(database, month))
    written = [f"Store: {database} ({wording.times(found.written, 'row')} written)", f"Report: {html}"]
    tries = [f"  ccm {words.format(month=month)} --database {database}" for words in TRY]
    users = [f"  {name:24} {password}" for name, _, password in demo_users(store, int(now.timestamp()))]
    return [*story, "", *written, "", *NEXT, *tries, "", *SERVE, f"  ccm serve --database {database}", *users]


NEXT = ("Where to look next (data/samples/README.md says what each patient shows):",)
SERVE = ("The dashboards, on this machine alone; one user for each role, whose passwords are told here once:",)
TRY = (
    "explain P0003 {month}",
    "explain P0012 {month}",
    "screen --on {month}-31",
    "preview {month} --out out/preview",
)
