using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A painter and the terminal it paints on.</summary>
internal sealed class PaintedTerminal(int columns, int rows, bool joinsEmoji = true, bool wrapsAnew = true, bool answers = true)
{
    public const string Prompt = "[Me] ";

    private readonly LinePainter _painter = new(columns, rows);

    public FakeTerminal Terminal { get; } = new(columns, rows, joinsEmoji, wrapsAnew);

    /// <summary>Draws the prompt and <paramref name="text"/>, with the cursor in it or, by default, behind it.</summary>
    public void Draw(string text, int? cursor = null) =>
        Terminal.Write(_painter.Draw(new LineView(Prompt, text, cursor ?? text.Length)));

    public void Print(string message) => Terminal.Write(_painter.Print(new ScreenLine(message, Indent: 0)));

    public void Resize(int columns, int rows)
    {
        Terminal.Resize(columns, rows);
        HearOfSize(columns, rows);
    }

    /// <summary>Tells the painter the size that the terminal already has.</summary>
    public void HearOfSize(int columns, int rows) => Terminal.Write(_painter.Resize(columns, rows, wasTold: true));

    /// <summary>The terminal's answers arrive, or are waited for no more.</summary>
    public void Settle()
    {
        while (answers && Terminal.Answers.TryDequeue(out (int Row, int Column) answer))
        {
            Terminal.Write(_painter.CursorIs(answer.Column - 1));
        }

        Terminal.Write(_painter.GiveUp());
    }

    public void Leave() => Terminal.Write(_painter.Leave());

    public void Clear(string text) =>
        Terminal.Write(_painter.DrawOnClearedScreen(new LineView(Prompt, text, text.Length)));
}
