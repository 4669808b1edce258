namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// How to find out that a server has nothing more for a client: ask something, and read until the answer. Which question is
/// used is what the server was seen to answer (<see cref="Suites.Server.ServerProbe"/>), so that one unanswered question
/// is one fault and not sixty.
/// </summary>
internal enum FenceStyle
{
    /// <summary>A control message that there is not: the answer names it.</summary>
    UnknownWord,

    /// <summary><c>/join</c> of a channel that there is not: the answer names it.</summary>
    UnknownChannel,

    /// <summary>
    /// As <see cref="UnknownWord"/>, for a server whose messages have another length: the answer ends where its text ends. What came
    /// before it is wrong if it is no whole messages.
    /// </summary>
    AnyLength,

    /// <summary>As <see cref="AnyLength"/>, with the question of <see cref="UnknownChannel"/>.</summary>
    AnyLengthOfChannel,

    /// <summary>The server answers neither: a frame that has not arrived after a while counts as missing.</summary>
    Quiet,
}
