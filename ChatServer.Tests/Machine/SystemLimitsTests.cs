using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Machine;

/// <summary>The places of the machine's limits, in a file system that the test has made.</summary>
[TestClass]
public sealed class SystemLimitsTests : IDisposable
{
    private const string Version1Mounts =
        """
        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
        39 31 0:36 / /sys/fs/cgroup/pids rw,relatime master:3 shared:7 - cgroup cgroup rw,pids
        40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
        """;

    private const string Version2Mounts = "41 31 0:38 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw,nsdelegate\n";

    private const string Unlimited1 = "9223372036854771712\n";

    private readonly FileTree _machine = new();

    public void Dispose() => _machine.Dispose();

    [TestMethod]
    public void A_group_of_version_1_limits_threads_and_memory()
    {
        _machine.Add("/proc/self/mountinfo", Version1Mounts)
            .Add("/proc/self/cgroup", "9:name=systemd:/\n8:pids:/box\n4:memory:/box\n")
            .Add("/proc/meminfo", "MemTotal:       1000000 kB\nMemFree:        500000 kB\n")
            .Add("/sys/fs/cgroup/pids/box/pids.max", "160\n")
            .Add("/sys/fs/cgroup/memory/box/memory.limit_in_bytes", "268435456\n");

        AssertThreads(160, "pids.max of the control group");
        AssertMemory(268_435_456, "memory.limit_in_bytes of the control group");
    }

    [TestMethod]
    public void A_group_of_version_2_limits_threads_and_memory()
    {
        _machine.Add("/proc/self/mountinfo", Version2Mounts)
            .Add("/proc/self/cgroup", "0::/system.slice/chat.service\n")
            .Add("/proc/meminfo", "MemTotal:       1000000 kB\n")
            .Add("/sys/fs/cgroup/system.slice/chat.service/pids.max", "200\n")
            .Add("/sys/fs/cgroup/system.slice/chat.service/memory.high", "max\n")
            .Add("/sys/fs/cgroup/system.slice/chat.service/memory.max", "104857600\n");

        AssertThreads(200, "pids.max of the control group");
        AssertMemory(104_857_600, "memory.max of the control group");
    }

    [TestMethod]
    [DataRow("/", "150", "max", "max", DisplayName = "of the outermost group")]
    [DataRow("/", "max", "150", "900", DisplayName = "of the group in between")]
    [DataRow("/", "900", "max", "150", DisplayName = "of its own group")]
    public void The_smallest_limit_of_all_enclosing_groups_applies(string inside, string outermost, string between, string own)
    {
        _machine.Add("/proc/self/mountinfo", $"41 31 0:38 {inside} /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
            .Add("/proc/self/cgroup", "0::/outer/inner\n")
            .Add("/sys/fs/cgroup/pids.max", outermost)
            .Add("/sys/fs/cgroup/outer/pids.max", between)
            .Add("/sys/fs/cgroup/outer/inner/pids.max", own)
            .Add("/sys/fs/cgroup/memory.max", outermost)
            .Add("/sys/fs/cgroup/outer/memory.max", between)
            .Add("/sys/fs/cgroup/outer/inner/memory.max", own);

        AssertThreads(150, "pids.max of the control group");
        AssertMemory(150, "memory.max of the control group");
    }

    [TestMethod]
    [DataRow("/docker/abc", "/docker/abc", "", DisplayName = "The container's group is the top of the visible tree")]
    [DataRow("/docker/abc", "/docker/abc/inner", "/inner", DisplayName = "A group inside the container")]
    [DataRow("/docker/abc", "/", "", DisplayName = "The path of a group that the mount does not show")]
    [DataRow("/", "/../..", "", DisplayName = "A group outside of the namespace of the process")]
    [DataRow("/", "/a group", "/a group", DisplayName = "A blank in the path")]
    [DataRow("/", "/a:b", "/a:b", DisplayName = "A colon in the path")]
    public void Its_group_is_found_where_the_process_sees_it(string inside, string group, string folder)
    {
        _machine.Add("/proc/self/mountinfo", $"39 31 0:36 {inside} /sys/fs/cgroup/pids,cpu rw - cgroup cgroup rw,pids,cpu\n")
            .Add("/proc/self/cgroup", $"8:pids,cpu:{group}\n")
            .Add($"/sys/fs/cgroup/pids,cpu{folder}/pids.max", "170\n");

        AssertThreads(170, "pids.max of the control group");
    }

    [TestMethod]
    public void A_control_group_tree_may_be_mounted_anywhere()
    {
        _machine.Add("/proc/self/mountinfo", "39 31 0:36 / /my\\040groups rw - cgroup cgroup rw,pids\n")
            .Add("/proc/self/cgroup", "8:pids:/box\n")
            .Add("/my groups/box/pids.max", "170\n");

        AssertThreads(170, "pids.max of the control group");
    }

    [TestMethod]
    public void If_both_versions_are_mounted_each_controller_is_found_in_its_own()
    {
        _machine.Add("/proc/self/mountinfo", $"{Version1Mounts}\n42 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n")
            .Add("/proc/self/cgroup", "8:pids:/one\n4:memory:/\n0::/two\n")
            .Add("/sys/fs/cgroup/memory/memory.limit_in_bytes", Unlimited1)
            .Add("/sys/fs/cgroup/pids/one/pids.max", "180\n")
            .Add("/sys/fs/cgroup/unified/two/memory.max", "5000\n");

        AssertThreads(180, "pids.max of the control group");
        AssertMemory(5_000, "memory.max of the control group");
    }

    [TestMethod]
    [DataRow("Uid:\t1000\t1000\t1000\t1000", "0 0 4294967295", true, DisplayName = "holds for a user")]
    [DataRow("Uid:\t0\t0\t0\t0", "         0          0 4294967295", false, DisplayName = "does not hold for root")]
    [DataRow("Uid:\t0\t0\t0\t0", "0 100000 65536", true, DisplayName = "holds for the root of a user namespace")]
    [DataRow("Uid:\t1000\t0\t0\t0", "0 0 4294967295", true, DisplayName = "holds for a user with the rights of root")]
    public void The_limit_of_processes(string user, string map, bool holds)
    {
        _machine.Add("/proc/self/limits", "Max processes             140                  96364                processes \n")
            .Add("/proc/self/status", $"Name:\tdotnet\n{user}\n")
            .Add("/proc/self/uid_map", map);

        (int connections, string reason) = Limits.Connections(1_000);

        Assert.AreEqual(holds ? (76, "the limit of 140 threads (ulimit -u)") : (1_000, "--max-connections"), (connections, reason));
    }

    [TestMethod]
    [DataRow("/proc/self/limits", "Max open files            260                  4096                 files     \n", 100, "the limit of 260 open files")]
    [DataRow("/proc/sys/kernel/threads-max", "164\n", 100, "the limit of 164 threads (kernel.threads-max)")]
    [DataRow("/proc/sys/kernel/pid_max", "164\n", 100, "the limit of 164 threads (kernel.pid_max)")]
    [DataRow("/proc/sys/vm/max_map_count", "2400\n", 100, "the limit of 2400 memory maps (vm.max_map_count)")]
    public void Limits_of_the_process_and_the_machine_are_found(string file, string text, int connections, string reason)
    {
        _machine.Add(file, text);

        Assert.AreEqual((connections, reason), Limits.Connections(1_000));
    }

    [TestMethod]
    [DataRow("Max address space         500000               unlimited            bytes     \n", "ulimit -v")]
    [DataRow("Max data size             500000               unlimited            bytes     \n", "ulimit -d")]
    public void The_process_may_have_less_memory_than_the_machine(string limit, string reason)
    {
        _machine.Add("/proc/meminfo", "MemTotal:       1000000 kB\n").Add("/proc/self/limits", limit);

        AssertMemory(500_000, reason);
    }

    [TestMethod]
    [DataRow("2", 2_048_000L, "vm.overcommit_memory")]
    [DataRow("0", 4_096_000L, "the machine's memory")]
    public void A_kernel_without_overcommit_limits_memory(string overcommit, long bytes, string reason)
    {
        _machine.Add("/proc/meminfo", "MemTotal:          4000 kB\nCommitLimit:       2000 kB\n")
            .Add("/proc/sys/vm/overcommit_memory", $"{overcommit}\n");

        AssertMemory(bytes, reason);
    }

    [TestMethod]
    public void Without_a_limit_the_whole_machine_may_be_used()
    {
        _machine.Add("/proc/self/mountinfo", Version1Mounts)
            .Add("/proc/self/cgroup", "4:memory:/box\n8:pids:/box\n")
            .Add("/proc/meminfo", "MemTotal:       1000000 kB\n")
            .Add("/proc/self/limits", "Max address space         unlimited            unlimited            bytes     \n")
            .Add("/sys/fs/cgroup/pids/box/pids.max", "max\n")
            .Add("/sys/fs/cgroup/memory/box/memory.limit_in_bytes", Unlimited1);

        Assert.AreEqual((1_000, "--max-connections"), Limits.Connections(1_000));
        AssertMemory(1_024_000_000, "the machine's memory");
    }

    [TestMethod]
    [DataRow(null, null, DisplayName = "no file at all")]
    [DataRow("", "", DisplayName = "empty files")]
    [DataRow("39 31 - cgroup\nnonsense\n - \n39 31 0:36 / /x rw - cgroup cgroup rw,pids", "8:pids\n\n:::\n8:pids:\n", DisplayName = "nonsense")]
    public void A_machine_without_these_files_has_no_limits(string? mounts, string? groups)
    {
        if (mounts is not null)
        {
            _machine.Add("/proc/self/mountinfo", mounts);
            _machine.Add("/proc/self/cgroup", groups!);
        }

        Assert.AreEqual((1_000, "--max-connections"), Limits.Connections(1_000));
        Assert.IsNull(Limits.Memory());
    }

    [TestMethod]
    public void The_memory_of_this_machine_is_found()
    {
        Needs.Linux();

        (long bytes, string reason) = MachineLimits.OfThisMachine.Memory()!.Value;

        Assert.IsGreaterThan(1_000_000, bytes);
        Assert.AreNotEqual("", reason);
    }

    private MachineLimits Limits => new(_machine.Root);

    private void AssertThreads(int limit, string name) =>
        Assert.AreEqual((limit - 64, $"the limit of {limit} threads ({name})"), Limits.Connections(10_000));

    private void AssertMemory(long bytes, string reason) => Assert.AreEqual((bytes, reason), Limits.Memory());
}
