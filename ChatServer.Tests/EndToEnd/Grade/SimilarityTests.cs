using ThreadedChat.ChatGrade.Analysis;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatGrade.Submissions;
using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>Which submissions look alike.</summary>
[TestClass]
public sealed class SimilarityTests
{
    [TestMethod]
    public void A_copy_with_other_names_is_found_and_independent_work_is_not()
    {
        Needs.Program("sim_c");
        string programs = Path.Combine(Repository.Root, "ChatServer.Tests", "EndToEnd", "Check", "Programs");
        string text = File.ReadAllText(Path.Combine(programs, "threads.py"));
        using ClassFolder folder = new ClassFolder()
            .Add("ana/server.py", text)
            .Add("bob/server.py", text.Replace("client", "cliente", StringComparison.Ordinal).Replace("channel", "canal", StringComparison.Ordinal))
            .Add("carla/server.py", File.ReadAllText(Path.Combine(programs, "tasks.py")))
            .Add("dora/server.py", File.ReadAllText(Path.Combine(programs, "selecting.py")));

        IReadOnlyList<SimilarPair> pairs = Similarity.Find(
            Submission.All(folder.Path, new ClassSettings()), Directory.CreateDirectory(folder.Reports).FullName, CancellationToken.None);

        Assert.AreEqual("ana bob", string.Join(", ", pairs.Select(pair => $"{pair.One} {pair.Other}")));
    }
}
