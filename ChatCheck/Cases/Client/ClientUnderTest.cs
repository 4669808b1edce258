using System.Text;
using ThreadedChat.ChatCheck.Running;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;
using static ThreadedChat.ChatCheck.Wire.Transcript;

namespace ThreadedChat.ChatCheck.Cases.Client;

/// <summary>A client that runs, and the terminal at which somebody sits: what is typed, what is shown.</summary>
internal sealed class ClientUnderTest(IProgram program, Transcript transcript, CaseClock clock) : IDisposable
{
    private const string Prompt = "[Me]";
    private const string Keyboard = "keyboard";
    private const string Screen = "screen";

    // What a terminal shows: the program prints, and the terminal itself shows what is typed, at the moment it is typed.
    private readonly TerminalScreen _screen = new();
    private int _shown;

    /// <summary>The program.</summary>
    public IProgram Program => program;

    /// <summary>What the last look was at, as it was printed.</summary>
    public string LastShown { get; private set; } = "";

    /// <summary>Types a line. What was printed before is looked at first.</summary>
    public void Type(string line)
    {
        Look();
        _screen.Write($"{line}\n");
        TypeRaw($"{line}\n");
    }

    /// <summary>Puts text into standard input as it is; the terminal does not show it.</summary>
    public void TypeRaw(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        transcript.Add(Keyboard, Direction.Sent, bytes);
        program.Write(bytes);
    }

    /// <summary>Ends standard input.</summary>
    public void EndInput()
    {
        transcript.Add(Keyboard, Direction.Sent, new Texts.Text("(end of input)", "(fim da entrada)"));
        program.EndInput();
    }

    /// <summary>Takes what was printed so far as seen.</summary>
    public void Look()
    {
        byte[] printed = program.Output.From(_shown);
        if (printed.Length > 0)
        {
            transcript.Add(Screen, Direction.Came, printed);
            LastShown = Encoding.UTF8.GetString(printed);
            _screen.Write(LastShown);
            _shown += printed.Length;
        }
    }

    /// <summary>Waits for a prompt among what was not looked at yet, and looks at it.</summary>
    public void AwaitPrompt() =>
        Await(
            printed => printed.Contains(Prompt, StringComparison.Ordinal),
            Prompt,
            () => new(
                "The prompt has not been printed. (Is the output flushed?)",
                "O prompt não foi impresso. (A saída é descarregada com flush?)"));

    /// <summary>As <see cref="AwaitPrompt"/>, where the prompt is not what the case is about: a missing one has its own case.</summary>
    public void AwaitPromptIfAny()
    {
        program.Output.Await(_shown, clock.Within(clock.Patience.Rest).Left, (bytes, _) =>
            Encoding.UTF8.GetString(bytes).Contains(Prompt, StringComparison.Ordinal));
        Look();
    }

    /// <summary>Waits until a terminal would show this line, finished; nothing else may be in the line.</summary>
    public void AwaitLine(string line) => AwaitScreen(screen => screen.FinishedLines.Contains(line), line);

    /// <summary>
    /// As <see cref="AwaitLine"/>, for the last thing a program says: behind a prompt will do, and so will a line that is not
    /// finished once the program has ended.
    /// </summary>
    public void AwaitLastLine(string line) =>
        AwaitScreen(
            screen => (program.Output.HasEnded ? screen.Lines : screen.FinishedLines)
                .Any(shown => shown == line || shown == $"{Prompt} {line}"),
            line);

    /// <summary>Waits for exactly these characters among what was not looked at yet, and looks at it.</summary>
    public void AwaitExactly(string printed) =>
        Await(unseen => unseen == printed, printed, () => new("Something else was printed.", "Outra coisa foi impressa."));

    /// <summary>The terminal must not show this anywhere.</summary>
    public void MustNotShow(string text)
    {
        if (AllLines().Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            throw Findings.Wrong(
                new("The terminal shows what it should not.", "O terminal mostra o que não deveria."),
                came: Show(Encoding.UTF8.GetBytes(string.Join('\n', AllLines()))));
        }
    }

    /// <summary>All lines that the terminal shows.</summary>
    public string[] AllLines()
    {
        Look();
        return [.. _screen.Lines];
    }

    /// <summary>The program must end.</summary>
    public void AwaitExit()
    {
        TimeSpan limit = clock.Patience.Reply;
        if (!program.AwaitExit(clock.Within(limit).Left))
        {
            throw Findings.Wrong(new(
                $"The program has not ended within {Findings.Seconds(limit)} s.",
                $"O programa não terminou em {Findings.Seconds(limit)} s."));
        }
    }

    /// <summary>The program must end, with this exit code.</summary>
    public void AwaitExit(int code)
    {
        AwaitExit();
        if (program.ExitCode is int other && other != code)
        {
            throw Findings.Wrong(
                new("The exit code is another one.", "O código de saída é outro."), Findings.Number(code), Findings.Number(other));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => program.Dispose();

    private void AwaitScreen(Func<TerminalScreen, bool> isEnough, string expected) =>
        Await(
            printed =>
            {
                TerminalScreen screen = _screen.Copy();
                screen.Write(printed);
                return isEnough(screen);
            },
            expected,
            () => NoLine(expected));

    /// <summary>What is wrong where a line is missed: perhaps it is there with something else in it.</summary>
    private Texts.Text NoLine(string expected)
    {
        Texts.Text what = new("The terminal does not show this line.", "O terminal não mostra esta linha.");
        if (_shown == 0)
        {
            return what.And(new("(Is the output flushed?)", "(A saída é descarregada com flush?)"));
        }

        if (_screen.Lines.FirstOrDefault(line => line != expected && line.Contains(expected, StringComparison.Ordinal)) is not string longer)
        {
            return what;
        }

        string shown = VisibleText.ShowPadded(Encoding.UTF8.GetBytes(longer));
        what = new($"The terminal does not show this line alone, but '{shown}'.", $"O terminal não mostra só esta linha, mas '{shown}'.");
        return longer.StartsWith(Prompt, StringComparison.Ordinal)
            ? what.And(new($"(Is the {Prompt} wiped first?)", $"(O {Prompt} é apagado antes?)"))
            : what;
    }

    private void Await(Func<string, bool> isEnough, string expected, Func<Texts.Text> otherwise)
    {
        TimeSpan limit = clock.Within(clock.Patience.Reply).Left;
        int start = _shown;
        bool came = program.Output.Await(start, limit, (bytes, _) => isEnough(Encoding.UTF8.GetString(bytes)));
        byte[] printed = program.Output.From(start);
        Look();
        if (!came)
        {
            throw Findings.Wrong(otherwise(), VisibleText.ShowPadded(Encoding.UTF8.GetBytes(expected)), VisibleText.ShowPadded(printed));
        }
    }
}
