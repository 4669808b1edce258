namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The result of an action.</summary>
/// <param name="IsDone">False if nothing was done.</param>
/// <param name="Text">One line for people.</param>
/// <param name="Affected">How many clients were affected.</param>
internal sealed record ActionResult(bool IsDone, string Text, int Affected = 0)
{
    /// <summary>Nothing was done.</summary>
    public static ActionResult Rejected(string text) => new(false, text);
}
