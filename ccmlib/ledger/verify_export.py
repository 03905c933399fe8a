"""Check a file that `ccm verify --export FILE` wrote: python verify_export.py FILE

Needs Python 3.9 and nothing else. Exit code 0: the chain is whole; 3: it is not, and each line says where; 2: no
such file. Compare the hash it prints with the one you were given: a chain cannot tell that its end was cut off.
"""

import json
import sys
from hashlib import sha256

NOTHING_BEFORE = "0" * 64
SEALED = ("seal_id", "table_name", "first_id", "last_id", "known_at", "known_by", "rows_hash", "previous_hash")
COUNTED = {"closed_lines": "line_count", "closed_holds": "hold_count", "closed_seconds": "second_count",
           "late_facts": "late_count"}  # fmt: skip


def read_export(path):
    """The objects of the file, one a line."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def hash_of(text):
    """SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return sha256(text.encode("utf-8")).hexdigest()


def escaped(value):
    """A value as it stands in the text that a digest is made of."""
    return str(value).replace("\\", "\\\\").replace("\n", "\\n")


def close_digest(close):
    """The digest of a close: of its columns but the digest, a line each, in the order of their names."""
    present = sorted((name, value) for name, value in close.items() if name != "digest" and value not in (None, ""))
    return hash_of("\n".join(["closes"] + [f"{name}={escaped(value)}" for name, value in present]))


def seal_faults(number, seal, rows, before):
    """What is wrong with one seal and the rows under it."""
    ids = [int(row.split(",")[0]) for row in rows]
    if seal["seal_id"] != number or seal["previous_hash"] != before:
        yield f"seal {seal['seal_id']}: does not follow the one before it"
    if hash_of(json.dumps([seal[name] for name in SEALED])) != seal["seal_hash"]:
        yield f"seal {seal['seal_id']}: its values give another hash"
    if ids != list(range(seal["first_id"], seal["last_id"] + 1)) or hash_of("\n".join(rows)) != seal["rows_hash"]:
        yield f"seal {seal['seal_id']}: not the rows of {seal['table_name']} that were written"


def close_faults(number, close, over, before):
    """What is wrong with one close; `over` is the seal over it and the digest under that seal."""
    seal, digest = over.get(close["close_id"], ({"previous_hash": None}, None))
    if close["close_id"] != number or close["previous_hash"] != before:
        yield f"close {close['close_id']}: does not follow the one before it"
    if not close_digest(close) == close["digest"] == digest:
        yield f"close {close['close_id']}: not what was written"
    if seal["previous_hash"] != close["facts_seal"]:
        yield f"close {close['close_id']}: not closed on the seal that stood before it"


def faults(lines):
    """Everything that is wrong with the objects of an export."""
    seals = [(line["seal"], line["rows"]) for line in lines if "seal" in line]
    closes = [line["close"] for line in lines if "close" in line]
    before = NOTHING_BEFORE
    for number, (seal, rows) in enumerate(seals, 1):
        yield from seal_faults(number, seal, rows, before)
        before = seal["seal_hash"]
    rows_of = [(seal, row.split(",")) for seal, rows in seals if seal["table_name"] == "closes" for row in rows]
    over, before = {int(row[0]): (seal, row[2]) for seal, row in rows_of}, NOTHING_BEFORE
    for number, close in enumerate(closes, 1):
        yield from close_faults(number, close, over, before)
        before = close["digest"]
    for table, column in COUNTED.items():
        count = sum(len(rows) for seal, rows in seals if seal["table_name"] == table)
        if count != sum(close[column] for close in closes):
            yield f"{table}: not as many rows as the closes wrote"
    if len(over) != len(closes) or lines[-1].get("end") != {"seals": len(seals), "closes": len(closes)}:
        yield "the file lacks closes or its end"


def main(arguments):
    """Check the file named; the exit code."""
    try:
        lines = read_export(arguments[0])
        found = list(faults(lines))
    except (IndexError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"No file was named, or not one that `ccm verify --export` wrote: {error!r}", file=sys.stderr)
        return 2
    newest = [line["seal"]["seal_hash"] for line in lines if "seal" in line] or ["none"]
    print("\n".join(found) or f"The chain is whole; its newest hash is {newest[-1]}")
    return 3 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
