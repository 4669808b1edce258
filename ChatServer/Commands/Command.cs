
namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// What a frame asks for: a closed set, with a case for every input there can be. Bad input is a command like any other,
/// not an exception.
/// </summary>
internal abstract record Command
{
    private Command()
    {
    }

    /// <summary>Only whitespace: to be ignored.</summary>
    public sealed record Blank : Command
    {
        public static readonly Blank Instance = new();
    }

    /// <summary>A normal message. Its text stays in the frame it came in, so that a message costs no object.</summary>
    public sealed record Say : Command
    {
        public static readonly Say Instance = new();
    }

    /// <summary><c>/create channel</c>; null where the argument is missing.</summary>
    public sealed record Create(string? Channel) : Command;

    /// <summary><c>/join channel</c>; null where the argument is missing.</summary>
    public sealed record Join(string? Channel) : Command;

    /// <summary><c>/list</c>.</summary>
    public sealed record List : Command
    {
        public static readonly List Instance = new();
    }

    /// <summary>Any other word that begins with a slash.</summary>
    public sealed record Unknown(string Word) : Command;
}
