using System.CommandLine;
using System.CommandLine.Parsing;

namespace ThreadedChat.ChatServer;

/// <summary>The options of the extended mode (docs/extended.md).</summary>
internal static class ExtendedOptions
{
    private static readonly Option<bool> Extended = new("--extended")
    {
        Description = "Know more commands: /who, /msg, /leave, /help; each name can be had once",
        Arity = ArgumentArity.Zero,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [Extended];

    /// <summary><paramref name="options"/> with what was given of these.</summary>
    public static ServerOptions Apply(ServerOptions options, ParseResult result) => options with
    {
        Extended = result.GetValue(Extended),
    };
}
