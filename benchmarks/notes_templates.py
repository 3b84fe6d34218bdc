"""Notes as case workers, police, insurers, hotlines and worried friends write them, in seven languages.

Written before any rule of the detector was read, and kept apart from its author: they judge the rules, no rule is
fitted to them. ``{slot}`` is filled by ``benchmarks.notes_values``; ``<TYPE:words>`` marks words of the template that
are personal data themselves.
"""

from __future__ import annotations

__all__ = ["TEMPLATES"]

TEMPLATES: dict[str, tuple[str, ...]] = {
    "en": (
        "Intake {date}. {name}, {age}, <NRP:Romanian> national, passport {passport}. Speaks little English. {first} says her boss, a man called {nick}, kept the passport and paid her through {other}. Placed at {shelter}; call {phone} after 6pm only.",
        "CALL LOG {date_num} {time} - caller gave name as {first} (no surname), ringing from {phone}. Says 3 girls are held at {address}, {city}. Man in charge = '{nick}', drives a white van reg {plate}. Caller hung up when asked for DOB.",
        "Crime ref {case}. VICTIM: {CAPS}. DOB {date_num}. On {date} at {time} officers attended {address}, {postcode}. {last} stated that {other} had taken her to the {venue} and that {other_last} collected the money every night. IMEI of seized handset {imei}.",
        "URGENT!! {CAPS} MISSING SINCE {date}. LAST SEEN NEAR {city} STATION WITH {other_caps}. ANYONE WITH NEWS RING {phone}",
        "hey has anyone seen {first_low}?? she goes by {handle} on insta n {snap} on snap. last msg was from {city} on {weekday}. dm me or text {phone_spaced} pls",
        "Re claim {claim} under policy {policy}: the insured, Mr {last}, reports that his vehicle {plate} was stolen outside {address}. He asks that payment be made to {iban}. Witness {other} can be reached at {email}. We note that Mr {last} filed a similar claim on {date}.",
        "Follow-up w/ client ({initials}) - she is scared of the cousin, {other_first}. New nr {phone_said}. Do NOT leave voicemail. Email is {email_said}. Next appt {date_short}.",
        "Transfer MTCN {mtcn} of 650 USD sent by {other} to {name} in {city} on {date}. Same sender used wallet {wallet} twice. Screenshots came from IP {ip}.",
        "Ad at {url} shows the same girl (calls herself {nick}, says {age}yo, <NRP:Brazilian>), number {phone}. Room at {venue}, {city}. Reviewed by {handle}.",
        "Mother of {name} phoned. {first_typo} has been found, she's with her aunt {other_first} at {address} in {city}. Close file {case}? Ask {initials} first.",
        "{name_comma}; dob {date_num}; nat: <NRP:Moldovan>; occupation: <OCCUPATION:waitress>; travel doc {passport}; arrived {flight} on {date}; met by {other} ({handle}).",
        "Spoke to det. sgt. {other_last} re {name}. He'll email {email}. Car is a silver Golf, {plate}, keeper lives at {address}. {last}'s brother {other_first} isn't aware - keep it that way.",
    ),
    "es": (
        "Entrevista del {date}: {name}, {age} años, nacional de <LOCATION:Colombia>, pasaporte {passport}. Refiere que {other} la captó en {city} y le retuvo los documentos. {first} está alojada en {shelter}. Teléfono de contacto: {phone}.",
        "Diligencias n.º {case}. La denunciante, Dª {name}, con DNI {nid} y domicilio en {address}, {postcode} {city}, manifiesta que el {date} a las {time} horas el llamado «{nick}» la obligó a subir al vehículo matrícula {plate}.",
        "llamada anónima {time}h: dice q hay una chica encerrada en {address}, {city}. la llaman la {nick}. el tio se llama {other_first} y su numero es el {phone_spaced}",
        "Siniestro {claim}, póliza {policy}. El asegurado D. {name} solicita el abono en la cuenta {iban}. Testigo: {other}, correo {email}. El perito visitó el lugar el {date_num}.",
        "busco a mi prima {first}, en face está como {handle}, la última vez estaba en {city} con un tal {other_first}. cualquier cosa al {phone} gracias",
        "NOMBRE: {CAPS}. FECHA DE NACIMIENTO: {date_num}. EDAD: {age}. NACIONALIDAD: <NRP:VENEZOLANA>. OCUPACIÓN: <OCCUPATION:camarera>. EXPEDIENTE: {case}. OBSERVACIONES: LA SRA. {last_caps} NO DESEA CONTACTO CON {other_caps}.",
        "La usuaria ({initials}) cuenta que {other_first} le manda mensajes desde {handle}. Ha cambiado de número: {phone_said}. Próxima cita {date_short} con la abogada {third}.",
        "El envío de dinero MTCN {mtcn} lo hizo {other} desde {city}. {last} cobró 300 euros el {weekday}. Anuncio en {url}, habitación en {venue}.",
    ),
    "fr": (
        "Entretien du {date}. {name}, {age} ans, de nationalité <NRP:nigériane>, passeport n° {passport}. {first} dit avoir été recrutée par {other} à {city}. Hébergée à {shelter}, joignable au {phone}.",
        "PV n° {case}. Le {date} à {time}, Mme {last} s'est présentée au commissariat de {city}. Elle demeure {address}, {postcode}. Elle met en cause un certain « {nick} » ainsi que M. {other}, véhicule immatriculé {plate}.",
        "slt, qqn a des nouvelles de {first_low} ? son insta c {handle}, elle était a {city} avec {other_first} {weekday} soir. mon num {phone_spaced}",
        "Sinistre {claim} / contrat {policy} : l'assuré, M. {name}, demande un virement sur {iban}. Le témoin {other} a écrit depuis {email}. Expertise prévue le {date_num}.",
        "NOM : {last_caps}. PRÉNOM : {first}. NÉE LE {date_num}. PROFESSION : <OCCUPATION:aide-ménagère>. ADRESSE : {address}, {city}. PERSONNE À NE PAS CONTACTER : {other_caps}.",
        "Appel de la mère de {name} : {first_typo} a été vue à la gare de {city} avec {other_first}. Écrire à {email_said}. Dossier {case}, revoir le {date_short}.",
        "Annonce sur {url} : « {nick}, {age} ans », tél {phone}, chambre à {venue}. Le loyer est payé par {other} (portefeuille {wallet}).",
    ),
    "ro": (
        "Interviu din {date}. {name}, {age} ani, pașaport {passport}, CNP {nid}. {first} spune că {other} i-a promis un loc de muncă în {city}. Cazată la {shelter}. Telefon {phone}.",
        "Dosar nr. {case}. La data de {date_num}, ora {time}, numita {name} a declarat că un bărbat poreclit „{nick}” a transportat-o cu autoturismul {plate} la adresa {address}, {city}.",
        "buna, o caut pe {first_low}, pe insta e {handle}, ultima oara era in {city} cu {other_first}. sunati la {phone_spaced} va rog",
        "Dosar de daună {claim}, polița {policy}. Asiguratul, dl. {name}, cere plata în contul {iban}. Martor: {other}, e-mail {email}. Constatare la {date_num}.",
        "Mama lui {name} a sunat. {first_typo} e la mătușa ei, {other_first}, în {city}, {address}. A se vedea cu d-na {third} pe {date_short}.",
        "NUME: {last_caps}; PRENUME: {first}; DATA NAȘTERII: {date_num}; CETĂȚENIE: <NRP:moldovenească>; OCUPAȚIE: <OCCUPATION:menajeră>; AGRESOR: {other_caps}; TEL. {phone}.",
        "Beneficiara ({initials}) primește mesaje de la {handle}. Numărul nou: {phone_said}. Banii veneau prin MTCN {mtcn} de la {other}. {last} nu vrea să depună plângere.",
    ),
    "de": (
        "Gespräch am {date}. {name}, {age} Jahre, <NRP:bulgarische> Staatsangehörige, Reisepass {passport}. {first} gibt an, von {other} in {city} angeworben worden zu sein. Untergebracht im {shelter}, erreichbar unter {phone}.",
        "Az. {case}: Am {date_num} gegen {time} Uhr erschien Frau {last} auf der Wache in {city}. Sie wohnt {address}, {postcode} {city}. Ein gewisser „{nick}“ habe sie mit dem Pkw {plate} abgeholt. Zeuge: {other}.",
        "hat jemand was von {first_low} gehört?? auf insta {handle}, zuletzt in {city} mit {other_first}. bitte melden {phone_spaced}",
        "Schaden-Nr. {claim}, Versicherungsschein {policy}: Der Versicherungsnehmer Herr {name} bittet um Zahlung auf {iban}. Zeuge {other}, {email}. Besichtigung am {date}.",
        "NAME: {CAPS}. GEB. {date_num}. STAATSANGEHÖRIGKEIT: <NRP:UKRAINISCH>. BERUF: <OCCUPATION:Pflegehelferin>. KEINE AUSKUNFT AN {other_caps}. NEUE NUMMER {phone}.",
        "Klientin ({initials}) bekommt Nachrichten von {handle}, schreibt selbst von {email_said}. Termin mit Frau {third} am {date_short}. {last} möchte nicht, dass {other_first} davon erfährt.",
        "Anzeige unter {url}: „{nick}, {age}“, Tel. {phone}, Zimmer im {venue}. Miete zahlt {other} per Überweisung von {iban}.",
    ),
    "it": (
        "Colloquio del {date}. {name}, {age} anni, cittadina <NRP:albanese>, passaporto {passport}. {first} riferisce che {other} l'ha portata a {city}. Ospite presso {shelter}, tel. {phone}.",
        "Proc. n. {case}. Il {date_num} alle ore {time} la sig.ra {last} dichiarava che tale «{nick}» l'aveva condotta in {address}, {city}, con l'auto targata {plate}. Presente anche {other}.",
        "ciao qualcuno ha visto {first_low}? su insta è {handle}, era a {city} con {other_first} {weekday}. scrivetemi al {phone_spaced}",
        "Sinistro {claim}, polizza {policy}: l'assicurato, sig. {name}, codice fiscale {nid}, chiede il bonifico su {iban}. Testimone {other}, {email}.",
        "COGNOME E NOME: {CAPS}. NATA IL {date_num}. PROFESSIONE: <OCCUPATION:badante>. NON CONTATTARE {other_caps}. Prossimo incontro {date_short} con la dott.ssa {third}. {last} ha cambiato numero: {phone_said}.",
        "La zia di {name} dice che {first_typo} è tornata a {city}. {initials} preferisce le mail: {email_said}. Soldi mandati da {other} con MTCN {mtcn}.",
    ),
    "pt": (
        "Atendimento em {date}. {name}, {age} anos, <NRP:brasileira>, passaporte {passport}. {first} conta que {other} a levou para {city} e ficou com os documentos. Acolhida em {shelter}. Contato: {phone}.",
        'Processo n.º {case}. No dia {date_num}, pelas {time}, a Sra. {last} declarou que um homem conhecido por "{nick}" a levou à {address}, {city}, na viatura {plate}. Testemunha: {other}.',
        "gente alguem viu a {first_low}? no insta ela é {handle}, tava em {city} com o {other_first}. me chama no {phone_spaced}",
        "Sinistro {claim}, apólice {policy}: o segurado, Sr. {name}, pede o pagamento para {iban}. Testemunha {other}, {email}. Vistoria em {date_num}.",
        "NOME: {CAPS}. NASCIMENTO: {date_num}. PROFISSÃO: <OCCUPATION:diarista>. AGRESSOR: {other_caps}. A utente {initials} mudou de número: {phone_said}. Volta {date_short}, falar com a Dra. {third}.",
        "Mãe de {name} ligou: {first_typo} está com a tia {other_first} em {address}, {city}. E-mail novo {email_said}. {last} não quer processo.",
    ),
}  # fmt: skip
"""Language -> templates."""
