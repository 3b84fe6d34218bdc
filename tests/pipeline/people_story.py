"""Two linked tables with notes: who is a client, what happened at her visits, and what was written down there."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

POLICY = """
anonshare: policy/1
id: visits
title: Clients and their visits
purpose: {code: CrimeInvestigation, text: x}
controller: {id: ngo-lumina, contact: x}
recipient: {card: agency-x, kind: law_enforcement, jurisdiction: RO}
jurisdictions: [EU]
legal_basis: [{jurisdiction: EU, article: x}]
agreement: {ref: x, valid_from: 2020-01-01, valid_until: 9999-12-31}
consent: {mode: not_required, reason: x}
grading: {source: B, information: 2}
handling: {tlp: amber}
retention: {delete_by: P1Y, register_for: P5Y}
region: RO
languages: [en]
records:
  units: [{name: person, columns: [name]}]
  tables:
    clients:
      key: id
      columns:
        id: {role: direct_identifier, do: drop}
        name: {role: direct_identifier, do: {pseudonymize: {entity: per}}}
        phone: {role: direct_identifier, do: {pseudonymize: {entity: ph}}}
        city: {role: quasi_identifier, do: keep}
    visits:
      parent: {table: clients, column: client}
      columns:
        client: {role: direct_identifier, do: drop}
        seen_phone: {role: direct_identifier, do: {pseudonymize: {entity: ph}}}
        note: {role: narrative, do: {masked: {accept: model}}}
disclosure: {models: [{k_anonymity: 11}], recoding: local}
release: {series: {kind: cumulative, every: P1M}, approvals: [{role: data-officer}, {role: legal-officer}], review: none}
"""

NAMES = (
    "Ana Popescu", "Maria Ionescu", "Elena Dumitru", "Ioana Stan", "Daria Munteanu", "Bianca Florea", "Carmen Radu",
    "Irina Toma", "Sorina Matei", "Alina Dobre", "Oana Barbu", "Mihaela Nistor", "Raluca Preda", "Simona Ene",
    "Cristina Lazar", "Adina Marin", "Gabriela Tudor", "Laura Coman", "Diana Sandu", "Larisa Oprea",
)  # fmt: skip
ANA, MARIA = NAMES[:2]
QUIET = ("She was given a place to stay.", "She was seen by a doctor.")


def phone(number: int) -> str:
    return f"+4072100{1000 + number:04d}"


def tables(notes: Mapping[int, tuple[str, str]] = {}) -> dict[str, pd.DataFrame]:
    """All clients with two visits each; ``notes`` are those of some clients, by number."""
    clients = pd.DataFrame(
        {
            "id": [str(n) for n in range(len(NAMES))],
            "name": NAMES,
            "phone": [phone(n) for n in range(len(NAMES))],
            "city": "Cluj",
        }
    )
    visits = [(str(n), phone(n), note) for n in range(len(NAMES)) for note in notes.get(n, QUIET)]
    return {"clients": clients, "visits": pd.DataFrame(visits, columns=["client", "seen_phone", "note"])}
