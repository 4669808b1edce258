using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Logging;

/// <summary>The least severe level that is logged. May change at any time.</summary>
internal sealed class LevelSwitch(LogLevel least)
{
    private volatile LogLevel _least = least;

    public LogLevel Least
    {
        get => _least;
        set => _least = value;
    }

    /// <summary>True for a line that is logged.</summary>
    public bool Allows(LogLevel level) => level >= _least;
}
