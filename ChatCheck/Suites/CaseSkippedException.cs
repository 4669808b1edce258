using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Ends a case that gives no verdict on this program.</summary>
internal sealed class CaseSkippedException(Text reason) : Exception(reason.English)
{
    /// <summary>Why there is no verdict.</summary>
    public Text Reason { get; } = reason;
}
