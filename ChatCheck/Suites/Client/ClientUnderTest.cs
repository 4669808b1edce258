using System.Text;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;
using static ThreadedChat.ChatCheck.Wire.Transcript;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>A running client, and its terminal: input and output.</summary>
internal sealed class ClientUnderTest(IProgram program, Transcript transcript, CaseClock clock, StartTimes starts) : IDisposable
{
    private const string Prompt = ClientScreen.Prompt;
    private const string Keyboard = "keyboard";
    private const string Screen = "screen";

    private readonly ClientScreen _screen = new(program);
    private int _changesAtTyping = -1;

    public IProgram Program => program;

    /// <summary>The output that was read last, unchanged.</summary>
    public string LastShown { get; private set; } = "";

    /// <summary>Types a line as a user does: once there is a prompt. Earlier output is read first.</summary>
    public void Type(string line)
    {
        if (program.IsTerminal)
        {
            // A program that edits the line itself has not set up its terminal before it shows its prompt.
            _screen.Await(clock.Within(clock.Timeouts.Quiet), () => _screen.ShowsPrompt && _screen.Changes != _changesAtTyping);
        }

        Look();
        _changesAtTyping = _screen.Changes;
        _screen.Echo($"{line}\n");
        TypeRaw($"{line}\n");
    }

    /// <summary>Types text unchanged; without a terminal, nothing shows it.</summary>
    public void TypeRaw(string text)
    {
        string keys = program.IsTerminal ? text.Replace('\n', '\r') : text; // what the Enter key sends
        byte[] bytes = Encoding.UTF8.GetBytes(keys);
        transcript.Add(Keyboard, Direction.Sent, bytes);
        program.Write(bytes);
    }

    /// <summary>Ends standard input.</summary>
    public void EndInput()
    {
        transcript.Add(Keyboard, Direction.Sent, program.IsTerminal
            ? new Texts.Text("(Ctrl-D)", "(Ctrl-D)")
            : new Texts.Text("(end of input)", "(fim da entrada)"));
        program.EndInput();
    }

    /// <summary>Marks the output so far as seen.</summary>
    public void Look()
    {
        byte[] printed = _screen.Look();
        if (printed.Length > 0)
        {
            transcript.Add(Screen, Direction.Received, printed);
            LastShown = Encoding.UTF8.GetString(printed);
        }
    }

    /// <summary>Waits for a prompt that was not looked at yet, and looks at it.</summary>
    public void AwaitPrompt() =>
        Await(
            () => _screen.HasNewPrompt,
            Prompt,
            () => new(
                "The client has not printed the prompt [Me]. (Does it flush its output?)",
                "O cliente não imprimiu o prompt [Me]. (Ele descarrega a saída com flush?)"));

    /// <summary>As <see cref="AwaitPrompt"/>, in a case that is not about the prompt: a missing one has its own case.</summary>
    public void AwaitPromptIfAny()
    {
        _screen.Await(clock.Within(clock.Timeouts.Rest), () => _screen.HasNewPrompt);
        Look();
    }

    /// <summary>
    /// Waits until the terminal shows this line, finished; nothing else may be in the line but blanks. It must still be there
    /// when the program is ready for the next.
    /// </summary>
    public void AwaitLine(string line)
    {
        Await(() => Shows(line), line, () => NoLine(line), WaitWhilePossible(() => Shows(line), () => IsFinishedBehindPrompt(line)));
        _screen.Await(clock.Within(clock.Timeouts.Quiet), () => _screen.ShowsPrompt);
        if (!Shows(line))
        {
            Look();
            throw Wrong(
                new("The terminal showed this line, but it has disappeared.", "O terminal mostrou esta linha, mas ela desapareceu."),
                line, _screen.LastLines());
        }
    }

    /// <summary>
    /// As <see cref="AwaitLine"/>, for the last thing a program says: behind a prompt will do, and so will a line that is not
    /// finished once the program has ended, or one of the second screen, which the program has left.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="fromStart">Whether nothing has shown yet that the program has started.</param>
    public void AwaitLastLine(string line, bool fromStart = false) =>
        Await(
            () => _screen.Lines(areFinished: !program.Output.HasEnded).Concat(_screen.LeftLines)
                .Any(shown => Matches(shown, line) || Matches(shown, $"{Prompt} {line}")),
            line,
            () => fromStart ? NoLine(line).And(Findings.StartLimit(starts.Limit)) : NoLine(line),
            fromStart ? starts.Await(clock) : null);

    /// <summary>Waits for exactly these characters in the output that was not read yet, and reads it.</summary>
    public void AwaitExactly(string printed)
    {
        bool IsThere() => _screen.Unseen == printed;
        Await(
            IsThere,
            printed,
            () => new("Something else was printed.", "Outra coisa foi impressa."),
            WaitWhilePossible(IsThere, () => !CanBecome(_screen.Unseen, printed)));
    }

    /// <summary>The terminal must not show this anywhere.</summary>
    public void MustNotShow(string text)
    {
        if (AllLines().Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            throw Wrong(
                new("The terminal shows a text that it should not show.", "O terminal mostra um texto que não deveria mostrar."),
                expected: null,
                Show(Encoding.UTF8.GetBytes(string.Join('\n', AllLines()))));
        }
    }

    /// <summary>All lines that the terminal shows, without blanks around them.</summary>
    public string[] AllLines()
    {
        Look();
        return [.. _screen.Lines(areFinished: false).Select(line => line.Trim(' '))];
    }

    /// <summary>Whether the program draws on a screen that keeps only as many lines as it has rows.</summary>
    public bool KeepsFewLines => _screen.IsAlternate;

    /// <summary>The program must end.</summary>
    /// <param name="fromStart">Whether nothing has shown yet that the program has started.</param>
    public void AwaitExit(bool fromStart = false)
    {
        CaseClock.Wait wait = fromStart ? starts.Await(clock) : clock.ForAnswer();
        if (!wait.Until(program.AwaitExit))
        {
            Texts.Text what = new("The program has not ended.", "O programa não terminou.");
            throw Wrong(fromStart ? what.And(Findings.StartLimit(starts.Limit)) : what);
        }
    }

    /// <summary>The program must end, with this exit code.</summary>
    public void AwaitExit(int code, bool fromStart = false)
    {
        AwaitExit(fromStart);
        if (program.ExitCode is int other && other != code)
        {
            throw Wrong(new("The exit code is wrong.", "O código de saída está errado."), Findings.Number(code), Findings.Number(other));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => program.Dispose();

    /// <summary>Whether an output may be the first part of another one; the last character may not be complete.</summary>
    private static bool CanBecome(string unseen, string printed) => printed.StartsWith(unseen.TrimEnd('\uFFFD'), StringComparison.Ordinal);

    /// <summary>Blanks in front of a line are what a wipe may leave there.</summary>
    private static bool Matches(string shown, string line) => shown.Trim(' ') == line;

    /// <summary>On the second screen no line is ever finished, and its text at the end counts as seen.</summary>
    private bool Shows(string line) =>
        _screen.Lines(areFinished: !_screen.IsAlternate).Concat(_screen.LeftLines).Any(shown => Matches(shown, line));

    /// <summary>Whether a prompt that was not wiped, this text and a newline were printed: no later output takes that back.</summary>
    private bool IsFinishedBehindPrompt(string line) => !_screen.IsAlternate
        && _screen.Lines(areFinished: true).Any(shown => shown.TrimStart(' ').StartsWith(Prompt, StringComparison.Ordinal) && Matches(shown.TrimStart(' ')[Prompt.Length..], line));

    /// <summary>The finding for a missing line: it may be there with other text in it.</summary>
    private Texts.Text NoLine(string expected)
    {
        Texts.Text what = new("The terminal does not show this line.", "O terminal não mostra esta linha.");
        if (!_screen.HasAny)
        {
            return what.And(new("(Does the client flush its output?)", "(O cliente descarrega a saída com flush?)"));
        }

        string? longer = _screen.Lines(areFinished: false)
            .LastOrDefault(line => !Matches(line, expected) && line.Contains(expected, StringComparison.Ordinal));
        if (longer is null)
        {
            return what;
        }

        string shown = VisibleText.ShowPadded(Encoding.UTF8.GetBytes(longer));
        what = new($"The terminal shows other text in this line: '{shown}'.", $"O terminal mostra outro texto nesta linha: '{shown}'.");
        return longer.StartsWith(Prompt, StringComparison.Ordinal)
            ? what.And(new($"(Does the client wipe {Prompt} first?)", $"(O cliente apaga o {Prompt} antes?)"))
            : what;
    }

    /// <summary>Waits until something holds, or cannot hold any more; then a moment more, so that the finding shows what else is printed.</summary>
    /// <returns>The rest of the wait.</returns>
    private CaseClock.Wait WaitWhilePossible(Func<bool> isEnough, Func<bool> isImpossible)
    {
        CaseClock.Wait wait = clock.ForAnswer();
        if (!_screen.Await(wait, () => isEnough() || isImpossible()) || isEnough())
        {
            return wait;
        }

        _screen.Await(clock.ForMore(), isEnough);
        return new CaseClock.Wait(TimeSpan.Zero);
    }

    private void Await(Func<bool> isEnough, string expected, Func<Texts.Text> otherwise, CaseClock.Wait? wait = null)
    {
        bool came = _screen.Await(wait ?? clock.ForAnswer(), isEnough);
        bool isSilence = _screen.Unseen.Length == 0;
        string printed = program.IsTerminal ? _screen.LastLines() : VisibleText.ShowPadded(Encoding.UTF8.GetBytes(_screen.Unseen));
        Look();
        if (!came)
        {
            CaseFailedException wrong = Wrong(otherwise(), VisibleText.ShowPadded(Encoding.UTF8.GetBytes(expected)), printed);
            throw new CaseFailedException(wrong.Finding with { IsSilence = isSilence });
        }
    }

    /// <summary>A finding; it says so if the program has no terminal.</summary>
    private CaseFailedException Wrong(Texts.Text what, string? expected = null, string? came = null) =>
        Findings.Wrong(program.IsTerminal ? what : what.And(Findings.InPipe), expected, came);
}
