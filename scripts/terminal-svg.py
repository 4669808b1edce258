#!/usr/bin/env python3
"""Draws a terminal's screen as SVG, for the pictures in docs/images.

  tmux capture-pane -p -e | scripts/terminal-svg.py --title "a title" --columns 70 > docs/images/name.svg

Reads what tmux has captured with its styles (SGR). --light draws it on a white background.
"""
import argparse
import re
import sys
from xml.sax.saxutils import escape

CELL = 8.4
ROW = 18
EDGE = 12
BAR = 28
BASIC = ["#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5"]


def palette(number):
    """The colour with this number of the 256 of xterm."""
    if number < 16:
        return BASIC[number % 8]
    if number >= 232:
        level = 8 + 10 * (number - 232)
        return "#%02x%02x%02x" % (level, level, level)
    number -= 16
    steps = [0, 95, 135, 175, 215, 255]
    return "#%02x%02x%02x" % (steps[number // 36], steps[number // 6 % 6], steps[number % 6])


def apply(style, codes):
    """The style after a SGR sequence."""
    codes = [int(code or 0) for code in codes.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style = {}
        elif code == 38 and codes[:1] == [5]:
            style = {**style, "colour": palette(codes[1])}
            codes = codes[2:]
        elif 30 <= code <= 37:
            style = {**style, "colour": BASIC[code - 30]}
        elif code == 39:
            style = {key: value for key, value in style.items() if key != "colour"}
        elif code in (1, 2, 7):
            style = {**style, {1: "bold", 2: "dim", 7: "reverse"}[code]: True}
    return style


def runs(row, style):
    """The row as pieces of text with their styles, and the style at its end."""
    pieces = []
    for part in re.split(r"(\x1b\[[0-9;]*m|\x1b\(B|\x0f)", row):
        if part.startswith("\x1b["):
            style = apply(style, part[2:-1])
        elif part and not part.startswith("\x1b") and part != "\x0f":
            pieces.append((part, style))
    return pieces, style


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--title", default="")
    parser.add_argument("--columns", type=int, default=70)
    parser.add_argument("--light", action="store_true")
    options = parser.parse_args()
    back, front = ("#ffffff", "#000000") if options.light else ("#000000", "#e5e5e5")

    rows = sys.stdin.read().rstrip("\n").split("\n")
    width = options.columns * CELL + 2 * EDGE
    height = len(rows) * ROW + 2 * EDGE + BAR
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" viewBox="0 0 {width:.0f} {height}">')
    print(f'<rect width="100%" height="100%" rx="6" fill="{back}" stroke="#808080"/>')
    print(f'<rect width="100%" height="{BAR}" rx="6" fill="#808080"/>')
    font = 'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14"'
    print(f'<text x="50%" y="19" text-anchor="middle" fill="#ffffff" {font}>{escape(options.title)}</text>')
    style = {}
    for number, row in enumerate(rows):
        column = 0
        pieces, style = runs(row, style)
        for text, look in pieces:
            colour = look.get("colour", front)
            x, y = EDGE + column * CELL, BAR + EDGE + number * ROW
            if look.get("reverse"):
                print(f'<rect x="{x:.1f}" y="{y}" width="{len(text) * CELL:.1f}" height="{ROW}" fill="{colour}"/>')
                colour = back
            more = ' font-weight="bold"' if look.get("bold") else ""
            more += ' opacity="0.6"' if look.get("dim") else ""
            print(f'<text x="{x:.1f}" y="{y + 14}" fill="{colour}" xml:space="preserve" {font}{more}'
                  f' textLength="{len(text) * CELL:.1f}">{escape(text)}</text>')
            column += len(text)
    print("</svg>")


if __name__ == "__main__":
    main()
