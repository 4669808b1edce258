using ThreadedChat.ChatClient.Connection;

namespace ThreadedChat.ChatServer.Tests.Client.Connection;

[TestClass]
public sealed class BackOffTests
{
    private const int Seed = 168;

    [TestMethod]
    public void Each_wait_is_about_twice_the_one_before_up_to_half_a_minute()
    {
        double[] middles = [1, 2, 4, 8, 16, 20, 20, 20];
        for (int seed = 0; seed < 100; seed++)
        {
            var backOff = new BackOff(new Random(seed));
            foreach (double middle in middles)
            {
                Assert.IsInRange(middle * 0.5, middle * 1.5, backOff.Next().TotalSeconds, $"with seed {seed}");
            }
        }
    }

    /// <summary>The first wait decides how hard a server is hit that was started again.</summary>
    [TestMethod]
    [DataRow(1, 1_000)]
    [DataRow(4, 8_000)]
    public void Five_hundred_clients_reconnect_at_different_times(int tries, int spreadMilliseconds)
    {
        var random = new Random(Seed);
        double[] waits =
        [
            .. Enumerable.Range(0, 500).Select(_ =>
            {
                var backOff = new BackOff(new Random(random.Next()));
                for (int i = 1; i < tries; i++)
                {
                    backOff.Next();
                }

                return backOff.Next().TotalMilliseconds;
            }),
        ];

        const int Parts = 10;
        double shortest = waits.Min();
        int[] counts = [.. waits.GroupBy(wait => (int)((wait - shortest) * Parts / spreadMilliseconds)).Select(part => part.Count())];

        Assert.IsGreaterThanOrEqualTo(Parts - 1, counts.Length, "All of the time is used.");
        Assert.IsLessThan(100, counts.Max(), "Evenly spread, a tenth of the time has 50 of them.");
    }

    [TestMethod]
    [DataRow(29, 2)]
    [DataRow(30, 1)]
    public void Only_a_connection_that_lasted_resets_the_wait(int lasted, int next)
    {
        var backOff = new BackOff(new Middle());
        backOff.Next();

        backOff.Reset(TimeSpan.FromSeconds(lasted));

        Assert.AreEqual(TimeSpan.FromSeconds(next), backOff.Next());
    }

    /// <summary>Chance that is always in the middle.</summary>
    private sealed class Middle : Random
    {
        public override double NextDouble() => 0.5;
    }
}
