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
            [submission."Ana Luz".limits]
            start = 60
            [submission.notes]
            leave_out = true
            """);

        Assert.AreEqual(("Redes", Language.Portuguese, Detail.Rule), (settings.Title, settings.Language, settings.Show));
        Assert.AreEqual("server client", string.Join(' ', settings.Parts!));
        Assert.AreEqual((1.5, 50, 15.0), (settings.Limits.Answer, settings.Limits.Processes, settings.Limits.Start));
        Assert.AreEqual((70.0, 30.0), (settings.Points["server"], settings.Points["client"]));
        Assert.AreEqual((0.25, true), (settings.NotAlways, settings.FollowingCounts));
        Assert.AreEqual(((double?)3.0, (double?)null, false), (settings.OfCase("S-NET-06").Weight, settings.OfCase("S-NET-06").Points, settings.OfCase("S-MSG-01").Counts));
        Assert.AreEqual((1.0, 0.5, 0.0), (settings.Weights["required"], settings.Weights["robust"], settings.Weights["ours"]));
        Assert.IsTrue(settings.OfCase("S-NET-06").IsHidden);
        Assert.AreEqual("python3 s.py {port}", settings.Submissions["Ana Luz"].Commands.Parts["server"]);
        Assert.AreEqual((60.0, 1.5, 50), (settings.Submissions["Ana Luz"].Limits!.Start, settings.Submissions["Ana Luz"].Limits!.Answer, settings.Submissions["Ana Luz"].Limits!.Processes));
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
    [DataRow("[submission.x.limits]\nstart = 0", "'submission.x.limits.start' must be a number from 0.1")]
    [DataRow("[submission.x.limits]\nstrat = 5", "there is no setting 'submission.x.limits.strat'")]
    [DataRow("[points.server]\nrequierd = 40", "there is no setting 'points.server.requierd'")]
    [DataRow("[points.server]\nrobust = -1", "'points.server.robust' must be a number from 0")]
    [DataRow("[case.S-NET-06]\nweight = 1\npoints = 2", "'case.S-NET-06.points' must be without 'weight'")]
    [DataRow("[class\n", "grade.toml")]
    public void A_wrong_setting_is_reported_in_one_line(string text, string expected)
    {
        string why = Assert.ThrowsExactly<SettingsException>(() => SettingsFile.Parse(text)).Why.English;

        Assert.Contains(expected, why);
        Assert.DoesNotContain("\n", why);
    }

    [TestMethod]
    public void A_submission_has_the_limits_of_the_class_but_for_its_own()
    {
        using ClassFolder folder = new ClassFolder().Add("ana/server.py").Add("bob/server.py");
        ClassSettings settings = SettingsFile.Parse("[limits]\nanswer = 2\n[submission.bob.limits]\npart = 900");

        IReadOnlyList<Submission> all = Submission.All(folder.Path, settings);

        Assert.AreEqual("ana 2 420, bob 2 900", string.Join(", ", all.Select(one => FormattableString.Invariant($"{one.Name} {one.Limits.Answer} {one.Limits.Part}"))));
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
