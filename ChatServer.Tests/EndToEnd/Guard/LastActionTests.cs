using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Moderation;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>What a moderator has sent when the server stops is done like everything before.</summary>
[TestClass]
public sealed class LastActionTests
{
    [TestMethod]
    public void An_action_of_a_moderator_that_is_served_while_the_server_stops_is_in_the_audit_and_in_the_bans()
    {
        using var folder = new GuardFolder();
        string moderator = folder.Login("Ana", isModerator: true);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var server = new TestServer(folder.Options with { DrainTimeout = Limit.Wait }, time: time);
        WireClient ana = server.Enter(moderator);
        ana.Send(Enumerable.Repeat("/mute Eve", ModeratorPace.Burst));
        ana.Read(ModeratorPace.Burst);
        time.Advance(TimeSpan.FromSeconds(0.6));
        ana.Send("/ban Zoe"); // waits for its pace, which is one action a second

        Task stop = server.BeginStop();
        Eventually.True(() => !File.Exists(folder.Control), "the server should have begun to stop");
        time.Advance(TimeSpan.FromSeconds(0.6)); // less than the readers have for the last input

        Assert.HasCount(1, ana.ReadToEnd(), "the answer");
        ana.Dispose();
        Eventually.Ended(stop, "the server should have stopped");
        string[] audit = File.ReadAllLines(folder.Audit);
        Assert.HasCount(ModeratorPace.Burst + 1, audit);
        Assert.Contains("\"Zoe\"", audit[^1]);
        Assert.Contains("\"Zoe\"", File.ReadAllText($"{folder.Accounts}.bans"));
    }
}
