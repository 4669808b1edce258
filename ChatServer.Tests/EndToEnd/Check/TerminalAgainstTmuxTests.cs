using ThreadedChat.ChatCheck.Terminals;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Compares the checker's terminal with a real one (inconclusive without tmux).</summary>
[TestClass]
public sealed class TerminalAgainstTmuxTests
{
    private const int Rows = 12;
    private const int Columns = 40;
    private const int RandomTexts = 60;

    private static readonly string[] Texts =
    [
        "[Me] \r    \r[Bob] hi\n[Me] ",
        "[Me] \e[2K\e[1G[Bob] hi\n[Me] ",
        "[Me] \e[5D\e[5X[Bob] hi\n[Me] ",
        "[Me] \r\e[5P[Bob] hi\n[Me] ",
        "one\ntwo\nthree\r\e[2A\e[1L[Bob]\e[2B\e[K!",
        "one\ntwo\nthree\e[2A\r\e[1Mx",
        "abcdef\e[3D\e[2@XY\e[1P",
        "abc\e[1K\e[1Cd\e[0J",
        "one\ntwo\nthree\nfour\e[2;2H\e[1J",
        "one\ntwo\nthree\nfour\e[2;2H\e[J",
        "a\e[2J b",
        "\e[3;5Hx\e[2Ay\e[1By\e[3Cz\e[4Dw\e[6Gg\e[9`h\e[2di\e[4dj",
        "\e[5;1Ha\e[2Eb\e[4Fc",
        "\e[2;5r\e[5;1Hone\ntwo\nthree\nfour\e[1;1H\eM\e[2;1H\eMtop\e[5;1H\eDx\eEy",
        "\e[3;6r\e[?6h\e[1;1Ha\e[9;1Hb\e[?6lc",
        "1\n2\n3\n4\n5\e[2Sx\e[1Ty",
        "\e[2;4r1\n2\n3\n4\n5\e[2Sx\e[1Ty\e[3;1H\e[1Lz",
        "\ta\tb\e[1Zc\e[3g\e[10G\eH\r\td",
        "\e7abc\e8X\e[sdef\e[uY",
        "0123456789012345678901234567890123456789wrapped\e[1;3Hx",
        "012345678901234567890123456789012345678你好",
        "你好\b\bx\e[1;1Hy 你\e[3G\e[2Xz",
        "e\u0301a\u0308 ação",
        "\e[4habc\e[1GXY\e[4ld",
        "\e[?7l0123456789012345678901234567890123456789end\e[?7h",
        "a\e[4b\n\e[3;3H\e#8\e[2;2H\e[2K",
        "\e[38;5;66mcolour\e[0m\e[4:3mcurly\e[m\e]0;title\aend\e]8;;http://x\e\\link\e]8;;\e\\",
        "\e[?1049hsecond\e[?1049lfirst",
        "one\e[?1049h\e[2;2Hsecond",
        "\e[20Cx\e[1;39Hab\e[12;1Hlast\n\n\nscrolled\e[A\e[K.",
    ];

    /// <summary>
    /// The parts of random texts. None of them leaves the cursor behind the last column: terminals differ there.
    /// They also differ in where a row that is inserted or deleted leaves the cursor: it is in the first column before.
    /// </summary>
    private static readonly string[] Pieces =
    [
        "abc", "x", "[Me] ", "ção", "\r", "\n", "\b", "\t", "\e[A", "\e[2B", "\e[3C", "\e[2D", "\e[G", "\e[7G", "\e[3;4H", "\e[8;2f", "\e[5d",
        "\e[K", "\e[1K", "\e[2K", "\e[J", "\e[1J", "\e[3X", "\e[2@", "\e[2P", "\r\e[L", "\r\e[2M", "\e[S", "\e[T", "\eM", "\eD", "\eE", "\e7", "\e8",
        "\e[E", "\e[2F", "\e[4h", "\e[4l", "y\e[2b",
    ];

    [TestMethod]
    public void The_emulator_and_tmux_show_the_same()
    {
        var random = new Random(20_26);
        IEnumerable<string> randomTexts = Enumerable.Range(0, RandomTexts)
            .Select(_ => string.Concat(random.GetItems(Pieces, 25)));
        var differences = new List<string>();
        using var folder = new PrintedFiles();
        using var tmux = new TmuxTerminal(Columns, Rows);
        foreach (string text in Texts.Concat(randomTexts))
        {
            string printed = $"\ec\e[H\e[2J{text}".Replace("\n", "\r\n", StringComparison.Ordinal);
            var screen = new TerminalScreen(Rows, Columns);
            screen.Write(printed);

            folder.Show(printed, tmux);

            string[] shown = [.. screen.Rows.Reverse().SkipWhile(row => row.Length == 0).Reverse()];
            string here = $"{string.Join('\n', shown)}\n{(screen.CursorRow, screen.CursorColumn)}";
            string there = $"{string.Join('\n', tmux.Screen)}\n{tmux.Cursor}";
            if (here != there)
            {
                differences.Add($"{text.Replace("\e", "\\e", StringComparison.Ordinal)}\ntmux:\n{there}\nhere:\n{here}");
            }

            PrintedFiles.Continue(tmux);
        }

        Assert.IsEmpty(differences, string.Join("\n\n", differences));
    }

    /// <summary>Lets the shell of a terminal print files, and waits until it has.</summary>
    private sealed class PrintedFiles : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");
        private int _count;

        private string Path => System.IO.Path.Combine(_folder.FullName, "printed");

        private string Done => $"{Path}{_count}";

        public void Show(string text, TmuxTerminal tmux)
        {
            _count++;
            File.WriteAllText(Path, text);

            // The terminal answers where its cursor is once it has shown all that came before the question.
            tmux.Type($"stty -echo -opost; cat {Path}; printf '\\e[6n'; read -rs -d R; touch {Done}; read -r; stty echo opost; printf '\\ec'");
            tmux.Press("Enter");
            Eventually.True(() => File.Exists(Done), "the terminal should have shown the file");
        }

        public static void Continue(TmuxTerminal tmux)
        {
            tmux.Press("Enter");
            tmux.AwaitScreen(screen => screen is ["$"], "the shell should be ready again");
        }

        public void Dispose() => _folder.Remove();
    }
}
