"""Are there known holes in what Sapar is built on? Asks an OSV database for every pinned version.

    python requirements/audit.py [FILE…]

Ends with 1 where an advisory stands that `requirements/advisories.txt` does not accept (its name, then the reason).
Where no database can be reached it says so and ends with 0: a build does not hang on somebody else's network. `OSV_URL`
names another database. Standard library alone, as everything that runs before the environment stands.
"""

import http.client
import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent
DATABASE = "https://api.osv.dev"
PATIENCE = 20
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
ACCEPTED = re.compile(r"^([A-Z][A-Za-z]*-[\w-]+)\s+(\S.*)$", re.MULTILINE)


class Unreachable(Exception):
    """No database answered."""


def pinned_versions(files: Iterable[Path]) -> dict[str, str]:
    """Return the version of each package that the requirement files pin."""
    return {name.lower(): version for file in files for name, version in PINNED.findall(file.read_text("utf-8"))}


def advisories_on(versions: dict[str, str], url: str) -> dict[str, list[str]]:
    """Return the advisories' names by package. Raises ``Unreachable``."""
    names = sorted(versions)
    queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": versions[name]} for name in names]
    found = asked(f"{url}/v1/querybatch", {"queries": queries}).get("results", [])
    named = zip(names, found, strict=False)
    return {name: [one["id"] for one in result["vulns"]] for name, result in named if result.get("vulns")}


def asked(url: str, body: dict[str, object]) -> dict[str, list[dict[str, list[dict[str, str]]]]]:
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise Unreachable(f"{url} is no database")
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - checked above
            answer = json.load(response)
    except (OSError, ValueError, http.client.HTTPException, urllib.error.URLError) as error:
        raise Unreachable(str(error)) from error
    if not isinstance(answer, dict):
        raise Unreachable("an answer that is none")
    return answer


def main(arguments: list[str]) -> int:
    files = [Path(name) for name in arguments] or sorted(FOLDER.glob("*.txt"))
    versions = pinned_versions(files)
    notes = FOLDER / "advisories.txt"
    accepted = dict(ACCEPTED.findall(notes.read_text("utf-8"))) if notes.exists() else {}
    try:
        found = advisories_on(versions, os.environ.get("OSV_URL", DATABASE).rstrip("/"))
    except Unreachable as error:
        print(
            f"NOT CHECKED: no database of advisories could be reached ({error}). {len(versions)} packages are pinned."
        )
        return 0
    standing = 0
    for name, ids in found.items():
        for identifier in ids:
            standing += identifier not in accepted
            print(f"{name} {versions[name]}: {identifier} ({accepted.get(identifier, 'not accepted')})")
    print(f"{len(versions)} packages checked, {standing} advisories to act on.")
    return 1 if standing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
