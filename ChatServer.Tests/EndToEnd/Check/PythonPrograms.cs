using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>The programs in Python that tests check.</summary>
internal static class PythonPrograms
{
    /// <summary>Starts a program of the folder.</summary>
    public static IProgramSource Source(string file, params IEnumerable<string> words) => new CommandSource(new CommandTemplate(["python3", PathOf(file), .. words]));

    /// <summary>Starts a program of the folder in which another text takes the place of one that is there once, with more lines at its end.</summary>
    public static IProgramSource Changed(string file, string old, string other, string end, params IEnumerable<string> words)
    {
        string text = File.ReadAllText(PathOf(file));
        Assert.HasCount(2, text.Split(old), $"'{old}' in {file}");
        return Inline(text.Replace(old, other, StringComparison.Ordinal) + end, words);
    }

    /// <summary>Starts a program that is given as text.</summary>
    public static IProgramSource Inline(string code, params IEnumerable<string> words) =>
        new CommandSource(new CommandTemplate(["python3", "-c", code, .. words]));

    private static string PathOf(string file) => Path.Combine(RunScript.Root, "ChatServer.Tests", "EndToEnd", "Check", "Programs", file);
}
