using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>A command that the client has sent by itself between two fences, and what the server has answered so far.</summary>
/// <param name="word">The command: <c>/history</c> or <c>/who</c>.</param>
/// <param name="channel">The channel that it is about.</param>
/// <param name="frame">The number of its frame. The fences have the numbers before and after.</param>
internal sealed class ChannelQuestion(string word, string? channel, long frame)
{
    /// <summary>The most texts of an answer that are kept: a server could send any number.</summary>
    public const int MaxTexts = 4096;

    public string Word => word;

    public string? Channel => channel;

    public long Frame => frame;

    /// <summary>True between the answers to the two fences.</summary>
    public bool IsInside { get; set; }

    /// <summary>The server does not know the command.</summary>
    public bool IsRejected { get; private set; }

    /// <summary>The server knows the command.</summary>
    public bool HasAnswer { get; private set; }

    /// <summary>The texts of the answer.</summary>
    public List<ReceivedText> Texts { get; } = [];

    /// <summary>The names in the answer to <c>/who</c>; empty for any other question.</summary>
    public IReadOnlyList<string> Names =>
        word == ControlMessage.Who ? [.. Texts.SelectMany(text => text.Lines).Select(line => line.Whole)] : [];

    private bool IsOfHistory => word == ControlMessage.History;

    /// <summary>True if <paramref name="text"/> rejects a command. Servers have texts of their own for that; most of them name the command.</summary>
    public static bool IsRejection(string text, string word) => text.Contains(word, StringComparison.Ordinal);

    /// <summary>Takes a text that has come between the answers to the two fences. False if it is not of the answer: then the user sees it.</summary>
    public bool TryTake(ReceivedText text) => text.Lines is [var only] ? TryTake(text, only) : TryTakeNames(text);

    private bool TryTake(ReceivedText text, ReceivedLine line)
    {
        switch (line.Kind)
        {
            case ReceivedKind.Past when IsOfHistory:
                Keep(text);
                return true;

            case ReceivedKind.Other when line.Whole is ExtendedText.NotInChannel or ExtendedText.WhoRequiresArgument:
                return true; // the server has taken the client out of the channel meanwhile

            case ReceivedKind.Other when IsRejection(line.Whole, word):
                IsRejected = true;
                return true;

            case ReceivedKind.Other when IsOfHistory:
                HasAnswer |= line.Whole == ExtendedText.HistoryIsEmpty;
                return line.Whole == ExtendedText.HistoryIsEmpty;

            case ReceivedKind.Other:
                return TryTakeNames(text);

            default:
                return false; // somebody has said something, or has joined or left
        }
    }

    private bool TryTakeNames(ReceivedText text)
    {
        if (!IsOfHistory)
        {
            Keep(text);
        }

        return !IsOfHistory;
    }

    private void Keep(ReceivedText text)
    {
        HasAnswer = true;
        if (Texts.Count < MaxTexts)
        {
            Texts.Add(text);
        }
    }
}
