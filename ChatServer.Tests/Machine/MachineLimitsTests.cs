using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Tests.Machine;

[TestClass]
public sealed class MachineLimitsTests
{
    [TestMethod]
    [DataRow(10_000, 1_048_576L, 65_530L, 10_000, "--max-connections", DisplayName = "The wanted number is the smallest")]
    [DataRow(100, 260L, 2_400L, 100, "--max-connections", DisplayName = "All three allow the same")]
    [DataRow(10_000, 1_024L, 65_530L, 864, "1024 open files", DisplayName = "160 files are kept back")]
    [DataRow(100_000, 1_048_576L, 65_530L, 15_882, "65530 memory maps", DisplayName = "Four maps for each, 2000 kept back")]
    [DataRow(1_000, 500L, 3_000L, 250, "3000 memory maps", DisplayName = "Maps are scarcer than files")]
    [DataRow(1_000, 300L, 3_000L, 140, "300 open files", DisplayName = "Files are scarcer than maps")]
    [DataRow(500, null, null, 500, "--max-connections", DisplayName = "A machine that does not tell")]
    [DataRow(500, null, 3_000L, 250, "3000 memory maps", DisplayName = "Only the maps are known")]
    [DataRow(500, 196L, null, 36, "196 open files", DisplayName = "Only the files are known")]
    [DataRow(500, 10L, 65_530L, 1, "10 open files", DisplayName = "At least one, however little there is")]
    [DataRow(500, 1_024L, 100L, 1, "100 memory maps", DisplayName = "At least one, however few maps there are")]
    public void The_smallest_limit_decides(int wanted, long? openFiles, long? memoryMaps, int connections, string reason)
    {
        (int decided, string because) = MachineLimits.Decide(wanted, openFiles, memoryMaps);

        Assert.AreEqual(connections, decided);
        Assert.Contains(reason, because);
    }

    [TestMethod]
    [DataRow(33, 1_024L, 831, "the limit of 1024 open files", DisplayName = "160 and these files are kept back")]
    [DataRow(33, 10_000L, 850, "of before", DisplayName = "Files are plenty")]
    [DataRow(33, null, 850, "of before", DisplayName = "A machine that does not tell")]
    [DataRow(33, 180L, 1, "the limit of 180 open files", DisplayName = "At least one, however few files there are")]
    [DataRow(0, 1_010L, 850, "of before", DisplayName = "No other part needs files")]
    public void Files_of_other_parts_are_kept_back(int files, long? openFiles, int connections, string reason)
    {
        Assert.AreEqual((connections, reason), MachineLimits.WithoutFiles(files, openFiles, (850, "of before")));
    }

    [TestMethod]
    [DataRow(500, 400L, 336, "400 threads (the second)", DisplayName = "64 threads are kept back, and the least of all limits decides")]
    [DataRow(100, 400L, 100, "--max-connections", DisplayName = "More threads than are wanted")]
    [DataRow(500, 10L, 1, "10 threads (the second)", DisplayName = "At least one, however few threads there are")]
    public void Threads_are_a_limit_too(int wanted, long threads, int connections, string reason)
    {
        (int decided, string because) = MachineLimits.Decide(
            wanted, openFiles: 1_048_576, memoryMaps: 65_530, (1_000, "the first"), (threads, "the second"), (2_000, "the third"));

        Assert.AreEqual(connections, decided);
        Assert.Contains(reason, because);
    }

    [TestMethod]
    [DataRow(20, 400L, 316, "the limit of 400 threads (the second)", DisplayName = "64 and these threads are kept back")]
    [DataRow(20, 2_000L, 850, "of before", DisplayName = "Threads are plenty")]
    [DataRow(20, 80L, 1, "the limit of 80 threads (the second)", DisplayName = "At least one, however few threads there are")]
    public void Threads_of_other_parts_are_kept_back(int other, long threads, int connections, string reason)
    {
        Assert.AreEqual(
            (connections, reason), MachineLimits.WithoutThreads(other, [(5_000, "the first"), (threads, "the second")], (850, "of before")));
    }

    [TestMethod]
    [DataRow(10_000, null, 10_000, "of before", DisplayName = "A machine that does not tell")]
    [DataRow(10_000, 24_000_000_000L, 10_000, "of before", DisplayName = "Memory is plenty")]
    [DataRow(10_000, 357_564_416L, 1_364, "of memory", DisplayName = "A container of 341 MiB: half of it, 128 KiB for each")]
    [DataRow(100, 357_564_416L, 100, "of before")]
    [DataRow(10, 1_000L, 1, "of memory", DisplayName = "At least one, however little memory there is")]
    public void Unreceived_input_of_all_clients_fits_half_of_the_memory(int before, long? memory, int connections, string reason)
    {
        (long, string)? limit = memory is long bytes ? (bytes, "of memory") : null;

        Assert.AreEqual((connections, reason), MachineLimits.WithinMemory((before, "of before"), limit));
    }

    [TestMethod]
    [DataRow(null, 4_096)]
    [DataRow(24_000_000_000L, 4_096)]
    [DataRow(357_564_416L, 341)]
    [DataRow(1_000L, 1)]
    public void Connections_that_wait_to_be_accepted_fit_an_eighth_of_the_memory(long? memory, int connections)
    {
        (long, string)? limit = memory is long bytes ? (bytes, "of memory") : null;

        Assert.AreEqual(connections, MachineLimits.Backlog(limit));
    }

    [TestMethod]
    public void This_machine_allows_one_connection_at_least()
    {
        Assert.AreEqual((1, "--max-connections"), MachineLimits.Decide(1));
    }

    [TestMethod]
    [DataRow(0, 100, 100)]
    [DataRow(40, 100, 60)]
    [DataRow(100, 100, 1)]
    [DataRow(500, 100, 1)]
    public void Connections_that_are_kept_for_another_purpose_are_taken_off(int kept, int limit, int connections)
    {
        Assert.AreEqual((connections, "why"), MachineLimits.Without(kept, (limit, "why")));
        Assert.AreEqual((3, "--max-connections"), MachineLimits.Decide(3, otherConnections: 5), "The machine has enough for both.");
    }
}
