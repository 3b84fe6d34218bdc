"""Sentences of case-workers, police and insurers in nine languages, and what they call the numbers in them.

They were written before the table of recognizers was tried on them, and from how people write, not from its cues.
``{n}`` is what the number is called, ``{v}`` the number. ``NEAR`` has the name directly before the number, ``FAR`` has it
elsewhere in the sentence, ``BARE`` not at all.
"""

from __future__ import annotations

LANGUAGES = ("en", "es", "fr", "de", "ro", "it", "pl", "uk", "tr")

NEAR = {
    "en": ("On intake the client gave us her {n} {v} and asked for help.", "Officer noted {n}: {v}.", "She remembers the {n} ({v}) well.", "We traced {n} no. {v} on Tuesday."),
    "es": ("La víctima facilitó su {n} {v} a la trabajadora social.", "El agente anotó {n}: {v}.", "Consta {n} nº {v} en el informe.", "Recordaba el {n} ({v})."),
    "fr": ("La victime a donné son {n} {v} à l'éducatrice.", "L'agent a noté {n} : {v}.", "Nous avons retrouvé {n} n° {v} mardi.", "Elle se souvient du {n} ({v})."),
    "de": ("Die Klientin nannte ihre {n} {v} beim Erstgespräch.", "Notiert wurde {n}: {v}.", "Im Bericht steht {n} Nr. {v}.", "Sie erinnert sich an {n} ({v})."),
    "ro": ("Victima a comunicat {n} {v} asistentei sociale.", "Agentul a notat {n}: {v}.", "În raport apare {n} nr. {v}.", "Își amintește {n} ({v})."),
    "it": ("La ragazza ha fornito {n} {v} all'operatrice.", "L'agente ha annotato {n}: {v}.", "Nel verbale risulta {n} n. {v}.", "Ricorda {n} ({v})."),
    "pl": ("Klientka podała {n} {v} podczas rozmowy.", "Policjant zapisał {n}: {v}.", "W raporcie widnieje {n} nr {v}.", "Pamięta {n} ({v})."),
    "uk": ("Потерпіла назвала {n} {v} під час бесіди.", "Слідчий записав {n}: {v}.", "У звіті вказано {n} № {v}.", "Вона пам'ятає {n} ({v})."),
    "tr": ("Mağdur {n} {v} bilgisini verdi.", "Memur {n}: {v} notunu aldı.", "Raporda {n} no {v} yer alıyor.", "{n} ({v}) hatırlıyor."),
}  # fmt: skip

FAR = {
    "en": ("The {n} was checked twice, and what we have on record is {v}.", "He wrote {v} on a slip and said it was the {n}.", "{v} is the {n} found in his notebook."),
    "es": ("Revisamos el {n} dos veces y el que figura es {v}.", "Apuntó {v} en un papel y dijo que era el {n}.", "{v} es el {n} hallado en su libreta."),
    "fr": ("On a vérifié le {n} deux fois ; celui qui figure est {v}.", "Il a écrit {v} sur un papier en disant que c'était le {n}.", "{v} est le {n} trouvé dans son carnet."),
    "de": ("Die {n} wurde zweimal geprüft, eingetragen ist {v}.", "Er schrieb {v} auf einen Zettel und sagte, das sei die {n}.", "{v} ist die {n} aus seinem Heft."),
    "ro": ("Am verificat de două ori {n} și ce apare este {v}.", "A scris {v} pe o hârtie și a spus că este {n}.", "{v} este {n} din carnetul lui."),
    "it": ("Abbiamo controllato due volte {n} e quello registrato è {v}.", "Ha scritto {v} su un foglio dicendo che era {n}.", "{v} è {n} trovato nel quaderno."),
    "pl": ("Dwa razy sprawdzono {n}, wpisane jest {v}.", "Napisał {v} na kartce i powiedział, że to {n}.", "{v} to {n} z jego notesu."),
    "uk": ("Двічі перевірили {n}, записано {v}.", "Він написав {v} на папері й сказав, що це {n}.", "{v} — це {n} з його зошита."),
    "tr": ("{n} iki kez kontrol edildi, kayıtlı olan {v}.", "Kâğıda {v} yazdı ve bunun {n} olduğunu söyledi.", "{v} defterinde bulunan {n}."),
}  # fmt: skip

BARE = {
    "en": ("He made her memorise {v} before the border.", "Found in the drawer: {v}, next to some cash.", "They used {v} every time."),
    "es": ("La obligó a memorizar {v} antes de la frontera.", "En el cajón apareció {v} junto al dinero.", "Usaban {v} cada vez."),
    "fr": ("Il l'a forcée à retenir {v} avant la frontière.", "Dans le tiroir on a trouvé {v} avec de l'argent.", "Ils utilisaient {v} chaque fois."),
    "de": ("Er ließ sie {v} vor der Grenze auswendig lernen.", "In der Schublade lag {v} neben Bargeld.", "Sie benutzten jedes Mal {v}."),
    "ro": ("A obligat-o să memoreze {v} înainte de graniță.", "În sertar s-a găsit {v} lângă bani.", "Foloseau {v} de fiecare dată."),
    "it": ("L'ha costretta a memorizzare {v} prima del confine.", "Nel cassetto c'era {v} vicino ai soldi.", "Usavano {v} ogni volta."),
    "pl": ("Kazał jej zapamiętać {v} przed granicą.", "W szufladzie leżało {v} obok gotówki.", "Za każdym razem używali {v}."),
    "uk": ("Він змусив її запам'ятати {v} перед кордоном.", "У шухляді знайшли {v} поруч із грошима.", "Щоразу вони користувалися {v}."),
    "tr": ("Sınırdan önce ona {v} ezberletti.", "Çekmecede {v} ve biraz para bulundu.", "Her seferinde {v} kullandılar."),
}  # fmt: skip

NAMES: dict[str, dict[str, str]] = {
    "PASSPORT": dict(zip(LANGUAGES, ("passport", "pasaporte", "passeport", "Passnummer", "pașaportul", "passaporto", "paszport", "паспорт", "pasaport"), strict=True)),
    "NATIONAL_ID": dict(zip(LANGUAGES, ("national ID number", "documento de identidad", "numéro d'identité", "Personalausweisnummer", "codul numeric personal", "codice fiscale", "numer PESEL", "ідентифікаційний код", "kimlik numarası"), strict=True)),
    "RESIDENCE_PERMIT": dict(zip(LANGUAGES, ("residence permit", "permiso de residencia", "titre de séjour", "Aufenthaltserlaubnis", "permisul de ședere", "permesso di soggiorno", "karta pobytu", "посвідка на проживання", "ikamet izni"), strict=True)),
    "VISA_NUMBER": dict(zip(LANGUAGES, ("visa", "visado", "visa", "Visumnummer", "viza", "visto", "wiza", "віза", "vize"), strict=True)),
    "DRIVER_LICENSE": dict(zip(LANGUAGES, ("driving licence", "permiso de conducir", "permis de conduire", "Führerscheinnummer", "permisul de conducere", "patente di guida", "prawo jazdy", "водійські права", "ehliyet"), strict=True)),
    "PHONE_NUMBER": dict(zip(LANGUAGES, ("phone number", "teléfono", "numéro de téléphone", "Telefonnummer", "numărul de telefon", "numero di telefono", "numer telefonu", "номер телефону", "telefon numarası"), strict=True)),
    "IMEI": dict.fromkeys(LANGUAGES, "IMEI"),
    "IMSI": dict.fromkeys(LANGUAGES, "IMSI"),
    "ICCID": dict(zip(LANGUAGES, ("SIM card", "tarjeta SIM", "carte SIM", "SIM-Karte", "cartela SIM", "scheda SIM", "karta SIM", "сім-карта", "SIM kart"), strict=True)),
    "MAC_ADDRESS": dict(zip(LANGUAGES, ("MAC address", "dirección MAC", "adresse MAC", "MAC-Adresse", "adresa MAC", "indirizzo MAC", "adres MAC", "MAC-адреса", "MAC adresi"), strict=True)),
    "IBAN_CODE": dict.fromkeys(LANGUAGES, "IBAN"),
    "BIC": dict.fromkeys(LANGUAGES, "BIC"),
    "BANK_ACCOUNT": dict(zip(LANGUAGES, ("bank account", "cuenta bancaria", "compte bancaire", "Kontonummer", "contul bancar", "conto corrente", "numer konta", "банківський рахунок", "banka hesabı"), strict=True)),
    "CREDIT_CARD": dict(zip(LANGUAGES, ("bank card", "tarjeta de crédito", "carte bancaire", "Kreditkarte", "cardul bancar", "carta di credito", "karta płatnicza", "банківська картка", "kredi kartı"), strict=True)),
    "TRANSFER_NUMBER": dict(zip(LANGUAGES, ("Western Union transfer", "código MTCN", "transfert Western Union", "MoneyGram-Überweisung", "transferul Western Union", "trasferimento MoneyGram", "przelew Western Union", "переказ Western Union", "Western Union havalesi"), strict=True)),
    "CRYPTO": dict(zip(LANGUAGES, ("bitcoin wallet", "monedero bitcoin", "portefeuille bitcoin", "Bitcoin-Adresse", "portofelul bitcoin", "portafoglio bitcoin", "portfel bitcoin", "біткоїн-гаманець", "bitcoin cüzdanı"), strict=True)),
    "VIN": dict(zip(LANGUAGES, ("chassis number", "número de bastidor", "numéro de châssis", "Fahrgestellnummer", "seria de șasiu", "numero di telaio", "numer VIN", "номер кузова", "şasi numarası"), strict=True)),
    "LICENSE_PLATE": dict(zip(LANGUAGES, ("number plate", "matrícula", "plaque d'immatriculation", "Kennzeichen", "numărul de înmatriculare", "targa", "tablica rejestracyjna", "номерний знак", "plaka"), strict=True)),
    "FLIGHT_NUMBER": dict(zip(LANGUAGES, ("flight", "vuelo", "vol", "Flug", "zborul", "volo", "lot", "рейс", "uçuş"), strict=True)),
    "TICKET_NUMBER": dict(zip(LANGUAGES, ("ticket", "billete", "billet", "Ticket", "biletul", "biglietto", "bilet", "квиток", "bilet"), strict=True)),
    "CASE_NUMBER": dict(zip(LANGUAGES, ("case file", "expediente", "dossier pénal", "Aktenzeichen", "dosarul penal", "fascicolo", "sprawa", "справа", "dosya"), strict=True)),
    "POLICY_NUMBER": dict(zip(LANGUAGES, ("insurance policy", "póliza", "police d'assurance", "Versicherungsnummer", "polița de asigurare", "polizza", "polisa", "страховий поліс", "poliçe"), strict=True)),
    "CLAIM_NUMBER": dict(zip(LANGUAGES, ("insurance claim", "siniestro", "sinistre", "Schadennummer", "dosarul de daună", "sinistro", "szkoda", "страховий випадок", "hasar dosyası"), strict=True)),
    "MEMBER_NUMBER": dict(zip(LANGUAGES, ("hospital number", "historia clínica", "numéro d'adhérent", "Versichertennummer", "numărul de asigurat", "tessera sanitaria", "numer pacjenta", "номер пацієнта", "hasta numarası"), strict=True)),
    "MRZ": dict(zip(LANGUAGES, ("machine readable zone", "zona de lectura mecánica", "zone de lecture", "maschinenlesbare Zone", "zona MRZ", "zona MRZ", "strefa MRZ", "зона MRZ", "MRZ"), strict=True)),
}  # fmt: skip
"""Class -> what people call its number, by language."""
