using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The <c>/join</c> messages without an argument that the server has not answered yet. The server answers each of them at once and in
/// order, to the sender alone (docs/protocol.md, section 5): the answer shows that it has handled all frames before. Has no lock: its
/// owner has one.
/// </summary>
/// <remarks>
/// A server that answers with another text, or not at all, does not know the fence. Then the client stops using the fence, and holds nothing back
/// for it.
/// </remarks>
internal sealed class Fence(TimeProvider time)
{
    /// <summary>How long a server that has not answered any fence on this connection may take.</summary>
    public static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(2);

    /// <summary>How long a server that has answered one may take for another, while it sends other frames.</summary>
    public static readonly TimeSpan LaterAnswer = TimeSpan.FromSeconds(30);

    private readonly Queue<Question> _open = [];

    /// <summary>True if the server does not know the fence, as far as the client has seen.</summary>
    public bool IsOff { get; private set; }

    /// <summary>True if the server has answered a fence on this connection.</summary>
    public bool IsProven { get; private set; }

    /// <summary>True if the server has answered a fence on this connection or on an earlier one.</summary>
    public bool WasProven { get; private set; }

    /// <summary>True while the client waits for the answer to a fence of its own.</summary>
    public bool IsOpen => !IsOff && Oldest is not null;

    /// <summary>How long the client has waited for the oldest answer; zero if it does not wait.</summary>
    public TimeSpan Lag => !IsOff && Oldest is { } oldest ? time.GetElapsedTime(oldest.AskedAt) : TimeSpan.Zero;

    private Question? Oldest => _open.FirstOrDefault(question => question.IsOwn);

    /// <summary>
    /// A new connection begins. If the last one ended while the client waited for the first answer, the fence may have been the
    /// cause: then it stays off.
    /// </summary>
    public void Begin()
    {
        IsOff |= !IsProven && Oldest is not null;
        IsProven = false;
        _open.Clear();
    }

    /// <summary>A <c>/join</c> without an argument is sent, as frame number <paramref name="frame"/>.</summary>
    /// <param name="frame">Its number on this connection.</param>
    /// <param name="isOwn">False if the user has typed it: then the user sees the answer.</param>
    public void Ask(long frame, bool isOwn) => _open.Enqueue(new Question(frame, isOwn, time.GetTimestamp()));

    /// <summary>True if <paramref name="text"/> answers the oldest question. A late answer turns the fence on again.</summary>
    public bool TryAnswer(string text, out long frame, out bool isOwn)
    {
        (frame, isOwn) = (0, false);
        if (text != ProtocolText.JoinRequiresArgument || !_open.TryDequeue(out Question? answered))
        {
            return false;
        }

        (frame, isOwn) = (answered.Frame, answered.IsOwn);
        IsProven = WasProven = true;
        IsOff = false;
        return true;
    }

    /// <summary>Turns the fence off if the answer takes too long. True if this call has turned the fence off.</summary>
    public bool Expire()
    {
        if (!IsOpen || Lag < (IsProven ? LaterAnswer : FirstAnswer))
        {
            return false;
        }

        IsOff = true;
        return true;
    }

    private sealed record Question(long Frame, bool IsOwn, long AskedAt);
}
