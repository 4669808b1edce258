namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Programs that are compiled ahead of time: those of <c>./run.sh build --native</c> and of a release.</summary>
internal static class NativePrograms
{
    /// <summary>
    /// Tests that run with these programs too, for each change (scripts/check-native.sh): some of each kind, since all tests that start
    /// programs take minutes.
    /// </summary>
    public const string Category = "Native";

    /// <summary>The folder of the programs, from run.sh.</summary>
    private const string Variable = "THREADEDCHAT_PROGRAMS";

    /// <summary>True if the tests run with them.</summary>
    public static bool AreUsed =>
        Environment.GetEnvironmentVariable(Variable) is string folder && File.Exists(Path.Combine(folder, "ChatServer", "ChatServer"));
}
