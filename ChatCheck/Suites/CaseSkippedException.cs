using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Ends a case that says nothing about this program.</summary>
internal sealed class CaseSkippedException(Text reason) : Exception(reason.English)
{
    /// <summary>Why not.</summary>
    public Text Reason { get; } = reason;
}
