using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Channels;

[TestClass]
public sealed class MemberListTests
{
    [TestMethod]
    public void A_removal_does_not_change_the_order_of_the_others()
    {
        var list = new MemberList();
        Participant[] members = [.. Enumerable.Range(0, 10).Select(Member)];
        Array.ForEach(members, list.Add);

        list.Remove(members[0]);
        list.Remove(members[5]);
        list.Remove(members[9]);
        list.Remove(members[9]);

        Assert.AreSequenceEqual([.. members[1..5], .. members[6..9]], list.Span.ToArray());
    }

    [TestMethod]
    public void A_list_that_many_members_have_left_releases_its_memory()
    {
        var list = new MemberList();
        Participant[] members = [.. Enumerable.Range(0, 1_000).Select(Member)];
        Array.ForEach(members, list.Add);
        foreach (Participant member in members[1..])
        {
            list.Remove(member);
            list.ReleaseUnused();
        }

        Assert.IsLessThanOrEqualTo(64, list.Capacity);
        Assert.AreSequenceEqual([members[0]], list.Span.ToArray());
    }

    [TestMethod]
    public void Requested_capacity_stays_while_it_is_needed()
    {
        const int Members = 200;
        var list = new MemberList();
        list.EnsureCapacity(Members);

        list.ReleaseUnused(needed: Members);

        Assert.IsGreaterThanOrEqualTo(Members, list.Capacity, "To add so many must need no memory.");
    }

    private static Participant Member(int number) => new($"member {number}", new RecordingOutbox());
}
