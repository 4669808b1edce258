using System.Diagnostics;
using System.Globalization;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// A real terminal with a shell in it: tmux, with a server of its own, which ends with this. Keys go in, the screen is read
/// back. The shell's prompt is <c>$</c>, its folder that of <c>run.sh</c>.
/// </summary>
internal sealed class TmuxTerminal : IDisposable
{
    // For the socket that tmux listens on. It would leave that behind.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");

    public TmuxTerminal(int columns = 60, int rows = 15)
    {
        Start("new-session", "-d", "-x", Text(columns), "-y", Text(rows), "-c", RunScript.Root, "env", "PS1=$ ", "TERM=screen-256color", $"XDG_STATE_HOME={_folder.FullName}", "bash", "--norc", "--noprofile");
        AwaitScreen(screen => screen is ["$"], "the shell should have started");
    }

    /// <summary>The rows of the screen, without spaces at their ends, without the empty ones at the end.</summary>
    public string[] Screen => Capture();

    /// <summary>All that is on the screen or was: rows that were wrapped are joined.</summary>
    public string[] Transcript => Capture("-S", "-", "-J");

    /// <summary>The cursor's cell, both from 0.</summary>
    public (int Row, int Column) Cursor
    {
        get
        {
            string[] numbers = Run("display-message", "-p", "#{cursor_y} #{cursor_x}").Trim().Split(' ');
            return (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What tmux knows of the terminal, asked in its own words: <c>#{insert_flag}</c>.</summary>
    public string Tell(string format) => Run("display-message", "-p", format).Trim();

    /// <summary>The process id of the innermost program that runs: the shell, or its child, and so on.</summary>
    public string Program
    {
        get
        {
            string process = Run("display-message", "-p", "#{pane_pid}").Trim();
            while (true)
            {
                string children = $"/proc/{process}/task/{process}/children";
                if (!File.Exists(children))
                {
                    Assert.Inconclusive("The program's process id is looked up in /proc, which this system does not have.");
                }

                string child = File.ReadAllText(children).Split(' ')[0];
                if (child.Length == 0)
                {
                    return process;
                }

                process = child;
            }
        }
    }

    /// <summary>Types <paramref name="text"/> as it is.</summary>
    public void Type(string text) => Run("send-keys", "-l", "--", text);

    /// <summary>Presses keys, by tmux's names: <c>Enter</c>, <c>Left</c>, <c>C-a</c>, <c>M-b</c>.</summary>
    public void Press(params string[] keys) => Run(["send-keys", .. keys]);

    /// <summary>Pastes, as a terminal does: in marks, if the program asks for them.</summary>
    public void Paste(string text)
    {
        Run("set-buffer", text);
        Run("paste-buffer", "-p");
    }

    /// <summary>Gives the window another size, and waits until the program in it can know: tmux takes its time to pass it on.</summary>
    public void Resize(int columns, int rows)
    {
        Run("resize-window", "-x", Text(columns), "-y", Text(rows));
        string device = Run("display-message", "-p", "#{pane_tty}").Trim();
        Eventually.True(
            () => Execute("bash", "-c", $"stty size <{device}").Trim() == $"{rows} {columns}", "the terminal should have its new size");
    }

    /// <summary>Waits until the screen is as <paramref name="isRight"/> wants it.</summary>
    public void AwaitScreen(Func<string[], bool> isRight, string reason)
    {
        string[] screen = [];
        long deadline = Environment.TickCount64 + (long)Limit.Wait.TotalMilliseconds;
        while (!isRight(screen = Screen))
        {
            if (Environment.TickCount64 > deadline)
            {
                Assert.Fail($"Not within {Limit.Wait.TotalSeconds} s: {reason}. The screen:\n{string.Join('\n', screen)}");
            }
        }
    }

    /// <summary>Waits until the last rows of the screen are these.</summary>
    public void AwaitRows(params string[] rows) =>
        AwaitScreen(screen => screen.TakeLast(rows.Length).SequenceEqual(rows), $"the screen should end in\n{string.Join('\n', rows)}\n");

    /// <summary>Waits until the cursor is there.</summary>
    public void AwaitCursor(int row, int column) =>
        Eventually.True(() => Cursor == (row, column), $"the cursor should be in row {row}, column {column}");

    public void Dispose()
    {
        try
        {
            Run("kill-server");
        }
        catch (AssertFailedException)
        {
            // It has ended by itself.
        }
        finally
        {
            _folder.Remove();
        }
    }

    private string[] Capture(params string[] options) =>
        [.. Run(["capture-pane", "-p", .. options]).Split('\n').Select(row => row.TrimEnd()).Reverse().SkipWhile(row => row.Length == 0).Reverse()];

    private void Start(params string[] arguments)
    {
        try
        {
            Run(arguments);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Inconclusive("tmux is not installed: without it nothing is known about the client in a terminal.");
        }
    }

    private string Run(params string[] arguments) => Execute("tmux", ["-S", Path.Combine(_folder.FullName, "tmux"), "-f", "/dev/null", "-u", .. arguments]);

    private static string Execute(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{program} {string.Join(' ', arguments)}: {error}");
        return output;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
