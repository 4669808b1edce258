using System.Globalization;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// The memory of a server process, and of the kernel for TCP, before, during and after an attack. The kernel's is that of all programs of the
/// machine, both ends of each connection: <c>/proc/net/sockstat</c>.
/// </summary>
internal sealed class AttackMemory : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly LiveServer _server;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private readonly (long Process, long Kernel) _before;
    private (long Process, long Kernel) _most; // the thread's own until it has ended

    /// <summary>Begins: what there is now is before the attack.</summary>
    public AttackMemory(LiveServer server)
    {
        _server = server;
        _before = _most = Now();
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends: what there is now is after the attack. One line.</summary>
    public string End()
    {
        Dispose();
        (long process, long kernel) = Now();
        return $"memory before, at most, after: server {Show(_before.Process, _most.Process, process)}, kernel {Show(_before.Kernel, _most.Kernel, kernel)}";
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
    }

    private static string Show(params long[] bytes) => string.Join(", ", bytes.Select(value => Figures.Memory(value)));

    private static long KernelBytes()
    {
        string[] words = KernelSockets.Statistics().Split(' ');
        int mem = Array.IndexOf(words, "mem");
        return mem < 0 ? 0 : long.Parse(words[mem + 1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    private void Watch()
    {
        try
        {
            while (!_stop.Wait(Interval))
            {
                (long process, long kernel) = Now();
                _most = (Math.Max(_most.Process, process), Math.Max(_most.Kernel, kernel));
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // The server has ended: there is nothing more to see.
        }
    }

    private (long Process, long Kernel) Now() => (_server.Figures.MemoryBytes, KernelBytes());
}
