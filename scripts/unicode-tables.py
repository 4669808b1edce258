#!/usr/bin/env python3
"""Makes Common/Unicode/tables.txt from ICU, of the Debian package libicu72 (72.1, Unicode 15.0).

Needed only for a newer version of Unicode: apt-get install libicu72, then scripts/unicode-tables.py > Common/Unicode/tables.txt
"""
import ctypes as c

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


def section(name, what, lines):
    print(f"@{name} {what}")
    print("\n".join(lines))


def main():
    error = c.c_int(0)
    nfc = c.c_void_p(call(UC, "unorm2_getNFCInstance", c.c_void_p, c.byref(error)))
    spoof = c.c_void_p(call(I18N, "uspoof_open", c.c_void_p, c.byref(error)))
    recommended = c.c_void_p(call(I18N, "uspoof_getRecommendedSet", c.c_void_p, c.byref(error)))
    points = [p for p in range(0x110000) if not 0xD800 <= p <= 0xDFFF]
    hangul = range(0xAC00, 0xD7A4)

    decompositions, composites, classes, folds = [], [], [], []
    scripts, parts, prototypes = [], set(), []
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
            nfd = c.c_void_p(call(UC, "unorm2_getNFDInstance", c.c_void_p, c.byref(error)))
            parts.update(text_of(UC, "unorm2_normalize", nfd, source, length, ()))

    for char in sorted(parts):
        skeleton = text_of(I18N, "uspoof_getSkeleton", spoof, 0, *utf16(char), ())
        if skeleton != char:
            prototypes.append(f"{ord(char):X} {codes(skeleton)}")

    print("# Made by scripts/unicode-tables.py from ICU 72.1 (Unicode 15.0; Debian package libicu72 72.1-3+deb12u1).")
    print("# Extracts of the Unicode Character Database and of the data of UTS #39; modified in form, not in content.")
    print("# Copyright (c) 1991-2022 Unicode, Inc. All rights reserved. See LICENSE-UNICODE.txt beside this file.")
    section("decompose", "canonical decompositions, one step: character, what it is; without Hangul", decompositions)
    section("compose", "those among them that NFC puts together again: first, last", ranges([(p, "") for p in composites]))
    section("class", "canonical combining classes above 0: first, last, class", ranges(classes))
    section("fold", "full case folding: character, what it becomes", folds)
    section("script", "letters, marks and digits that UTS #39 recommends for identifiers, with their scripts: first, last, scripts", ranges(scripts))
    section("prototype", "confusable characters in their decompositions (UTS #39): character, what it looks like", prototypes)


main()
