"""Hangul and the scripts of India in Latin letters, so that a name typed in them can meet the one of a passport.

Hangul by the Revised Romanization, syllable by syllable; Devanagari, Bengali and the blocks of Unicode that are laid out
like them without marks. One-way and lossy, for comparing and never for showing.
"""

from __future__ import annotations

import re

__all__ = ["HANGUL", "INDIC", "families", "romanized", "sound_bones"]

HANGUL = re.compile(r"[\uac00-\ud7a3]{1,20}")
INDIC = re.compile(r"[\u0900-\u0d7f\u200c\u200d]{2,40}")

_LEADS = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_TAILS = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace("-", "").split(" ")
_FIRST, _PER_LEAD, _PER_VOWEL = 0xAC00, 588, 28

_FAMILIES = {
    "김": "kim gim", "이": "lee yi rhee ri i", "박": "park pak bak", "최": "choi choe", "정": "jung jeong chung chong",
    "강": "kang gang", "조": "cho jo", "윤": "yoon yun", "장": "jang chang", "임": "lim im rim", "오": "oh o", "신": "shin sin",
    "유": "yoo yu ryu", "노": "roh noh no", "우": "woo u", "백": "baek paik", "안": "ahn an", "권": "kwon gwon", "황": "hwang",
    "송": "song", "전": "jeon jun chun", "문": "moon mun", "주": "joo ju", "구": "koo ku gu", "류": "ryu yoo", "서": "seo suh so",
    "허": "heo hur huh", "고": "ko go koh", "배": "bae pae", "손": "son sohn", "양": "yang", "홍": "hong", "한": "han", "리": "ri lee",
}  # fmt: skip
"""Family names as people write them, which no rule gives."""

_BLOCK = 0x80
_CONSONANTS = "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h".split()
_SIGNS = "a i i u u ri ri e e e ai o o o au".split()
_OWN = "a a i i u u ri li e e e ai o o o au".split()
_FINALS = {0x01: "n", 0x02: "n", 0x03: "h"}
_KA, _HA, _AA_SIGN, _OWN_A, _VIRAMA = 0x15, 0x39, 0x3E, 0x05, 0x4D
_NUKTA = {0x58: "k", 0x59: "kh", 0x5A: "g", 0x5B: "z", 0x5C: "r", 0x5D: "rh", 0x5E: "f", 0x5F: "y"}

_TWO = (("ch", "c"), ("sh", "s"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("ph", "p"), ("z", "j"), ("f", "p"), ("v", "b"))
_VOICED = str.maketrans("gdbcr", "ktpjl")
_BREATH = re.compile(r"(?<=[kgctdpbjslrmn])h|h\Z")
_DOUBLE = re.compile(r"(.)\1+")


def romanized(word: str) -> str:
    """A word of Hangul or of a script of India in small Latin letters; other letters stay."""
    return _hangul(word) if HANGUL.match(word) else _indic(word)


def families(syllable: str) -> frozenset[str]:
    """How people write the family name of one syllable."""
    return frozenset(_FAMILIES.get(syllable, "").split()) | {_hangul(syllable)}


def _hangul(word: str) -> str:
    out = []
    for letter in word:
        at = ord(letter) - _FIRST
        lead, rest = divmod(at, _PER_LEAD)
        if 0 <= lead < len(_LEADS):
            out.append(_LEADS[lead] + _VOWELS[rest // _PER_VOWEL] + _TAILS[rest % _PER_VOWEL])
        else:
            out.append(letter)
    return "".join(out)


def _indic(word: str) -> str:
    """Consonants carry an a, unless a sign changes it, a virama takes it off, or the word ends."""
    out: list[str] = []
    open_a = False
    for letter in word:
        place = ord(letter) % _BLOCK
        consonant = _CONSONANTS[place - _KA] if _KA <= place <= _HA else _NUKTA.get(place)
        if consonant is not None:
            out.append(("a" if open_a else "") + consonant)
            open_a = True
        elif _AA_SIGN <= place < _AA_SIGN + len(_SIGNS):
            out.append(_SIGNS[place - _AA_SIGN])
            open_a = False
        elif _OWN_A <= place < _OWN_A + len(_OWN):
            out.append(("a" if open_a else "") + _OWN[place - _OWN_A])
            open_a = False
        elif place in _FINALS:
            out.append(("a" if open_a else "") + _FINALS[place])
            open_a = False
        elif place == _VIRAMA:
            open_a = False
    return "".join(out)


def sound_bones(word: str, *, voiced: bool = True) -> str:
    """The consonants of a word in small Latin letters, by their sound; a first vowel stands as one. For comparing alone.

    ``voiced``: whether g is another sound than k, as it is not in Korean.
    """
    for two, one in _TWO:
        word = word.replace(two, one)
    word = _BREATH.sub("", word)
    bones = ("a" if word[:1] in set("aeiouwy") else "") + "".join(c for c in word if c not in "aeiouwy")
    return _DOUBLE.sub(r"\1", bones if voiced else bones.translate(_VOICED))
