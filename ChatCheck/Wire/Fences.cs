using System.Globalization;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>The questions that all peers of a run ask to learn that nothing more is on its way. Each is asked once.</summary>
internal sealed class Fences
{
    private int _count;

    /// <summary>Which questions the server answers.</summary>
    public FenceStyle Style { get; set; }

    /// <summary>Whether an answer ends where its text ends.</summary>
    public bool AreOfAnyLength => Style is FenceStyle.AnyLength or FenceStyle.AnyLengthOfChannel;

    /// <summary>How many bytes the server sends in front of the text of each answer, where its messages have another form; they belong to the answer.</summary>
    public int BytesBeforeText { get; set; }

    /// <summary>There is another server, which was asked nothing yet.</summary>
    public void Restart() => _count = 0;

    /// <summary>Those of another server of the same program.</summary>
    public Fences Another() => new() { Style = Style, BytesBeforeText = BytesBeforeText };

    /// <summary>The next question, the word that its answer holds, and the whole answer as the assignment has it.</summary>
    public (string Question, string Word, string Answer) Next()
    {
        string word = string.Create(CultureInfo.InvariantCulture, $"fence-{++_count}-");
        return Style is FenceStyle.UnknownChannel or FenceStyle.AnyLengthOfChannel
            ? ($"/join {word}", word, ExpectedText.Fill(ExpectedText.NoChannelExists, word))
            : ($"/{word}", word, ExpectedText.Fill(ExpectedText.InvalidControlMessage, $"/{word}"));
    }
}
