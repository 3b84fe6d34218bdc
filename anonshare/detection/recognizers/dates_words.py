"""The words of dates and periods: months, weekdays, seasons and units in the languages of the notes (Unicode CLDR)."""

from __future__ import annotations

from anonshare.detection.reading import words_of

__all__ = ["JOINS", "LAWS", "MONTHS", "OF", "ORDINALS", "PARTS", "SEASONS", "UNITS", "WEEKDAYS", "YEAR_CUES"]

MONTHS = frozenset(
    words_of(
        "january february march april may june july august september october november december jan feb mar apr jun jul aug sep "
        "sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene "
        "abr ago dic janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre "
        "janv févr fevr avr juil déc ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie ian "
        "iun iul januar jänner februar feber märz maerz juni juli oktober dezember mär mrz okt dez gennaio febbraio aprile "
        "maggio giugno luglio settembre ottobre dicembre gen mag giu lug sett ott janeiro fevereiro março maio junho julho "
        "setembro outubro novembro dezembro fev januari februari maart mei augustus mrt stycznia lutego marca kwietnia maja "
        "czerwca lipca sierpnia września października listopada grudnia styczeń luty marzec kwiecień maj czerwiec lipiec "
        "sierpień wrzesień październik listopad grudzień styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu "
        "październiku listopadzie grudniu січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня "
        "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень січні лютому березні "
        "квітні травні червні липні серпні вересні жовтні листопаді грудні января февраля марта апреля мая июня июля августа "
        "сентября октября ноября декабря январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь январе "
        "феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре ocak şubat mart nisan mayıs haziran temmuz "
        "ağustos eylül ekim kasım aralık"
    )
)  # fmt: skip
"""Each counts beside a day or a year only: ``may``, ``mars`` and ``mag`` are words of their own."""

WEEKDAYS = frozenset(
    words_of(
        "monday tuesday wednesday thursday friday saturday sunday lunes martes miércoles jueves viernes sábado domingo lundi "
        "mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
        "marți miercuri vineri sâmbătă duminică lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag "
        "woensdag donderdag vrijdag zaterdag zondag poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela "
        "niedzielę понеділок вівторок середа середу четвер пятниця п'ятниця п'ятницю субота суботу неділя неділю понедельник "
        "вторник среда среду четверг пятница пятницу суббота субботу воскресенье pazartesi salı çarşamba perşembe cuma cumartesi"
    )
)  # fmt: skip

SHORT_DAYS = frozenset(
    words_of("mon tue tues wed thu thur thurs fri sat sun lun mié jue vie sáb dom segunda terça quarta")
)

SEASONS = frozenset(
    words_of(
        "spring summer autumn winter fall easter christmas ostern weihnachten pfingsten silvester navidad navidades noël pâques paști crăciun pasqua natale natal páscoa carnaval ramadan primavera verano otoño invierno printemps été automne hiver "
        "frühjahr frühling sommer herbst primăvara vara toamna iarna estate autunno inverno verão outono lente zomer herfst "
        "wiosną latem lato jesienią zimą zima навесні влітку восени взимку весной летом осенью зимой yaz kış sonbahar ilkbahar"
    )
)  # fmt: skip

PARTS = frozenset(
    words_of(
        "beginning end middle early late mid start principios comienzos finales mediados fin début debut mi anfang ende mitte "
        "începutul sfârșitul mijlocul inizio fine metà início fim meados begin eind einde half between între entre zwischen tra fra między początku końcu"
    )
)  # fmt: skip
"""What stands before a month or a year and belongs to the date: ``end of October 2001``, ``between May and June 2003``."""

OF = frozenset(words_of("de of del di d the do da din von van des l la"))
"""What may stand between the parts of one date: ``12 de mayo de 2021``, ``the 3rd of May``, ``summer of 2019``."""

JOINS = frozenset(
    words_of(
        "and to or until till through on from y e et und bis a al hasta au și la en tot do i та и по до ve ile ou oder"
    )
)
"""What joins two dates to one period."""

YEAR_CUES = frozenset(
    words_of(
        "em in since from during until till by after before early late mid around about year years and to of between summer autumn "
        "winter spring season en desde hasta durante año años del de entre între zwischen anii anilor perioada hacia depuis dès jusqu'en année an vers année "
        "seit im jahr jahre jahres bis ab vor nach um din în anul anului până dal nel dall'anno anno del fino dopo prima desde "
        "até ano sinds tot jaar vanaf w od roku rok do po przed у в з з року році рік року до після перед с году год года "
        "после yılında yılı yılından circa ca approximately late early born né née nacido nacida born geboren născut născută"
    )
)  # fmt: skip

LAWS = frozenset(
    words_of(
        "act law code constitution convention protocol regulations regulation rules order decree directive ordinance agreement "
        "treaty edition ley loi gesetz legea amendment statute cup persons people euros euro lei dollars pounds meters metres "
        "km kg mg ml g cells leucocitos leucocytes plaquetas vatios mm cm cc ui"
    )
)  # fmt: skip
"""A year-like number before these is the name of a law, or a count."""

UNITS = {
    **dict.fromkeys(
        words_of(
            "year years yr yrs año años anos ano an ans année années ani jahr jahre jahren anno anni jaar jaren rok lat lata roku "
            "рік роки років год года лет yıl yaşında"
        ),
        "year",
    ),
    **dict.fromkeys(
        words_of(
            "month months mes meses mois lună luni monat monate monaten mese mesi mês maand maanden miesiąc miesiące miesięcy "
            "місяць місяці місяців месяц месяца месяцев ay"
        ),
        "month",
    ),
    **dict.fromkeys(
        words_of(
            "week weeks wk wks semana semanas semaine semaines săptămână săptămâni woche wochen settimana settimane weken "
            "tydzień tygodnie tygodni тиждень тижні тижнів неделя недели недель hafta"
        ),
        "week",
    ),
    **dict.fromkeys(
        words_of(
            "day days día días dias jour jours zi zile tag tage tagen giorno giorni dia dagen dag dzień dni день дні днів дня дней "
            "gün night nights"
        ),
        "day",
    ),
    **dict.fromkeys(
        words_of(
            "hour hours hrs hora horas heure heures oră ore stunde stunden ora uur godzin godziny minute minutes minutos mins "
            "minuten minuti годин години часа часов saat"
        ),
        "hour",
    ),
    **dict.fromkeys(words_of("decade decades década décadas century centuries"), "age"),
}

ORDINALS = frozenset(
    words_of(
        "first second third fourth fifth sixth seventh eighth ninth tenth primero primer premier erste ersten întâi primo 1er "
        "twelfth fifteenth twentieth thirtieth"
    )
)  # fmt: skip
