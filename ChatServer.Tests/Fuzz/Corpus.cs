using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Fuzz;

/// <summary>
/// What mutation begins with: streams that mean something, good and bad, and short sequences that begin or break something.
/// A stream or sequence that has found a fault is added here, with a descriptive name.
/// </summary>
internal static class Corpus
{
    /// <summary>Streams of whole frames, of half ones, of none.</summary>
    public static readonly (string What, byte[] Bytes)[] Streams =
    [
        ("a name", Frames("Panda")),
        ("a name of 64 bytes", Frames(new string('n', 64))),
        ("a name that is too long", Frames(new string('n', 65))),
        ("a name with brackets", Frames("[Panda]")),
        ("a name with a space of zero width at its end", Frames("Ann\u200b")),
        ("a name with a blank that is no space at its end", Frames("Ann\u00a0")),
        ("a name of nothing to see", Frames("\u2800\u3164")),
        ("the name that everybody has on the own screen", Frames("mE")),
        ("a name that says that somebody has gone", Frames("Bob has left. Alice")),
        ("a name padded with NUL, as clients in C do", [.. "Panda"u8, .. new byte[WireFrame.Size - 5]]),
        ("a message", Frames("Hello world!")),
        ("a message as long as a frame", Frames(new string('x', WireFrame.Size))),
        ("a message that is two with the name in front", Frames(string.Concat(Enumerable.Repeat("word ", 39)) + "last")),
        ("letters of two bytes to the end of the frame", Frames(new string('é', 100))),
        ("letters of three bytes, cut by no frame", Frames(new string('漢', 66))),
        ("emoji to the end of the frame", Frames(string.Concat(Enumerable.Repeat("🐼", 50)))),
        ("a family of one grapheme and 25 bytes", Frames("👩‍👩‍👧‍👧 and the rest")),
        ("one letter under many marks", Frames("e" + new string('\u0301', 99))),
        ("a line with its newline, as many clients send it", Frames("Hello\n")),
        ("a blank frame", Frames("")),
        ("only white space", Frames(" \t \r\n ")),
        ("create, join, list", Frames("/create tea", "/join tea", "/list")),
        ("commands without argument", Frames("/create", "/join", "/")),
        ("commands with too much", Frames("/create a b c", "/join  tea\tnow", "/list all")),
        ("what is no command", Frames("/JOIN tea", "/joinx", "/👋", " /list")),
        ("a channel with a name of a whole frame", Frames("/create " + new string('c', 192))),
        ("a channel that paints", Frames("/create \u001b[31mred")),
        ("one channel in two spellings", Frames("/create caf\u00e9", "/create cafe\u0301", "/join cafe\u0301", "/list")),
        ("a channel that looks like a message", Frames("/create [Bob]\u00a0I\u2800give\u3164up", "/list")),
        ("a channel of nothing to see", Frames("/create \u200b\u2060", "/join\u3000tea")),
        ("marks over marks, in the wrong order", Frames("/create e" + new string('\u0308', 20) + new string('\u0323', 20))),
        ("leaving and coming back", Frames("/join tea", "hello", "/join tea", "hello")),
        ("commands of the extended mode", Frames("/who", "/who tea", "/msg Watcher hi", "/msg [Watcher] hi", "/leave", "/help", "/history 3", "/search hi")),
        ("commands of moderators", Frames("/kick Watcher", "/ban Watcher 5", "/bans", "/mute *", "/unmute *", "/announce hi", "/remove tea", "/unban x")),
        ("commands of the extended mode that lack something", Frames("/msg", "/msg [", "/msg []", "/msg ] x", "/who \u2800", "/history -1", "/search \"")),
        ("a private message in a channel", Frames("[[Watcher]] hi")),
        ("half a frame", "half a frame"u8.ToArray()),
        ("one byte too many", [.. Frames("Hello"), (byte)'/']),
        ("one byte too few", Frames("Hello")[..^1]),
        ("nothing", []),
        ("the prompt wiped, as some servers do", Frames("\r    \r[Panda] Hello\n")),
        ("a forged notice", Frames("x\nPanda has left")),
        ("all bytes there are", [.. Enumerable.Range(0, 256).Select(i => (byte)i)]),
    ];

    /// <summary>Insertions for mutations.</summary>
    public static readonly (string What, byte[] Bytes)[] Sequences =
    [
        ("a slash", "/"u8.ToArray()),
        ("a bracket", "["u8.ToArray()),
        ("the end of a name", "] "u8.ToArray()),
        ("a line break", "\n"u8.ToArray()),
        ("carriage return and line break", "\r\n"u8.ToArray()),
        ("a tab", "\t"u8.ToArray()),
        ("NUL", "\0"u8.ToArray()),
        ("the bell", "\a"u8.ToArray()),
        ("backspace", "\b"u8.ToArray()),
        ("DEL", Hex("7F")),
        ("clear the screen", "\u001b[2J"u8.ToArray()),
        ("set the title of the window", "\u001b]0;owned\u0007"u8.ToArray()),
        ("ask the terminal to answer", "\u001b[6n"u8.ToArray()),
        ("CSI as one character, U+009B", Hex("C2 9B")),
        ("CSI as one byte", Hex("9B")),
        ("next line, U+0085", Hex("C2 85")),
        ("line separator, U+2028", Hex("E2 80 A8")),
        ("paragraph separator, U+2029", Hex("E2 80 A9")),
        ("right-to-left override, U+202E", Hex("E2 80 AE")),
        ("left-to-right embedding, U+202A", Hex("E2 80 AA")),
        ("right-to-left isolate, U+2067", Hex("E2 81 A7")),
        ("pop directional isolate, U+2069", Hex("E2 81 A9")),
        ("left-to-right mark, U+200E", Hex("E2 80 8E")),
        ("right-to-left mark, U+200F", Hex("E2 80 8F")),
        ("Arabic letter mark, U+061C", Hex("D8 9C")),
        ("a blank that is no space, U+00A0", Hex("C2 A0")),
        ("the blank of Chinese and Japanese, U+3000", Hex("E3 80 80")),
        ("braille without dots, U+2800", Hex("E2 A0 80")),
        ("a filler of Hangul, U+3164", Hex("E3 85 A4")),
        ("a variation selector, U+FE0F", Hex("EF B8 8F")),
        ("the beginning of a syllable of Hangul", Hex("E1 84 92 E1 85 A1")),
        ("byte order mark", Hex("EF BB BF")),
        ("a letter of two bytes", Hex("C3 A9")),
        ("its first byte alone", Hex("C3")),
        ("the last byte of a letter alone", Hex("A9")),
        ("an emoji", Hex("F0 9F 90 BC")),
        ("all but its last byte", Hex("F0 9F 90")),
        ("an overlong slash", Hex("C0 AF")),
        ("an overlong line break", Hex("E0 80 8A")),
        ("half a surrogate pair", Hex("ED A0 BD")),
        ("above the last character", Hex("F4 90 80 80")),
        ("bytes that are never UTF-8", Hex("FE FF")),
        ("the last character there is", Hex("F4 8F BF BF")),
        ("joiner of zero width", Hex("E2 80 8D")),
        ("a mark over whatever is in front", Hex("CC 81")),
        ("many spaces", "                    "u8.ToArray()),
    ];

    private static byte[] Frames(params string[] texts) => WireFrame.Encode(texts);

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
