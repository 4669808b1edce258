namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// The limits of the machine, of the process and of its control groups: how many connections with a thread each, and how
/// much memory.
/// </summary>
/// <param name="root">The root of the file system; tests have one of their own.</param>
internal sealed class MachineLimits(string root)
{
    /// <summary>Files kept back: the runtime alone has close to 90 open before the first client connects, and rejected connections need some.</summary>
    private const int ReservedFiles = 160;

    /// <summary>A thread takes four memory maps; past the limit the process is aborted, and nothing can catch that.</summary>
    private const int MapsPerThread = 4;
    private const int ReservedMaps = 2_000;

    /// <summary>Threads kept back: the runtime and the server have about 15, and a signal needs one to be handled at all.</summary>
    private const int ReservedThreads = 64;

    private const long BytesPerKilobyte = 1_024;

    /// <summary>Bytes that the kernel may hold that a client has sent and its reader has not received. The system doubles the requested value.</summary>
    private const long ReceivedBytes = 2 * TcpSettings.ReceiveBufferBytes;

    /// <summary>The part of the memory for such bytes, for all clients and for all connections that wait to be accepted.</summary>
    private const int ClientsPart = 2;
    private const int BacklogPart = 8;

    /// <summary>Connections that may wait to be accepted if memory is not short. The system may allow fewer.</summary>
    private const int MostBacklog = 4096;

    private readonly ControlGroups _groups = new(root);

    /// <summary>The limits of this machine.</summary>
    public static MachineLimits OfThisMachine { get; } = new("/");

    /// <summary>The smallest of the wanted number and the limits of the machine, at least 1, and which of them decided.</summary>
    /// <param name="wanted">The number of connections that is wanted.</param>
    /// <param name="otherFiles">Files that a part of the server keeps for itself.</param>
    /// <param name="otherThreads">Threads that parts of the server need besides.</param>
    /// <param name="otherConnections">Connections, with a thread each, that the machine must allow besides.</param>
    public static (int Connections, string Reason) Decide(int wanted, int otherFiles = 0, int otherThreads = 0, int otherConnections = 0) =>
        Without(otherConnections, WithinMemory(OfThisMachine.Connections(wanted + otherConnections, otherFiles, otherThreads), OfThisMachine.Memory()));

    /// <summary>Lowers a number of connections by those that are kept for a purpose of their own.</summary>
    internal static (int Connections, string Reason) Without(int otherConnections, (int Connections, string Reason) limit) =>
        (Math.Max(1, limit.Connections - otherConnections), limit.Reason);

    /// <summary>The smallest of the wanted number and the limits of files, maps and threads.</summary>
    public (int Connections, string Reason) Connections(int wanted, int otherFiles = 0, int otherThreads = 0)
    {
        long? files = OpenFileLimit();
        (long, string)[] threads = [.. ThreadLimits()];
        return WithoutThreads(
            otherThreads,
            threads,
            WithoutFiles(otherFiles, files, Decide(wanted, files, SystemFiles.Number(root, "/proc/sys/vm/max_map_count"), threads)));
    }

    /// <summary>How many connections may wait to be accepted: the kernel holds the bytes that each has sent.</summary>
    public static int Backlog((long Bytes, string Reason)? memory) =>
        memory is null ? MostBacklog : (int)Math.Clamp(memory.Value.Bytes / BacklogPart / ReceivedBytes, 1, MostBacklog);

    /// <summary>Lowers a number of connections to those for which there are files, if other parts of the server need some.</summary>
    internal static (int Connections, string Reason) WithoutFiles(int otherFiles, long? openFiles, (int Connections, string Reason) limit) =>
        openFiles is long files && files - ReservedFiles - otherFiles < limit.Connections
            ? ((int)Math.Max(1, files - ReservedFiles - otherFiles), LimitOf(files))
            : limit;

    /// <summary>The same for threads.</summary>
    internal static (int Connections, string Reason) WithoutThreads(
        int otherThreads, IEnumerable<(long Threads, string Name)> threads, (int Connections, string Reason) limit)
    {
        foreach ((long count, string name) in threads)
        {
            long left = Math.Max(1, count - ReservedThreads - otherThreads);
            limit = left < limit.Connections ? ((int)left, LimitOf(count, name)) : limit;
        }

        return limit;
    }

    /// <summary>Lowers a number of connections to those for which there is memory: the kernel holds the bytes that each has sent.</summary>
    internal static (int Connections, string Reason) WithinMemory((int Connections, string Reason) limit, (long Bytes, string Reason)? memory)
    {
        long most = memory is null ? int.MaxValue : Math.Max(1, memory.Value.Bytes / ClientsPart / ReceivedBytes);
        return limit.Connections <= most ? limit : ((int)most, memory!.Value.Reason);
    }

    /// <summary>
    /// The most memory that this process may use, in bytes, and what decides it: the machine's memory, or a limit of the
    /// process or of one of its control groups that is lower. Null if unknown, as on systems without /proc.
    /// </summary>
    public (long Bytes, string Reason)? Memory()
    {
        List<(long Bytes, string Reason)> limits = [.. MemoryLimits()];
        return limits.Count == 0 ? null : limits.MinBy(limit => limit.Bytes);
    }

    /// <summary>The same for given limits; null, or none, for an unknown limit.</summary>
    internal static (int Connections, string Reason) Decide(
        int wanted, long? openFiles, long? memoryMaps, params IEnumerable<(long Threads, string Name)> threads)
    {
        List<(long Count, string Reason)> limits = [(wanted, "--max-connections")];
        if (openFiles is long files)
        {
            limits.Add((files - ReservedFiles, LimitOf(files)));
        }

        if (memoryMaps is long maps)
        {
            limits.Add(((maps - ReservedMaps) / MapsPerThread, $"the limit of {maps} memory maps (vm.max_map_count)"));
        }

        limits.AddRange(threads.Select(limit => (limit.Threads - ReservedThreads, LimitOf(limit.Threads, limit.Name))));

        (long count, string reason) = limits.MinBy(limit => limit.Count);
        return ((int)Math.Max(1, count), reason);
    }

    private static string LimitOf(long openFiles) => $"the limit of {openFiles} open files";

    private static string LimitOf(long threads, string name) => $"the limit of {threads} threads ({name})";

    /// <summary>The soft limit of open files (the runtime has raised it to the hard one). Null if it is not known.</summary>
    public long? OpenFileLimit() => ProcessLimit("Max open files");

    /// <summary>
    /// Everything that limits threads. Threads of other processes count too, so there may be fewer: then a client that is
    /// one too many is rejected when it connects.
    /// </summary>
    private IEnumerable<(long Threads, string Name)> ThreadLimits()
    {
        if (!IsRootOfTheMachine() && ProcessLimit("Max processes") is long ofUser)
        {
            yield return (ofUser, "ulimit -u");
        }

        foreach (string name in (string[])["threads-max", "pid_max"])
        {
            if (SystemFiles.Number(root, $"/proc/sys/kernel/{name}") is long ofSystem)
            {
                yield return (ofSystem, $"kernel.{name}");
            }
        }

        // In a container, or under systemd (TasksMax).
        foreach (long ofGroup in GroupLimits("pids", "pids.max"))
        {
            yield return (ofGroup, "pids.max of the control group");
        }
    }

    private IEnumerable<(long Bytes, string Reason)> MemoryLimits()
    {
        const string Memory = "/proc/meminfo";
        if (SystemFiles.Number(root, Memory, "MemTotal:") is long ofMachine)
        {
            yield return (ofMachine * BytesPerKilobyte, "the machine's memory");
        }

        // Without overcommit (2) the kernel promises no more than this to all processes together.
        if (SystemFiles.Number(root, "/proc/sys/vm/overcommit_memory") == 2
            && SystemFiles.Number(root, Memory, "CommitLimit:") is long promised)
        {
            yield return (promised * BytesPerKilobyte, "vm.overcommit_memory");
        }

        foreach ((string name, string option) in ((string, string)[])[("Max address space", "-v"), ("Max data size", "-d")])
        {
            if (ProcessLimit(name) is long ofProcess)
            {
                yield return (ofProcess, $"ulimit {option}");
            }
        }

        // Version 1 has the last; "no limit" is there a number above all memory that a machine can have. Above memory.high a
        // group is slowed down until it can hardly work.
        foreach (string file in (string[])["memory.max", "memory.high", "memory.limit_in_bytes"])
        {
            foreach (long ofGroup in GroupLimits("memory", file))
            {
                yield return (ofGroup, $"{file} of the control group");
            }
        }
    }

    private IEnumerable<long> GroupLimits(string controller, string file) =>
        from folder in _groups.FoldersOf(controller)
        let limit = SystemFiles.Number(folder, $"/{file}")
        where limit is not null
        select limit.Value;

    private long? ProcessLimit(string name) => SystemFiles.Number(root, "/proc/self/limits", name);

    /// <summary>The user without a limit by "ulimit -u". In a user namespace of its own, root is a user like any other.</summary>
    private bool IsRootOfTheMachine() =>
        SystemFiles.Words(root, "/proc/self/status", "Uid:") is ["0", ..]
        && SystemFiles.Words(root, "/proc/self/uid_map", "") is [] or ["0", "0", ..];
}
