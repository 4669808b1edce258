namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>The size of the terminals that programs are given.</summary>
internal static class TerminalSize
{
    /// <summary>Rows.</summary>
    public const int Rows = 50;

    /// <summary>Columns: enough that no message is wrapped, because programs do that in ways of their own.</summary>
    public const int Columns = 500;
}
