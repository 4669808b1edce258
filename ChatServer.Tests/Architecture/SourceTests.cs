using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Architecture;

[TestClass]
public sealed partial class SourceTests
{
    [TestMethod]
    public void The_size_of_a_frame_stands_in_one_file()
    {
        string root = Repository.Root;
        IEnumerable<string> files = ((string[])["Common", "ChatServer", "ChatClient"])
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(root, project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !BuildOutput().IsMatch(file))
            .Where(file => File.ReadLines(file).Any(line => FrameSize().IsMatch(CommentOrString().Replace(line, ""))))
            .Select(file => Path.GetRelativePath(root, file));

        Assert.AreSequenceEqual([Path.Combine("Common", "Frame.cs")], files);
    }

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex BuildOutput();

    [GeneratedRegex(@"//.*|""([^""\\]|\\.)*""")]
    private static partial Regex CommentOrString();

    [GeneratedRegex(@"\b200\b")]
    private static partial Regex FrameSize();
}
