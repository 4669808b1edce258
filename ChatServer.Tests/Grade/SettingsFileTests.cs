using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatGrade.Submissions;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>The file of a class.</summary>
[TestClass]
public sealed class SettingsFileTests
{
    [TestMethod]
    public void Settings_in_the_file_replace_the_defaults()
    {
        ClassSettings settings = SettingsFile.Parse(
            """
            [class]
            title = "Redes"
            language = "pt-BR"
            parts = ["client", "server"]
            show = "rule"
            [limits]
            answer = 1.5
            processes = 50
            [points]
            server = 70
            [weights]
            robust = 0.5
            not_always = 0.25
            follows = "count"
            [case.S-NET-06]
            weight = 3
            hidden = true
            [case.S-MSG-01]
            counts = false
            [commands]
            build = "make"
            [submission."Ana Luz"]
            server = "python3 s.py {port}"
            parts = ["server"]
            [submission.notes]
            leave_out = true
            """);

        Assert.AreEqual(("Redes", Language.Portuguese, Detail.Rule), (settings.Title, settings.Language, settings.Show));
        Assert.AreEqual("server client", string.Join(' ', settings.Parts!));
        Assert.AreEqual((1.5, 50, 15.0), (settings.Limits.Answer, settings.Limits.Processes, settings.Limits.Start));
        Assert.AreEqual((70.0, 30.0), (settings.Points["server"], settings.Points["client"]));
        Assert.AreEqual((0.25, true), (settings.NotAlways, settings.FollowingCounts));
        Assert.AreEqual((3.0, 0.0, 0.5, 1.0, 0.0), (
            settings.WeightOf("S-NET-06", "robust"), settings.WeightOf("S-MSG-01", "required"), settings.WeightOf("S-NET-07", "robust"),
            settings.WeightOf("S-MSG-02", "required"), settings.WeightOf("S-MSG-11", "ours")));
        Assert.IsTrue(settings.OfCase("S-NET-06").IsHidden);
        Assert.AreEqual("python3 s.py {port}", settings.Submissions["Ana Luz"].Commands.Parts["server"]);
        Assert.IsTrue(settings.Submissions["notes"].IsLeftOut);
    }

    [TestMethod]
    [DataRow("[class]\ntitel = \"x\"", "'class.titel'")]
    [DataRow("[clas]", "'clas'")]
    [DataRow("[class]\nlanguage = \"de\"", "'class.language' must be one of: en, pt-BR")]
    [DataRow("[class]\nparts = [\"servr\"]", "'servr' is none of them")]
    [DataRow("[limits]\nmemory = -1", "'limits.memory' must be a number from 16")]
    [DataRow("[limits]\nmemory = \"much\"", "'limits.memory' must be a number from 16")]
    [DataRow("[case.S-NONE-01]\nweight = 1", "there is no case 'S-NONE-01'")]
    [DataRow("[submission.x]\nserver = \"python3 server.py\"", "'submission.x.server' must be a command with {port}")]
    [DataRow("[commands]\nclient = \"c {host} {port}\"", "'commands.client' must be a command with {name}")]
    [DataRow("[class\n", "grade.toml")]
    public void A_wrong_setting_is_reported_in_one_line(string text, string expected)
    {
        string why = Assert.ThrowsExactly<SettingsException>(() => SettingsFile.Parse(text)).Why.English;

        Assert.Contains(expected, why);
        Assert.DoesNotContain("\n", why);
    }

    [TestMethod]
    public void The_draft_reads_as_the_defaults_and_names_the_files_that_were_not_found()
    {
        using ClassFolder folder = new ClassFolder().Add("ana/server.py").Add("ana/client.py").Add("b \"q\" o/server.py").AddEmpty("empty");

        (string text, IReadOnlyList<(string Name, IReadOnlyList<string> Missing)> open) = SettingsDraft.Write(folder.Path);
        ClassSettings settings = SettingsFile.Parse(text);

        Assert.AreEqual("server client", string.Join(' ', settings.Parts!));
        Assert.AreEqual($"{new Limits()}", $"{settings.Limits}");
        Assert.AreEqual("b \"q\" o: client; empty: server client", string.Join("; ", open.Select(one => $"{one.Name}: {string.Join(' ', one.Missing)}")));
        Assert.Contains("# server = \"python3 server.py {port}\"", text);
        Assert.Contains("b \"q\" o", string.Join(' ', settings.Submissions.Keys));
    }
}
