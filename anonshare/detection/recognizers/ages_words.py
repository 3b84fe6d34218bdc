"""The words of ages and of whom they are told, in the languages of the notes."""

from __future__ import annotations

from anonshare.detection.reading import words_of

__all__ = ["BEFORE", "DECADES", "MARKS", "NO_AGE", "SEX_WORDS", "SUBJECTS"]

MARKS = frozenset(
    words_of(
        "aged age ages edad edades âge âgé âgée âgés âgées vârsta vârstă alter età età idade leeftijd wiek wieku вік віком возраст "
        "возрасте yaş yaşı minor minors turned tenía tiene tenia cumplió avait avea"
    )
)  # fmt: skip
"""What announces an age."""

BEFORE = frozenset(words_of("her his their my los las"))

SEX_WORDS = frozenset(
    words_of(
        "varón varon mujer hombre niño niña chico chica masculino femenino femenina masculina hembra muchacha muchacho woman man "
        "girl boy female male lady femme homme fille garçon fillette jeune femeie bărbat fată băiat fetiță frau mann mädchen "
        "junge weiblich männlich weibliche männliche uomo donna ragazza ragazzo bambina bambino mulher homem menina menino rapaz "
        "vrouw meisje jongen kobieta mężczyzna dziewczyna dziewczynka chłopiec жінка чоловік дівчина хлопець дівчинка женщина "
        "мужчина девушка девочка мальчик парень kadın erkek kız"
    )
)  # fmt: skip

SUBJECTS = SEX_WORDS | frozenset(
    words_of(
        "paciente pacientes patient patiente menor menores joven jóvenes adolescente lactante adolescent child children teenager "
        "mineure mineur enfant minor copil minoră pacient kind jugendliche jugendlicher jugendlichen kindes mädchens jungen sohn tochter schüler schülerin geschädigte geschädigten opfer person victim víctima victime fetus recién nacido "
        "she he is was preescolar escolar bebé bebe baby infant nourrisson bebeluș bebelușul neonato neonata hija hijo hermano hermana padre madre daughter son sister brother fils soeur frère"
    )
)  # fmt: skip
"""Whoever an age is told of."""

NO_AGE = frozenset(
    words_of(
        "hace durante desde tras después cada depuis pendant après il dans acum timp după vor seit nach da per dopo fa há "
        "dentro for after within over under past last next since during to two every últimos últimas próximos primeros "
        "dernières prochaines ultimii antes hasta través przez od за через около sobre varios algunos muchos unos plusieurs "
        "quelques câțiva many several"
    )
)  # fmt: skip
"""What stands before a period and not before an age."""

DECADES = frozenset(
    words_of("teens twenties thirties forties fifties sixties seventies eighties nineties treinta cuarenta veinte")
)
