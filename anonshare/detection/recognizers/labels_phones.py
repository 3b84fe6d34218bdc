"""Labels of phone numbers, in the languages of the notes."""

from __future__ import annotations

from anonshare.detection.recognizers.label import Label

__all__ = ["PHONES"]

PHONES: tuple[Label, ...] = (
    Label(
        "PHONE_NUMBER",
        ("telephones", "contact number", "his number", "her number", "number to call", "numărul de telefon",
         "număr de telefon", "numero di telefono", "numero di cellulare", "número de teléfono", "número de móvil",
         "numéro de portable", "numero de tel", "mobilnummer", "handynummern", "telefonnummern", "numer komórkowy",
         "nr tel", "номер телефону", "номер телефона", "номера телефонов", "моб", "telefon numarası", "telefon no",
         "cep no", "cep numarası", "telefoonnr", "τηλεφωνικός αριθμός", "αριθμός τηλεφώνου", "broj telefona",
         "telefonski broj", "numri i telefonit", "telefonní číslo", "telefónne číslo", "телефонен номер", "мобилен",
         "số phone", "zalo", "zangi", "nummer an", "wa.me", "puhelin", "puhelinnumero", "telefonnumret",
            "tel", "tel no", "telephone", "telephone number", "phone", "phone no", "phone number", "phones", "mobile",
            "mobile no", "mobile number", "cell", "cellphone", "landline", "hotline",
            "call", "calls", "called", "calling", "called her on", "rang", "texted", "sms", "fax", "whatsapp",
            "whats app", "viber", "telegram", "dial", "contact no",
            "teléfono", "telefono", "teléfonos", "móvil", "movil", "celular", "llamar", "llamó", "llama", "llame",
            "llamada", "tfno", "tlf", "tlfno",
            "téléphone", "portable", "mobile", "tél", "appeler", "appelle", "appelé", "appelait", "joindre",
            "joignable", "numéro de téléphone",
            "telefon", "telefonul", "telefonic", "nr de telefon", "sună", "sunat", "sunați", "mobil",
            "handy", "handynummer", "telefonnummer", "rufnummer", "anruf", "angerufen", "anrufen", "rief",
            "mobilnummer",
            "cellulare", "cell", "chiamare", "chiamato", "telemóvel", "telefone", "ligar", "ligou", "zadzwonić",
            "dzwonić", "dzwonił", "komórka", "telefonu", "numer telefonu",
            "telefoon", "telefoonnummer", "gsm", "mobiel", "gebeld", "cep", "cep telefonu", "telefonu", "aradı",
            "тел", "телефон", "телефону", "телефона", "телефоном", "мобільний", "мобильный", "дзвонити", "звонить",
            "звонил", "τηλέφωνο", "κινητό", "τηλ",
            "điện thoại", "số điện thoại", "sđt", "gọi", "هاتف", "الهاتف", "رقم الهاتف", "جوال", "موبايل", "واتساب",
            "اتصل", "โทร", "โทรศัพท์", "เบอร์", "电话", "手机", "telefonszám", "mobiltelefon", "celularul",
            "nomor telepon",
            "phone contact", "reached at", "reach her at", "reach him at", "telefonisch",
        ),
        ("tel. «0721 234 567»", "WhatsApp «07911 123456»", "su móvil «612 34 56 78»", "téléphone : «06 12 34 56 78»",
         "Handy «0151-2345678»",
         "тел. «067 123 45 67»", "điện thoại «0912 345 678»", "call (555) 0100 or «555-010-0199»"),
        ("called 3 times on 12.05.2020", "the phone of 2 women", "call at 23:15", "text of 400000 euros"),
        "national significant numbers, ITU-T E.164",
        shape=r"[+(]{0,2}[0-9]{1,15}(?:[)]?[ ./-]{1,3}[(]?[0-9]{1,8}){0,6}[)]?(?: ?(?:x|ext\.?) ?[0-9]{1,5})?",
        digits=6,
        gap=20,
    ),
)  # fmt: skip
