"""Words that are names too: of two letters, which many a sentence begins with, and longer ones of languages without a list."""

from __future__ import annotations

from anonshare.detection.gazetteer import gazetteer

__all__ = ["ORDINARY", "TWO_LETTERS", "ordinary"]

TWO_LETTERS = frozenset(
    "ab ad ai al am an ar as at au ba be by ca ce ci co cu da de di do du ea ed ei ej el em en er es et eu ey fi fu ga ge go ha "
    "he hi ho ia id if ik il im in io is it ja je jo ju la le lo ma me mi mu my na ne ni no nr nu of ok on op or os ou pe po pa "
    "qu re sa se si so sr st su ta te ti to tu um un up us va ve vi we wo ya ye yo za ze zu uw je ti ty my on da bo ze od do".split()
)  # fmt: skip
"""Words of the languages of the notes, and what a title or a number is shortened to."""

ORDINARY = frozenset(
    "abril alegria amable amado amor angel aurora bella bello blanca blanco bonita branca branco bueno calle campo casa castillo "
    "celeste cielo clara claro consuelo corazon delgado dolores dulce encarnacion esperanza estrella felicidad feliz flores fuente "
    "fuentes gracia guerra hermosa hermoso iglesia justa justo leal libertad linda lindo lluvia luna martes mercado miel milagro "
    "montes moreno morena nieve nieves paloma pastor piedad plata primavera puente querida reina remedios rico rojo rosado rubio "
    "salud salvador santos serena sereno soledad sierra torre torres verde victoria viuda abelha coelho vitoria aimee amour avril "
    "belle blanche blanc claire constance fleur fortune grace jardin juste lune marchand olive petit petite pierre prudence rose "
    "rosa sauvage soleil tendre violette victoire ernst gross klein kurz lang lieb schwarz stark weiss amore bianca bianco bruno "
    "dolce donna felice fiore fortuna gioia grazia luce onesta rossa rosso speranza stella vera viola dragoste floare flori iarna "
    "lumina mare mica negru pasare rosu vara".split()
)  # fmt: skip
"""Without accents. Written small beside capitals they are words ("la casa blanca"), and names in a text without any."""


def ordinary(part: str) -> bool:
    """Whether people use a word, in Latin letters and small, without meaning somebody."""
    return part in gazetteer("words_en").strong or part in ORDINARY
