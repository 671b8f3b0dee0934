"""Text to tokens. Identifiers stay exactly as typed: no Unicode normalisation of any kind."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from engine.feel import faults
from engine.feel.errors import FeelError

MAX_CHARACTERS = 500

WORDS = frozenset({"and", "or", "not", "in", "true", "false", "null"})
_SYMBOLS = ("..", "==", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "?")
_BARE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class Token:
    """A piece of an expression: kind is name, word, number, text, end, or the symbol itself."""

    kind: str
    text: str
    position: int


def tokenize(source: str) -> tuple[Token, ...]:
    """The tokens of an expression, closed by one of kind `end`."""
    if len(source) > MAX_CHARACTERS:
        raise FeelError(faults.TOO_LONG, MAX_CHARACTERS, count=str(len(source)), most=str(MAX_CHARACTERS))
    tokens: list[Token] = []
    at = 0
    while at < len(source):
        if source[at] in " \t\r\n":
            at += 1
            continue
        token, at = _token(source, at)
        tokens.append(token)
    return (*tokens, Token("end", "", len(source)))


def _token(source: str, at: int) -> tuple[Token, int]:
    character = source[at]
    if character == '"':
        return _text(source, at)
    if number := _NUMBER.match(source, at):
        return _number(source, at, number.end())
    if _starts_name(character):
        end = _name_end(source, at)
        name = source[at:end]
        return Token("word" if name in WORDS else "name", name, at), end
    for symbol in _SYMBOLS:
        if source.startswith(symbol, at):
            return Token(symbol, symbol, at), at + len(symbol)
    mend = faults.ASCII.get(character, faults.REMOVE)
    raise FeelError(
        faults.CHARACTER, at, character=character if character.isprintable() else ascii(character), mend=mend
    )


def _number(source: str, at: int, end: int) -> tuple[Token, int]:
    if bare := _BARE_DATE.match(source, at):
        raise FeelError(faults.BARE_DATE, at, date=bare[0])
    if end < len(source) and _continues_name(source[end]):
        raise FeelError(faults.DIGIT, at)
    return Token("number", source[at:end], at), end


def _text(source: str, at: int) -> tuple[Token, int]:
    characters: list[str] = []
    here = at + 1
    while here < len(source) and source[here] != '"':
        piece, here = _escape(source, here) if source[here] == "\\" else (source[here], here + 1)
        characters.append(piece)
    if here >= len(source):
        raise FeelError(faults.OPEN_TEXT, at)
    return Token("text", "".join(characters), at), here + 1


def _escape(source: str, at: int) -> tuple[str, int]:
    """One escape sequence; \\uXXXX gives one character, never half of a surrogate pair."""
    after = source[at + 1 : at + 2]
    if after in _ESCAPES:
        return _ESCAPES[after], at + 2
    digits = source[at + 2 : at + 6]
    if after == "u" and re.fullmatch(r"[0-9A-Fa-f]{4}", digits) and not 0xD800 <= int(digits, 16) <= 0xDFFF:
        return chr(int(digits, 16)), at + 6
    raise FeelError(faults.ESCAPE, at)


def _name_end(source: str, at: int) -> int:
    """Where the dotted name ends; a dot belongs to it only before another name."""
    end = at
    while end < len(source):
        if _continues_name(source[end]):
            end += 1
        elif source[end] == "." and end + 1 < len(source) and _starts_name(source[end + 1]):
            end += 2
        else:
            break
    return end


def _starts_name(character: str) -> bool:
    return character == "_" or unicodedata.category(character)[0] == "L"


def _continues_name(character: str) -> bool:
    return character == "_" or unicodedata.category(character) in _NAME_CATEGORIES


_NAME_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"})
