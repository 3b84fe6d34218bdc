"""Headers of generated sheets: as case files, surveys and insurers write them. Written apart from the product's lexicon."""

from __future__ import annotations

__all__ = ["EMPTY", "HEADERS", "MISLEADING"]

HEADERS: dict[str, tuple[str, ...]] = {
    "first": ("First Name", "prs_FirstName", "victim_first_name", "Vorname Opfer", "Prénom de la victime", "nombre_victima",
              "Prenume victimă", "grp_person/given_name", "imię klientki", "Ім’я", "FirstNm", "Voornaam cliënt", "Nome próprio"),
    "last": ("Surname", "prs_SecondName", "LAST_NM", "Familienname", "Nom de famille", "Apellidos", "Nume familie", "cognome",
             "nazwisko", "Прізвище", "Фамилия", "lname", "achternaam", "Soyadı", "Επώνυμο"),
    "person": ("Name", "claimant", "Beneficiary Name", "Full name of client", "policyholder", "Titulaire du compte", "Payee",
               "Nombre y apellidos", "Nume și prenume", "insured_party_name", "Versicherungsnehmer", "nominativo", "ФИО",
               "Name of alleged trafficker", "loss adjuster", "Mother's name", "emergency_contact_name", "Okunan ad soyad"),
    "phone": ("Phone", "prs_MobilePhone", "tel_no", "phonenumber", "Téléphone", "Teléfono de contacto", "Nr. telefon",
              "Handynr.", "contact.mobile", "WhatsApp no", "Cellulare", "Tel. komórkowy", "Мобільний телефон", "cust_phone"),
    "email": ("Email", "prs_Email", "e-mail address", "Courriel", "correo", "Adresa de e-mail", "E-Mail", "contactEmail",
              "posta elettronica", "Эл. почта", "claimant_email"),
    "handle": ("Instagram handle", "telegram", "user_name", "Social media profile", "usuario de redes", "TikTok", "Benutzername"),
    "passport": ("Passport No", "passport_number", "Reisepass-Nr.", "N° de passeport", "Nº de pasaporte", "Pașaport", "pp_no",
                 "numero passaporto", "Номер паспорта", "travel_doc_no"),
    "national": ("National ID", "prs_IdentityNumber", "CNP", "PESEL", "id_card_no", "personal_identification_number", "Steuer-ID",
                 "codice fiscale", "Numéro de sécurité sociale"),
    "iban": ("IBAN", "beneficiary_iban", "Account IBAN", "payee.iban", "Cont IBAN"),
    "card": ("Card number", "credit_card_no", "Kreditkartennummer", "Número de tarjeta", "N° de carte bancaire"),
    "imei": ("IMEI", "handset_imei", "Phone IMEI no."),
    "iccid": ("SIM", "simserial", "SIM card no.", "ICCID"),
    "wallet": ("BTC wallet", "crypto_address", "Wallet address", "Dirección bitcoin"),
    "plate": ("Number plate", "vehicle_reg", "Kennzeichen", "Immatriculation", "Matrícula", "Nr. înmatriculare", "targa",
              "licencePlate"),
    "vin": ("VIN", "Chassis no", "Fahrgestellnummer", "serie șasiu"),
    "case": ("Case ID", "case_no", "Aktenzeichen", "N° dossier", "Expediente", "Număr dosar", "our_ref", "file number", "sygnatura akt"),
    "policy": ("Policy No", "policy_number", "polNo", "Policennummer", "N° de police", "Número de póliza", "Nr. poliță", "nr polisy"),
    "claim": ("Claim No.", "claim_ref", "Schadennummer", "N° sinistre", "Nº de siniestro", "ClaimNumber", "nr szkody"),
    "member": ("Customer No", "cust_id", "member_id", "Kundennummer", "patientId", "Nº de cliente", "Numéro client"),
    "address": ("Address", "prs_MailingStreet", "home_addr", "Adresse", "Dirección", "Anschrift", "Adresa de domiciliu",
                "Street address", "indirizzo", "ulica", "Адреса проживання"),
    "gps": ("GPS", "_geolocation", "location_gps", "Coordinates", "Coordenadas"),
    "ip": ("IP", "last_login_ip", "ip_address", "Adresse IP"),
    "mac": ("MAC", "device_mac", "wifi_mac_address"),
    "birth": ("DOB", "prs_Birthdate", "Date of birth", "Geburtsdatum", "Date de naissance", "Fecha de nacimiento", "Data nașterii",
              "data_nascita", "Data urodzenia", "Дата народження", "birthDt"),
    "date": ("Interview date", "today", "date_of_loss", "Datum des Gesprächs", "Date du sinistre", "Fecha de ingreso",
             "Data interviului", "createdAt", "policy_start_date", "Reported on (date)"),
    "age": ("Age", "ageBroad", "Alter", "Âge", "Edad", "Vârsta", "age_at_interview", "wiek", "Вік"),
    "sex": ("Sex", "prs_Gender", "Geschlecht", "Sexe", "Sexo", "gen", "płeć", "Стать"),
    "nationality": ("Nationality", "prs_Citizenship", "citizenship", "Staatsangehörigkeit", "Nationalité", "Nacionalidad", "Cetățenia"),
    "city": ("City", "prs_MailingCity", "Place of exploitation", "Wohnort", "Ville", "Ciudad", "Localitatea", "comune", "місто"),
    "job": ("Occupation", "Profession", "Beruf", "Métier", "Profesión", "Ocupația"),
    "amount": ("Amount", "premium", "sum_insured", "Schadenhöhe", "Montant", "Importe", "Suma asigurată", "reserve_amt"),
    "status": ("Status", "cas_Status", "Outcome", "Ergebnis", "Résultat", "claim status", "Stadiu dosar"),
    "consent": ("Consent", "con_Consent", "consent_to_share", "Einwilligung", "Consentement", "Acord"),
    "notes": ("Notes", "cas_IncomingReferralDetails", "Case summary", "Bemerkungen", "Observations", "Observaciones", "Observații"),
}  # fmt: skip
"""Kind of a generated column -> headers."""

EMPTY = ("", "Unnamed: 3", "column_7", "Field12", "X", "C", "Spalte4", "var_19", "q17")
MISLEADING: dict[str, tuple[str, ...]] = {
    "phone": ("Date", "Email", "Case ID", "Status"),
    "email": ("Name", "Phone", "Age", "Status"),
    "iban": ("Phone", "Name", "Amount"),
    "last": ("Phone", "Amount", "Date", "IBAN"),
    "national": ("Age", "Amount", "Email"),
    "passport": ("Age", "Date", "Email"),
    "imei": ("Email", "Date", "Age"),
    "notes": ("Age", "Phone", "Gender", "Status"),
}
"""Kind -> headers of another kind that such a column is given."""
