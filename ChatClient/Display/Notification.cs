using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>A notification of the desktop, shown by the terminal.</summary>
internal static class Notification
{
    private const string Title = "ThreadedChat";

    /// <summary>The bytes to write for a message.</summary>
    /// <param name="rule">The sequence that the user's terminal knows.</param>
    /// <param name="message">The message with the name in front. It has no control characters.</param>
    public static string Of(NotifyRule rule, string message) => rule switch
    {
        // The title in front: a text that begins with a digit and a semicolon is a command to some terminals.
        NotifyRule.Osc9 => EscapeSequences.Notification9($"{Title}: {message}"),
        NotifyRule.Osc777 => EscapeSequences.Notification777(Title, message),
        NotifyRule.Osc99 => EscapeSequences.Notification99($"{Title}: {message}"),
        _ => "",
    };
}
