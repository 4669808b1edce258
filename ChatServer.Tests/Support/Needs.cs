using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>The needs of a test. If one is missing, the test is inconclusive, and names it.</summary>
internal static class Needs
{
    private const int OwnFiles = 300;

    /// <summary>The load generator's epoll, limits of processes, and /proc, with the numbers of threads, files and memory.</summary>
    public static void Linux()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("Needs Linux.");
        }
    }

    /// <summary>So many sockets in this process, and as many in a server that it starts.</summary>
    public static void Sockets(int count)
    {
        int most = MachineLimits.Decide(int.MaxValue).Connections;
        if (most < count + OwnFiles)
        {
            Assert.Inconclusive($"Needs {count} connections; this machine has threads or files for {most} (ulimit -n, vm.max_map_count).");
        }
    }

    /// <summary>A program in the path.</summary>
    public static void Program(string name)
    {
        if (ProgramFiles.Find(name) is null)
        {
            Assert.Inconclusive($"Needs the program {name}.");
        }
    }

    /// <summary>Programs that run on .NET, which can load a part of the test into them.</summary>
    public static void DotNet()
    {
        if (NativePrograms.AreUsed)
        {
            Assert.Inconclusive("Needs programs that are not compiled ahead of time.");
        }
    }

    /// <summary>The rights of root.</summary>
    public static void Root(string what)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive($"Needs root, for {what}.");
        }
    }
}
