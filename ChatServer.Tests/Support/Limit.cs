namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>How long a test waits before it gives up. Generous: a limit decides only how long a failing test takes.</summary>
internal static class Limit
{
    /// <summary>For anything that should happen at once.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    /// <summary>For a large load.</summary>
    public static readonly TimeSpan Load = TimeSpan.FromMinutes(3);

    /// <summary>For the first build of the programs, which all tests of programs share.</summary>
    public static readonly TimeSpan Build = TimeSpan.FromMinutes(5);
}
