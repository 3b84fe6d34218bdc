"""Words and endings that name streets, parts of a house and post, by language: forms of words, never places."""

from __future__ import annotations

from anonshare.detection.reading import words_of

__all__ = [
    "AFTER", "AFTER_SURE", "AND_COUNTRIES", "BEFORE", "BEFORE_SURE", "CONNECTORS", "LABELS", "NO_NAME", "PARTS", "PLACE_LEADS", "REGIONS", "STOPS", "STRONG_UNITS",
    "SUFFIXES", "SUFFIXES_SURE", "UNITS",
]  # fmt: skip

AFTER_SURE = frozenset(
    words_of(
        "street road avenue lane boulevard blvd ave rd terrace crescent parkway pkwy highway hwy "
        "utca utcája útja tér tere körút köz rakpart sétány plads vej vei veg gade allé väg gatan vägen gränd torget gata katu tie kuja "
        "tänav maantee puiestee náměstí nábřeží námestie sokak sokağı caddesi bulvarı mahallesi straat laan plein singel weg "
        "straße strasse platz gasse allee stræti braut enparantza kalea kale etorbidea trg"
    )
)  # fmt: skip
AFTER = AFTER_SURE | frozenset(
    words_of(
        "st dr drive court ct place pl way close square sq trail trl circle cir grove gardens mews row hill rise walk view "
        "heights park bridge quay wharf alley loop run pike turnpike plaza point crossing green út u ulice ulica cesta tee ring "
        "ufer damm steig str park dvor pot mount vale ridge meadow meadows yard estate bay creek hollow path expressway freeway"
    )
)  # fmt: skip
"""Words behind a street's name; those that are words of their own count only beside a number."""

BEFORE_SURE = frozenset(
    words_of(
        "calle avda avd avenida rua rúa rue strada stradă str șoseaua șos bulevardul bdul aleea calea splaiul intrarea via viale piazza "
        "piazzale corso vicolo largo ulica ul ulice ulitsa вулиця вул улица ул проспект просп провулок пров переулок бульвар бул "
        "площа площадь carrer plaça passeig carretera ctra crta cra travesía travessa praceta beco allée impasse quai chemin "
        "λεωφ λεωφόροσ οδόσ πλατεία plac aleja aleje os osiedle calleja callejón glorieta rambla"
    )
)  # fmt: skip
BEFORE = BEFORE_SURE | frozenset(
    words_of(
        "av avenue boulevard bd bvd bul place cours plaza pza pl paseo pº po camino ronda route square passage faubourg montée cité cite "
        "contrada strada estrada campo praça alameda quinta ladeira bairro r al trg trga náměstí polígono urbanización "
        "urb colonia barrio vía rotonda autovía prolongación privada cuesta costanilla pasaje parque vialidad residencia "
        "sentier ruelle résidence lotissement hameau voie cammino borgo vico salita lungomare lungotevere piața piata aleea "
        "camiño praza avinguda estación bulevar boul boulv pje jr jirón jiron autopista calzada blvd boulevar"
    )
)  # fmt: skip
"""Words before a street's name; those that are words of their own count only beside a number or in capitals."""

SUFFIXES_SURE = (
    "straße", "strasse", "stasse", "straat", "straatweg", "gatan", "vägen", "gränd", "gade", "vænget", "stræde", "gasse", "katu", "steenweg",
    "dreef", "stræti", "allee",
)  # fmt: skip
SUFFIXES = (
    *SUFFIXES_SURE, "str", "weg", "platz", "laan", "vej", "veien", "vegen", "gata", "gaten", "tie", "kuja", "polku", "plein", "singel", "kade",
    "gracht", "damm", "ufer", "ring", "steig", "pfad", "hof", "torget", "plads", "parken", "bakken", "haugen", "lunden", "alléen", "allén", "vegur",
    "braut", "gerði", "tún", "hólar", "tänav", "tee", "stien", "stigen", "backen", "brinken", "leden", "plan", "markt", "wal", "pad", "brug",
    "berg", "feld", "ova", "ská", "ka", "uliza", "utca", "sor", "út", "feldt", "tanya", "zeile", "lände", "graben", "markt", "rinne", "raitti",
    "toften", "høj", "marken", "skov", "krogen", "svinget", "dalen", "byvej", "ekra", "leitet", "åsen", "moen", "vika", "viken", "gården",
    "husene", "bergen", "leitinn", "gil", "holt", "hlíð", "teigur", "bakki", "leiti", "melur", "skeið", "skeid", "gades",
)  # fmt: skip
"""Endings of compounded street names (de nl da sv no fi is et hu cs); those not sure count only beside a number."""

UNITS = frozenset(
    words_of(
        "apt apartment apto apartamento apartado suite ste unit flat floor room rm bldg building block blk lot piso puerta pta planta portal "
        "esc escalera bloque bl bloc sc scara et etaj etajul ap apart apartament appt appartement bât bâtiment étage escalier "
        "wohnung whg stock scala interno int andar bloco sala casa m mieszkanie lok lokal кв квартира корп под lägenhet lgh box "
        "bus flr daire kat local oficina nave camera sector cam"
    )
)  # fmt: skip
STRONG_UNITS = frozenset(words_of("apt apartment apto suite appt appartement apartamento apartament flat"))

PARTS = frozenset(
    words_of(
        "bajo bajos dcha izda izq der izquierda derecha dch izqda ático atico entlo entresuelo bis ter piso puerta esc escalera portal "
        "planta bloque km prolongación local 1º 2º 3º principal sótano s n sn nº no núm num nr numero número"
    )
)  # fmt: skip

CONNECTORS = frozenset(
    words_of(
        "de del la las los el y e d da do dos das di della delle degli dei dal dalla du des le les l sur aux à au of the upon on van von der den "
        "het ter ten op am im an zur zum bei och og og å und a al s t sous près saint santo santa st und ved på na nad pod"
    )
)  # fmt: skip

NO_NAME = frozenset(
    words_of(
        "the a an in on at to from of and or but for with by he she it they we you his her their this that these those when while then "
        "after before during under over is was are were has had also since until where which who if as i my our your mr mrs ms "
        "article articles section sections rule rules protocol no nos chapter annex case application paragraph paragraphs act law "
        "der die das den dem ein eine und oder er sie wir ihr es auf aus im am zum zur bei mit nach von vor seit "
        "el la los las un una en con por para se su al y o que le les une du des et il elle ils dans par pour avec sur "
        "o un în la din pe cu de și ea el ei op de het een hij zij ze wij men på i en et och hun han na w z do on ona ci "
        "satz abs absatz nr rn rdnr bl bd art artikel seite kap ziff buchst halbs halbsatz vv "
        "phone tel fax mobile email office telephone number age date name address sex"
    )
)  # fmt: skip
"""Words that begin a sentence, not a name."""

STOPS = NO_NAME | frozenset(
    words_of(
        "please last night for call me when sent send return update new billing card same meet will be not can could would should "
        "do did does have get got here there now today tomorrow yesterday them him us so very just only next first second years year "
        "am pm st. each per than about into up out off all any some more most other through because account how what why lives lived"
    )
)  # fmt: skip
"""Words that end a place where no capitals tell."""

PLACE_LEADS = frozenset(
    words_of(
        "jud județul judeţul com comuna sat satul loc oraș orașul oraşul mun municipiul provincia prov gmina kreis comune county"
    )
)
"""What stands before the name of a place in an address."""

REGIONS = frozenset(words_of("nan"))

AND_COUNTRIES = frozenset(
    words_of("barbuda herzegovina tobago nevis príncipe principe futuna miquelon grenadines mcdonald caicos mayen")
)
"""What follows ``and`` in the name of a country (ISO 3166-1)."""

LABELS = frozenset(
    words_of(
        "domicilio dirección direccion domicile address adresse adresa anschrift indirizzo morada endereço adres adresă wohnort wohnhaft "
        "wohnanschrift residencia адреса адрес adresi"
    )
)  # fmt: skip
