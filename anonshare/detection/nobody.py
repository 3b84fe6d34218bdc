"""What a model takes for an organisation and what names nobody: roles, laws and forms of words of courts and offices."""

from __future__ import annotations

import re

__all__ = ["nobody", "without_article"]

WORD = re.compile(r"[^\W_]+")
ARTICLE = re.compile(
    r"(?:the|a|an|its|his|her|their|this|that|these|those|der|die|das|la|le|les|el|los|las|il|lo) ", re.IGNORECASE
)
GENERIC = frozenset(
    [
        "a", "account", "act", "address", "administrative", "affairs", "agency", "agent", "agriculture", "aids",
        "alia", "aliens", "an", "and", "anti", "appeal", "appeals", "applicant", "applicant's", "applicants",
        "application", "army", "article", "articles", "assembly", "association", "asylum", "atm", "attorney",
        "authorities", "authority", "b", "bank", "bankruptcy", "bar", "bill", "board", "bodies", "body", "bona",
        "border", "bot", "bureau", "by", "c", "cabinet", "card", "case", "cases", "cassation", "central", "chamber",
        "chapter", "chief", "child", "children", "circumstances", "city", "civil", "code", "commerce", "commission",
        "committee", "committees", "complaint", "conclusion", "constitution", "constitutional", "convention",
        "council", "councils", "court", "court's", "courts", "credit", "crime", "crimes", "criminal", "culture",
        "customs", "d", "debit", "decision", "decisions", "decree", "defence", "defense", "department",
        "departments", "direction", "directions", "directive", "directorate", "directorate's", "district",
        "division", "dna", "dob", "doctors", "drugs", "e", "economic", "economics", "economy", "education", "email",
        "environment", "europe", "european", "evidence", "ex", "excel", "execution", "facebook", "facie", "facts",
        "family", "fax", "federal", "fide", "fifth", "finance", "first", "food", "for", "force", "forces", "foreign",
        "fourth", "freedoms", "fund", "fundamental", "gazette", "gendarme", "gendarmerie", "general", "google",
        "government", "government's", "governments", "gps", "grand", "health", "hearing", "hearings", "her", "high",
        "his", "hiv", "house", "human", "i", "iban", "id", "ii", "iii", "immigration", "in", "industry", "instagram",
        "instance", "institute", "institution", "insurance", "inter", "interior", "internet", "investigation", "its",
        "iv", "ix", "journal", "judge", "judges", "judgment", "justice", "juvenile", "labor", "labour", "land",
        "law", "laws", "lawyers", "local", "magistrate", "magistrates", "martial", "mastercard", "medical",
        "migration", "military", "minister", "ministers", "ministry", "ministry's", "model", "municipal",
        "municipalities", "municipality", "mutandis", "mutatis", "narcotics", "national", "new", "no", "nos",
        "number", "of", "office", "offices", "official", "officio", "on", "order", "organised", "panel", "paragraph",
        "parliament", "parties", "party", "pdf", "penal", "phone", "pin", "plenary", "police", "practice",
        "practitioner", "practitioners", "presidency", "president", "presidium", "prima", "principal", "prison",
        "procedural", "procedure", "proceeding", "proceedings", "procurator", "prosecutor", "prosecutors",
        "protection", "protocol", "public", "reasons", "refugee", "refugees", "regime", "regional", "register",
        "registrar", "registry", "regulation", "report", "respondent", "revenue", "rights", "rule", "rules", "s",
        "second", "section", "sections", "security", "senate", "service", "services", "sim", "sixth", "sms",
        "social", "ssn", "staff", "state", "states", "statute", "statutes", "supervisory", "supreme", "tax",
        "telegram", "terrorism", "that", "the", "third", "this", "to", "town", "trade", "transport", "treaty",
        "trial", "tribunal", "tribunals", "under", "union", "unit", "usa", "user", "v", "vi", "vii", "viii", "vip",
        "visa", "web", "whatsapp", "word", "world", "x", "youth",
    ]
)  # fmt: skip
"""Words that stand in every file of their kind: to mask them hides nobody and makes a text unreadable."""


def nobody(text: str) -> bool:
    """Whether all words of a text are generic ones or numbers."""
    return all(word.casefold() in GENERIC or word.isdigit() for word in WORD.findall(text))


def without_article(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without an article before it: a model takes it in, and it names nobody."""
    found = ARTICLE.match(text, start, end)
    return (found.end() if found else start), end
