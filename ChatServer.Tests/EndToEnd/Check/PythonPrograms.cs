using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>The programs in Python that tests check.</summary>
internal static class PythonPrograms
{
    /// <summary>Starts a program of the folder.</summary>
    public static IProgramSource Source(string file, params IEnumerable<string> words) => new CommandSource(new CommandTemplate(
        ["python3", Path.Combine(RunScript.Root, "ChatServer.Tests", "EndToEnd", "Check", "Programs", file), .. words]));

    /// <summary>Starts a program that is given as text.</summary>
    public static IProgramSource Inline(string code, params IEnumerable<string> words) =>
        new CommandSource(new CommandTemplate(["python3", "-c", code, .. words]));
}
