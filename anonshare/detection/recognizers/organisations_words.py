"""Words of institutions, what may stand inside of their names, and what ends them."""

from __future__ import annotations

from anonshare.detection.recognizers.nationalities_forms import plain_of

__all__ = ["ADJECTIVES", "AROUND", "BEHIND", "CONNECTORS", "DULL", "HEALTH", "KNOWN", "SMALL", "STOPS", "STREETS"]


def _plain(words: str) -> frozenset[str]:
    return frozenset(plain_of(words).split())


BEHIND = _plain(
    "hospital hospitales servicio clínica policlínica policlínico sanatorio ambulatorio complejo fundación fundació instituto institut universidad universitat "
    "universidade facultad facultat escuela colegio liceo academia parroquia asociación associació federación sindicato confederación club "
    "ayuntamiento diputación consejería generalitat juzgado audiencia tribunal comisaría residencia centro consorcio cooperativa laboratorios laboratorio "
    "gerencia agencia agrupación congregación diócesis hermandad ong ciudad edificio servei corporación corporació "
    "hôpital clinique université faculté école lycée collège institut fondation association syndicat fédération église mairie préfecture cour tribunal "
    "centre maison cabinet société compagnie chu chr ehpad gendarmerie commissariat académie "
    "spitalul spitalului universitatea universității facultatea liceul liceului colegiul colegiului școala școlii gimnaziul grădinița institutul "
    "institutului fundația fundației asociația asociației partidul partidului sindicatul federația clubul tribunalul judecătoria curtea parchetul primăria "
    "primăriei ministerul ministerului inspectoratul inspectoratului direcția direcției agenția compania societatea consiliul parohia mănăstirea biserica "
    "episcopia policlinica clinica centrul centrului academia poliția uniunea banca teatrul muzeul autoritatea regia penitenciarul serviciul "
    "ospedale policlinico università facoltà scuola liceo istituto fondazione associazione sindacato parrocchia comune questura prefettura tribunale "
    "procura azienda banca cooperativa casa centro clínica faculdade escola colégio liceu fundação associação sindicato paróquia câmara prefeitura "
    "szpital szpitala uniwersytet uniwersytetu szkoła liceum politechnika fundacja fundacji stowarzyszenie parafia sąd prokuratura urząd areszt zakład "
    "ziekenhuis universiteit stichting vereniging school gemeente rechtbank "
    "landgericht amtsgericht oberlandesgericht landesgericht bezirksgericht verwaltungsgericht arbeitsgericht sozialgericht finanzgericht "
    "staatsanwaltschaft universität klinikum krankenhaus gymnasium grundschule hochschule stiftung verein gemeinde stadt bistum pfarrei jugendamt "
    "polizeipräsidium justizvollzugsanstalt jva vfl tsv fc sv uefa"
) - _plain("stadt gemeinde sv uefa edificio casa maison")  # fmt: skip
"""Before the proper name: ``Hospital La Paz``, ``Universitatea Babeș-Bolyai``, ``Landgericht Köln``."""

AROUND = _plain(
    "hospital hospitals clinic infirmary university college school academy institute foundation trust charity association society union federation church "
    "parish diocese prison court tribunal directorate prosecutor prosecution office council municipality authority agency bank party "
    "club fc centre center hospice nursery kindergarten headquarters station department ministry commission committee board assembly "
    "laboratory laboratories theatre opera museum ballet newspaper league front movement brigade company corporation airlines airport "
    "cemetery barracks command registry inspectorate prosecutor's police chamber institution ziekenhuis universiteit klinikum krankenhaus universität "
    "hochschule gymnasium schule stiftung verein gericht kliniken bezirkshauptmannschaft group"
) - _plain("group police chamber front station movement")  # fmt: skip
"""The proper name stands before or behind: ``Leeds Prison``, ``University of Leeds``."""

CONNECTORS = _plain(
    "de del la las los el y e i do da das dos di della delle dei degli d du des et pour of for and the van voor und für der im am zu w na și din al ale pentru cu a en "
    "sul sulla dell i"
)
ADJECTIVES = _plain(
    "universitario universitaria universitari general clínico clínica provincial comarcal regional nacional infantil materno médico médica militar central "
    "público pública privado privada universitaire régional général central județean clinic municipal orășenesc universitar național tehnologic teoretic "
    "civile generale statale nazionale comprensivo secundaria primaria superior técnica"
)
"""Written small inside of a name at times: ``hospital general universitario Gregorio Marañón``."""

STOPS = _plain(
    "avda av avenida calle c ctra carretera pº paseo plaza pza rda ronda servicio servei departamento dpto unidad sección área dr dra d dña tel tlf teléfono "
    "fax email correo e-mail cp apartado rue strada str bulevardul telefon remitido paciente ii strasse via the he she they mr mrs ms on in at by "
    "this that when where which who article section act law no pabellón planta bloque domicilio nombre fecha"
)
DULL = _plain(
    "hospital hospitales clinic school college university union bank party office department ministry board prison court tribunal council committee institute "
    "society foundation agency church company group directorate prosecutor association federation commission authority assize regional magistrates "
    "insurance social health labour assembly governor village villages assembly state central internal secret higher lower division divisional plenary senior "
    "hospitals universities schools courts prisons real estate property land registry first instance fire water road highway housing welfare pension "
    "centro instituto escuela colegio servicio juzgado tribunal tribunales ayuntamiento facultad universidad clínica comisaría ministerul guvernul guvernului "
    "ministerului consiliul consiliului curtea tribunalul primăria poliția poliției școala spitalul spitalului partidul direcția direcției agenția compania centrul "
    "centre institut école hôpital tribunal cour mairie préfecture maison société scuola ospedale comune tribunale questura cabinet asociación "
    "academia universitatea facultatea club clubul biserica societatea banca teatrul muzeul inspectoratul asociația uniunea fundación "
    "landgericht amtsgericht oberlandesgericht verwaltungsgericht arbeitsgericht sozialgericht finanzgericht staatsanwaltschaft landesgericht "
    "bezirksgericht jugendamt gericht dia schule verein stiftung klinikum krankenhaus universität de la del y el of and the for der die das"
)  # fmt: skip
"""They name nobody alone or with each other."""

KNOWN = (
    "salvation army", "red cross", "red crescent", "cruz roja", "croix-rouge", "crucea roșie", "rotes kreuz", "croce rossa", "cruz vermelha", "caritas",
    "cáritas", "karitas", "médicos del mundo", "médecins du monde", "médecins sans frontières", "médicos sin fronteras", "doctors without borders",
    "save the children", "salvați copiii", "terre des hommes", "terre des femmes", "la strada", "amnesty international", "human rights watch",
    "anti-slavery international", "polaris project", "hope for justice", "stop the traffik", "international justice mission", "world vision", "oxfam",
    "barnardo's", "barnardos", "women's aid", "amicale du nid", "mouvement du nid", "proyecto esperanza", "comité contre l'esclavage moderne", "solwodi",
    "weißer ring", "diakonie", "arbeiterwohlfahrt", "apramp", "accem", "adoratrices", "cepaim", "secours catholique", "emmaüs", "cimade", "payoke", "comensha",
    "reaching out romania", "adpare", "gruppo abele", "differenza donna", "kindernothilfe", "ban ying", "jadwiga", "covenant house",
    "western union", "moneygram",
)  # fmt: skip
"""Bodies in this field whose names have no word of an institution."""

SMALL = _plain(
    "hospital clínica universidad instituto colegio escuela hôpital clinique université lycée école spitalul spitalului universitatea liceul liceului "
    "școala colegiul gimnaziul ospedale università liceo scuola istituto universidade colégio faculdade szpital uniwersytet fundación fundația asociația"
)
"""Institutions that are written small before their name."""

HEALTH = frozenset({"salud", "salut", "saude", "sante", "sanatate"})
"""Only a service "of health" is an institution; others are departments, of which every hospital has one."""

STREETS = _plain("street st road rd avenue ave lane drive way square place")
