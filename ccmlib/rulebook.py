"""The rulebook: every rule as dated, cited rows; ``Rulebook.load().on(month)`` cuts them to one month."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable

from .dated import digest, during, read_csv, read_toml, shipped_rules
from .month import Month
from .once import Once
from .problem import NotInForce


@dataclass(frozen=True)
class Code:
    """One billable code in one month. `seconds`: the block that makes a unit; `cap`: most units a month."""

    code: str
    label: str
    family: str
    add_on_to: str
    seconds: int
    cap: int | None
    source: str
    trust: str


@dataclass(frozen=True)
class Family:
    """One way to bill a program's month: a base code and its add-on, fed by one clock."""

    name: str
    program: str
    clock: str
    chosen: str
    attestation: str
    levels: tuple[str, ...]
    base: Code
    add_on: Code | None


@dataclass(frozen=True)
class Rules(Once):
    """The rows in force in one month. Rows are dicts as read, with ``from``, ``until``, ``source``, ``trust``."""

    month: Month
    digest: str
    tables: dict[str, list[dict]]
    book: Rulebook

    def rows(self, table: str, **where: str) -> list[dict]:
        """The rows of a table in force, for which every named column has the given value."""
        return [row for row in self.tables[table] if all(row[key] == value for key, value in where.items())]

    def by_name(self, table: str, key: str = "name") -> dict[str, dict]:
        """The rows of a table in force, by their name."""
        return {row[key]: row for row in self.tables[table]}

    def policy(self, name: str):
        """The value of the policy called `name`; raises NotInForce when no row gives it."""
        for row in self.rows("policies", name=name):
            return row["value"]
        raise NotInForce(f"No policy {name!r} is in force in {self.month}; add a dated row to policies.toml.")

    @cached_property
    def condition_rows(self) -> tuple[dict[str, dict], dict[str, dict]]:
        """The condition rows in force by code, and by prefix."""
        rows = (self.rows("conditions", match=kind) for kind in ("code", "prefix"))
        exact, prefix = ({row["icd10_code"]: row for row in some} for some in rows)
        return exact, prefix

    @cached_property
    def codes(self) -> dict[str, Code]:
        """The codes in force, by code."""
        return {row["code"]: _code(row) for row in self.tables["codes"]}

    @cached_property
    def families(self) -> list[Family]:
        """The families in force that have a base code in force, in the order of the file."""
        return [family for row in self.tables["families"] if (family := self._family(row))]

    def _family(self, row: dict) -> Family | None:
        members = [code for code in self.codes.values() if code.family == row["name"]]
        base = next((code for code in members if not code.add_on_to), None)
        add_on = next((code for code in members if code.add_on_to), None)
        return base and Family(
            row["name"], row["program"], row["clock"], row["chosen"], row.get("attestation", ""),
            tuple(row.get("levels", ())), base, add_on,
        )  # fmt: skip

    @property
    def programs(self) -> list[str]:
        """The programs that can be billed this month; NotInForce when there is none."""
        found = sorted({family.program for family in self.families})
        if not found or not self.tables["conversion_factors"]:
            raise NotInForce(f"No code can be billed and priced in {self.month}; the rulebook covers {self.book.span}.")
        return found


def _code(row: dict) -> Code:
    return Code(
        row["code"], row["label"], row.get("family", ""), row.get("add_on_to", ""), row.get("minutes", 0) * 60,
        row.get("max_units"), row["source"], row["trust"],
    )  # fmt: skip


#: Where each table of rules is read from: file and key (TOML) or file alone (CSV).
TOML_TABLES = {
    "sources": "sources.toml source", "policies": "policies.toml policy", "reasons": "reasons.toml reason",
    "requirements": "requirements.toml requirement", "roles": "roles.toml role",
    "activities": "activities.toml activity", "limits": "limits.toml limit",
}  # fmt: skip
CSV_TABLES = {
    "exclusions": "exclusions.csv", "visits": "visits.csv", "conditions": "conditions.csv",
    "snomed_groups": "snomed_groups.csv", "facility_places": "facility_places.csv",
    "conversion_factors": "fees/conversion_factors.csv", "relative_values": "fees/relative_values.csv",
    "gpci": "fees/gpci.csv", "national_amounts": "fees/national_amounts.csv",
}  # fmt: skip


@dataclass(frozen=True)
class Rulebook:
    """Every dated row of every table; `digest` names exactly this set of rules."""

    tables: dict[str, list[dict]]
    digest: str

    @classmethod
    def load(cls, place: Traversable | None = None) -> Rulebook:
        """The rules of this installation, or those in the folder `place`."""
        place = place or shipped_rules()
        codes = [read_toml(path) for path in sorted((place / "codes").iterdir(), key=lambda path: path.name)]
        tables = {"families": [row for file in codes for row in file.get("family", [])]}
        tables["codes"] = [version for file in codes for code in file["code"] for version in _versions(code)]
        for name, (file, key) in ((name, where.split()) for name, where in TOML_TABLES.items()):
            tables[name] = read_toml(place / file)[key]
        for name, file in CSV_TABLES.items():
            tables[name] = read_csv(place.joinpath(*file.split("/")))
        return cls(tables, digest(place))

    @cached_property
    def _months(self) -> dict[Month, Rules]:
        return {}

    def on(self, month: Month) -> Rules:
        """The rules of one month, cut for the first who asks; sources are never cut."""
        if month not in self._months:
            self._months[month] = Rules(month, self.digest, self._cut(month), self)
        return self._months[month]

    def _cut(self, month: Month) -> dict[str, list[dict]]:
        return {
            name: rows if name == "sources" else during(rows, month.first, month.last)
            for name, rows in self.tables.items()
        }

    @property
    def span(self) -> str:
        """The years for which there are conversion factors, in words."""
        rows = self.tables["conversion_factors"]
        return f"{min(row['from'] for row in rows):%Y} to {max(row['until'] for row in rows):%Y}"


def _versions(code: dict) -> list[dict]:
    shared = {key: value for key, value in code.items() if key != "version"}
    return [shared | version for version in code["version"]]
