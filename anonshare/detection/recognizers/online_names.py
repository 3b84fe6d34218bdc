"""Names of accounts behind the name of a service or a label, and bare domains: found by words, not by search."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.detection.reading import Lexicon, Reading, words_of
from anonshare.shapes import Span

__all__ = ["find_online"]

SERVICES = (
    "telegram", "whatsapp", "whats app", "snapchat", "snap", "instagram", "insta", "tiktok", "tik tok", "facebook", "messenger", "viber",
    "signal", "wechat", "weixin", "discord", "skype", "kik", "onlyfans", "only fans", "twitter", "steam", "xbox", "psn", "playstation", "roblox",
    "fortnite", "minecraft", "imo", "zalo", "badoo", "tinder", "grindr", "vkontakte", "odnoklassniki", "youtube", "twitch", "linkedin", "threema",
    "wickr", "телеграм", "телеграмі", "вайбер", "инстаграм", "інстаграм", "вконтакте", "reddit", "seekingarrangement", "line id", "qq", "line app",
    "hinge", "bumble", "pinterest", "vsco", "omegle", "yubo", "wire", "session", "jabber", "icq", "xmpp", "gab", "tango", "bigo", "likee", "kwai",
    "cash app", "cashapp", "venmo", "paypal", "paypal.me", "revolut",
)  # fmt: skip
SHORT = ("ig", "fb", "tg", "vk", "wa", "sc", "of", "ok", "line", "yt", "x")
LABELS = (
    "username", "user name", "user", "userid", "user id", "screen name", "screenname", "handle", "login", "nick", "nickname", "usuario", "alias de",
    "pseudo", "pseudonyme", "utilisateur", "nom d'utilisateur", "identifiant", "utilizator", "nume de utilizator", "benutzername", "benutzer",
    "nutzername", "utente", "nome utente", "utilizador", "gebruikersnaam", "użytkownik", "nazwa użytkownika", "логін", "логин", "ник", "нік",
    "kullanıcı adı", "gamer tag", "gamertag", "game tag", "account name", "profile name", "profile id", "profil", "perfil", "contul", "cuenta de",
    "nome de usuário", "nombre de usuario", "screen names",
)  # fmt: skip
WORDS: Lexicon[str] = Lexicon(
    [*((s, "service") for s in SERVICES), *((s, "short") for s in SHORT), *((s, "label") for s in LABELS)]
)

MIDDLE = re.compile(
    r"(?:[ ]{1,2}(?:id|account|acc|user|username|handle|name|profile|profil|perfil|compte|cuenta|cont|contul|konto|usuario|nick|number|contact|nom|nume|"
    r"tag|is|es|est|este|ist|as|como|sous|ca|als|under|called|named|de|the)\b){0,4}",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"[ ]{0,2}(?P<colon>[:=]?)[ ]{0,2}[(\"“„«'-]?[ ]{0,1}(?P<it>[^\W_][\w.-]{0,38}\w|_[\w.-]{1,38}\w)(?:#[0-9]{4})?(?![\w@#:])"
)
BACK = re.compile(r"[A-Za-z0-9.-]{0,253}\Z")
PATH = re.compile(r"(?::[0-9]{2,5})?(?:[/?#][^\s<>\"'«»]{0,300}[^\s<>\"'«».,;:!?)\]])?/?")
DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9][a-z0-9-]{0,62}){1,5}", re.IGNORECASE)

TLDS = frozenset(
    words_of(
        "com net org info biz xyz top site online club shop app dev io me co tv cc ly gg ai to ws eu uk es fr de ro it pt nl pl ua ru tr bg "
        "md al rs hr hu cz sk si gr at ch be lu ie dk se no fi is ee lv lt mk ba us ca mx br ar cl pe ve ec uy au nz in pk bd lk np th vn "
        "ph id my sg hk cn jp kr tw ng gh ke za eg ma tn dz su by kz ge am az live chat cam sex xxx porn dating link page blog news store "
        "pro mobi edu gov"
    )
)  # fmt: skip
"""Top-level domains that are used (IANA root zone)."""

WORDLIKE = frozenset(
    words_of(
        "to me at in no is it be my de es am top pro online club shop site live chat link page blog news store sex app"
    )
)
"""Those that are words: after a full stop without its space they may begin a sentence, so that lower case alone counts."""


def find_online(reading: Reading) -> Iterator[Span]:
    """``HANDLE`` behind a service or a label, ``URL`` for a domain without ``www.`` and scheme."""
    text = reading.text
    done = 0
    for _, end, kind in WORDS.find(reading):
        span = _account(text, end, kind)
        if span is not None and span[0] >= done:
            done = span[1]
            yield Span(*span, "HANDLE", 0.75, "rule")
    if "." not in text:
        return
    for word in reading.words:
        if word.fold in TLDS and text[word.start - 1 : word.start] == ".":
            found = _domain(text, word.start, word.end)
            if found is not None:
                yield Span(*found, "URL", 0.75, "rule")


def _account(text: str, end: int, kind: str) -> tuple[int, int] | None:
    """The name behind a service that ends at ``end``: told by a colon, or from words by its form."""
    middle = MIDDLE.match(text, end)
    found = BETWEEN.match(text, middle.end() if middle else end)
    if found is None or (not found["colon"] and found.start("it") == found.start()):
        return None
    name = found["it"]
    sure = bool(found["colon"]) and kind != "short"
    if kind == "short" and not (found["colon"] or "@" in name):
        return None
    if name.casefold() in NO_NAMES or not (_made(name) or (sure and len(name) > 2)) or name.isdigit():
        return None
    return found.start("it"), found.end()


NO_NAMES = frozenset(
    words_of("yes no none n/a unknown the and http https www call calls message messages group chat video name user")
)


def _made(name: str) -> bool:
    """Whether a word is one that a person made up: a digit, an underscore, a dot or a change of case within."""
    inner = name[1:]
    return any(c.isdigit() or c in "_." for c in name) or (any(c.isupper() for c in inner) and not name.isupper())


def _domain(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The whole of a domain whose last label is ``[start, end)``, with its path."""
    last = text[start:end]
    following = text[end : end + 2]
    if following[:1] in {"@", "-", "_"} or (following[:1] == "." and following[1:2].isalnum()):
        return None
    back = BACK.search(text, max(0, start - 254), start)
    first = back.start() if back else start
    host = text[first:end].lstrip(".-")
    first = end - len(host)
    if first and (text[first - 1] in "@:/_" or text[first - 1].isalnum()):
        return None
    path = PATH.match(text, end)
    stop = path.end() if path else end
    sentence = not last.islower() and not (host.isupper() or stop > end)
    if DOMAIN.fullmatch(host) is None or sentence or (last in WORDLIKE and stop == end and not _hostlike(host)):
        return None
    return first, stop


def _hostlike(host: str) -> bool:
    """Whether a host under a word-like domain is one: it says more than a word and a word (``ring.me`` may be prose)."""
    head = host.rpartition(".")[0]
    return head.islower() and (len(head) > 4 or any(c.isdigit() or c in ".-" for c in head))
