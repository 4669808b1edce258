#!/usr/bin/env python3
"""Makes Common/Unicode/tables.txt from ICU, of the Debian package libicu72 (72.1, Unicode 15.0).

Needed only for a newer version of Unicode: apt-get install libicu72, then scripts/unicode-tables.py > Common/Unicode/tables.txt
"""
import ctypes as c
import re

VERSION = "72"
UC = c.CDLL(f"libicuuc.so.{VERSION}")
I18N = c.CDLL(f"libicui18n.so.{VERSION}")


def call(lib, name, result, *arguments):
    function = getattr(lib, f"{name}_{VERSION}")
    function.restype = result
    return function(*arguments)


def text_of(lib, name, *arguments):
    """A call that fills a buffer of UTF-16 and takes an error code last; None where it returns less than 0."""
    buffer, error = (c.c_uint16 * 100)(), c.c_int(0)
    length = call(lib, name, c.c_int, *arguments[:-1], buffer, 100, *arguments[-1], c.byref(error))
    if error.value > 0:
        raise RuntimeError(f"{name}: {error.value}")
    return None if length < 0 else bytes(buffer)[: 2 * length].decode("utf-16-le")


def utf16(text):
    data = text.encode("utf-16-le")
    return (c.c_uint16 * (len(data) // 2)).from_buffer_copy(data), len(data) // 2


def codes(text):
    return " ".join(f"{ord(char):X}" for char in text)


def ranges(values):
    """Lines 'first last value' for a sorted list of (code point, value)."""
    lines, first, last, kept = [], None, None, None
    for point, value in values + [(None, None)]:
        if first is not None and (point != last + 1 or value != kept):
            lines.append(f"{first:X} {last:X} {kept}".rstrip())
            first = None
        if first is None:
            first, kept = point, value
        last = point
    return lines


def groups(looks):
    """Lines 'look characters' for pairs of (character, look), the code points of a look separated by commas."""
    found = {}
    for char, look in looks:
        found.setdefault(codes(look).replace(" ", ","), []).append(char)
    return [f"{look} {codes(chars)}" for look, chars in found.items()]


def name_of(point):
    buffer, error = c.create_string_buffer(200), c.c_int(0)
    call(UC, "u_charName", c.c_int32, point, 0, buffer, 200, c.byref(error))
    return buffer.value.decode()


def skeleton_of(spoof, text):
    """The skeleton, repeated until it is stable: for a few characters the result has a look of its own."""
    found = text_of(I18N, "uspoof_getSkeleton", spoof, 0, *utf16(text), ())
    return found if found == text else skeleton_of(spoof, found)


def styled(spoof, point, name, compatible, look):
    """
    The characters of which this one is a form: by its compatibility decomposition (NFKD), if that is ASCII and UTS #39 does not state
    that it looks like other ASCII text, or for the forms of full and half width; and by its name for letters in a filled circle or square, and for kinds of
    square brackets. None for every other character.
    """
    if bracket := re.search(r"^(?!TAG ).*\b(LEFT|RIGHT)\b.*\bSQUARE BRACKET\b", name):  # tags are invisible, and no name has them
        return "[" if bracket[1] == "LEFT" else "]"
    if letter := re.fullmatch(r"(?:CROSSED )?NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])", name):
        return letter[1]
    if compatible.isascii() or 0xFF00 <= point <= 0xFFEF:
        return None if look.isascii() and not look[0].isspace() and look != skeleton_of(spoof, compatible) else compatible
    return None


def section(name, what, lines):
    print(f"@{name} {what}")
    print("\n".join(lines))


def main():
    error = c.c_int(0)
    nfc = c.c_void_p(call(UC, "unorm2_getNFCInstance", c.c_void_p, c.byref(error)))
    spoof = c.c_void_p(call(I18N, "uspoof_open", c.c_void_p, c.byref(error)))
    nfd = c.c_void_p(call(UC, "unorm2_getNFDInstance", c.c_void_p, c.byref(error)))
    nfkd = c.c_void_p(call(UC, "unorm2_getNFKDInstance", c.c_void_p, c.byref(error)))
    recommended = c.c_void_p(call(I18N, "uspoof_getRecommendedSet", c.c_void_p, c.byref(error)))
    points = [p for p in range(0x110000) if not 0xD800 <= p <= 0xDFFF]
    hangul = range(0xAC00, 0xD7A4)

    decompositions, composites, classes, folds = [], [], [], []
    scripts, forms, prototypes, small = [], [], [], {}
    for point in points:
        char = chr(point)
        if point not in hangul:
            raw = text_of(UC, "unorm2_getRawDecomposition", nfc, point, ())
            if raw is not None:
                decompositions.append(f"{point:X} {codes(raw)}")
                if len(raw) == 2 and call(UC, "unorm2_composePair", c.c_int32, nfc, ord(raw[0]), ord(raw[1])) == point:
                    composites.append(point)
        combining = call(UC, "u_getCombiningClass", c.c_uint8, point)
        if combining:
            classes.append((point, combining))
        source, length = utf16(char)
        buffer = (c.c_uint16 * 20)()
        folded_length = call(UC, "u_strFoldCase", c.c_int, buffer, 20, source, length, 0, c.byref(error))
        folded = bytes(buffer)[: 2 * folded_length].decode("utf-16-le")
        if folded != char:
            folds.append(f"{point:X} {codes(folded)}")

        # 0: letters (categories 1 to 5), marks (6 to 8), decimal digits (9)
        category = call(UC, "u_charType", c.c_int8, point)
        if 1 <= category <= 9 and category != 7 and call(UC, "uset_contains", c.c_int8, recommended, point):
            found = (c.c_int * 40)()
            count = call(UC, "uscript_getScriptExtensions", c.c_int, point, found, 40, c.byref(error))
            names = []
            for script in found[:count]:
                function = getattr(UC, f"uscript_getShortName_{VERSION}")
                function.restype = c.c_char_p
                names.append(function(script).decode())
            scripts.append((point, " ".join(sorted(names))))

        if text_of(UC, "unorm2_normalize", nfd, source, length, ()) != char or char.isspace():
            continue
        name, look = name_of(point), skeleton_of(spoof, char)
        compatible = text_of(UC, "unorm2_normalize", nfkd, source, length, ())
        form = None if char.isascii() else styled(spoof, point, name, compatible, look)
        if form not in (None, char):
            forms.append((char, form))
        elif look != char:
            prototypes.append((char, look))
        if look == char and (letter := re.fullmatch("LATIN LETTER SMALL CAPITAL ([A-Z])", name)):
            small[point] = skeleton_of(spoof, letter[1].lower())

    # UTS #39 lets some small capitals look like themselves only; they also look like the capital, in another size.
    # Two more stand for a small capital in its data: U+028D for M, U+0138 for K.
    small.update({0x28D: skeleton_of(spoof, "m"), 0x138: "k"})
    prototypes = [(char, look.translate(small)) for char, look in prototypes] + [(chr(point), look) for point, look in small.items()]

    print("# Made by scripts/unicode-tables.py from ICU 72.1 (Unicode 15.0; Debian package libicu72 72.1-3+deb12u1).")
    print("# Extracts of the Unicode Character Database and of the data of UTS #39; modified in form, not in content.")
    print("# Copyright (c) 1991-2022 Unicode, Inc. All rights reserved. See LICENSE-UNICODE.txt beside this file.")
    section("decompose", "canonical decompositions, one step: character, what it is; without Hangul", decompositions)
    section("compose", "those among them that NFC puts together again: first, last", ranges([(p, "") for p in composites]))
    section("class", "canonical combining classes above 0: first, last, class", ranges(classes))
    section("fold", "full case folding: character, what it becomes", folds)
    section("script", "letters, marks and digits that UTS #39 recommends for identifiers, with their scripts: first, last, scripts", ranges(scripts))
    section("form", "forms of other characters, such as letters of full width and in circles: what it is a form of, characters", groups(forms))
    section("prototype", "confusable characters (UTS #39) and small capitals: what they look like, characters", groups(prototypes))


main()
