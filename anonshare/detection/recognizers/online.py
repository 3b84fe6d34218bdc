"""Identifiers of the network: mail, web, messengers, machines.

Sources: RFC 5321 and 6531 (mail), RFC 3986 (URL), RFC 7686 and Tor's rend-spec-v3 (onion), RFC 791 and 4291 (IP), IEEE 802
(MAC); the rules of names as each service publishes them.
"""

from __future__ import annotations

import ipaddress
import re

from anonshare.detection.recognizers.online_names import find_online
from anonshare.detection.recognizers.shape import Shape

__all__ = ["ONLINE", "find_online"]


def _ip(text: str) -> bool:
    """Whether an address, with or without its port or prefix, is one."""
    host = re.sub(r"(?:/[0-9]{1,3}|(?<=[0-9])%[\w]{1,16})$", "", text.strip("[]"))
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return host not in {"::", "0.0.0.0"}  # noqa: S104 - what is compared is no address that is bound


_USER = r"[^\W_][\w.!#$%&'*+/=?^`{|}~-]{0,63}"
_HOST = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}[^\W\d_]{2,24}"
_PATH = r"(?:[/?#][^\s<>\"'«»]{0,300}[^\s<>\"'«».,;:!?)\]])?/?"

ONLINE: tuple[Shape, ...] = (
    Shape(
        "EMAIL_ADDRESS",
        re.compile(rf"(?<![\w.+%-])(?P<it>(?:{_USER}|\"[^\"\n]{{1,64}}\")@(?:[\w-]{{1,63}}\.){{1,6}}(?:xn--[a-z0-9]{{2,40}}|[^\W\d_]{{2,24}}))(?![\w-])"),
        (
            "mail «ana.popa@example.org» now", "write «m+x_1@sub.example.co.uk».", "«maría@correo.es»", "an «info@müller.de»,",
            '«"odd name"@example.org»', "(«a@b.info»)",
        ),
        ("at @home.now", "a@b", "x @ y.com", "user@"),
        "RFC 5321, RFC 6531",
        score=0.95,
        at="anywhere",
        needs=("@",),
    ),
    Shape(
        "URL",
        re.compile(rf"(?<![\w@])(?P<it>(?:[a-z][a-z0-9+.-]{{1,12}}://)(?:[^\s@/]{{1,64}}@)?[^\s<>\"'«»/?#]{{1,253}}{_PATH})", re.IGNORECASE),
        ("see «https://example.org/a/b?c=1#d», then", "at «http://10.0.0.1:8080/x».", "«ftp://files.example.net»", "«HTTP://WWW.EXAMPLE.DE/»"),
        ("http:// nothing", "a://"),
        "RFC 3986",
        score=0.9,
        at="anywhere",
        needs=("://",),
    ),
    Shape(
        "URL",
        re.compile(rf"(?<![\w@.-])(?P<it>www\.{_HOST}(?::[0-9]{{2,5}})?{_PATH})", re.IGNORECASE),
        ("see «www.example.org/ad/12».", "«www.site.co.uk»"),
        ("www.", "awww.cute"),
        "RFC 3986, without its scheme",
        score=0.9,
        at="anywhere",
        needs=("www.",),
    ),
    Shape(
        "URL",
        re.compile(r"(?<![\w.])(?P<it>(?:[a-z2-7]{56}|[a-z2-7]{16})\.onion(?::[0-9]{2,5})?(?:/[^\s<>\"'«»,;]{0,200})?)", re.IGNORECASE),
        ("at «expyuzz4wqqyqhjn.onion/x» he", "«2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion»"),
        ("an .onion", "red.onion"),
        "Tor rend-spec v2 and v3, RFC 7686",
        score=0.95,
        at="anywhere",
        needs=(".onion",),
        proof=True,
    ),
    Shape(
        "IP_ADDRESS",
        re.compile(r"(?<![\w.:-])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2}|:[0-9]{2,5})?(?![\w:-]|\.[0-9])"),
        ("from «192.168.10.4» at", "«10.0.0.0/8»", "«203.0.113.7:8080»"),
        ("version 1.2.3", "999.1.1.1", "1.2.3.4.5"),
        "RFC 791",
        score=0.85,
        check=_ip,
    ),
    Shape(
        "IP_ADDRESS",
        re.compile(r"(?<![\w:.])(?P<it>(?=[0-9a-f]{0,4}:[0-9a-f]{0,4}:)[0-9a-f:]{2,39}(?:[0-9.]{7,15})?(?:/[0-9]{1,3})?)(?![\w:.]*[\w:])", re.IGNORECASE),
        ("from «2001:db8::8a2e:370:7334» at", "«fe80::1»,", "«2001:0db8:85a3:0000:0000:8a2e:0370:7334»"),
        ("at 12:30:45 he", "a::b::c", "ratio 1:2"),
        "RFC 4291",
        score=0.9,
        at="anywhere",
        needs=(":",),
        check=lambda text: _ip(text) and text.count(":") >= 2,
    ),
    Shape(
        "MAC_ADDRESS",
        re.compile(
            r"(?<![\w:.-])(?P<it>[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5})|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?![\w:-]|\.[0-9a-f])", re.IGNORECASE
        ),
        ("MAC «00:1A:2b:3C:4d:5E» of", "«00-1A-2B-3C-4D-5E»", "«001a.2b3c.4d5e»"),
        ("00:1A:2B:3C:4D", "10-11-12-13-14-15-16"),
        "IEEE 802, EUI-48",
        score=0.9,
        at="anywhere",
        needs=(":", "-", "."),
        check=lambda text: any(c in "abcdefABCDEF" for c in text) or ":" in text,
    ),
    Shape(
        "HANDLE",
        re.compile(r"(?<![\w.@/+%-])(?P<it>@(?!(?:[0-9]|[a-z]{1,20} [0-9])[^\w])[A-Za-z0-9_](?:[\w.-]{0,38}\w)?)(?![\w@])"),
        ("wrote as «@luna_77» at night", "add «@real.carla-x», or", "(«@yulya_88»)"),
        ("mail a@example.org", "meet @ 7", "an @"),
        "names on messengers and networks",
        score=0.9,
        at="anywhere",
        needs=("@",),
    ),
    Shape(
        "HANDLE",
        re.compile(r"(?<![\w#@.])(?P<it>[\w.]{2,32}#[0-9]{4})(?![\w#])"),
        ("on Discord «night.owl#4821» said",),
        ("apartment #4821", "C#1999a"),
        "Discord's names with a discriminator; game tags",
        score=0.8,
        at="anywhere",
        needs=("#",),
    ),
    Shape(
        "HANDLE",
        re.compile(r"(?<![\w.:])(?P<it>live:(?:\.cid\.[0-9a-f]{12,20}|[\w.,-]{3,40}\w))", re.IGNORECASE),
        ("Skype «live:carla.77» or", "«live:.cid.1a2b3c4d5e6f7a8b»"),
        ("they live: here", "live:x"),
        "Skype names",
        score=0.9,
        at="anywhere",
        needs=("live:",),
    ),
)  # fmt: skip
