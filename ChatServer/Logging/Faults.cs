using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Logging;

/// <summary>
/// Faults of our own code that would have ended the process. Each is counted and logged once. Every thread does its
/// work inside <see cref="Guard"/>, or, if that would cost an object for each send, calls <see cref="Caught"/> itself.
/// </summary>
internal sealed class Faults(ILogger log)
{
    private long _count;

    /// <summary>How many faults there were; 0 in a correct server.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Calls an action and catches every exception. True if there was none.</summary>
    /// <param name="doing">What is being done, for the log: "serving connection 17".</param>
    /// <param name="work">Does it.</param>
    public bool Guard(string doing, Action work)
    {
        try
        {
            work();
            return true;
        }
#pragma warning disable CA1031 // An exception that leaves a thread ends the process, and all its connections.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Caught(fault, doing);
            return false;
        }
    }

    /// <summary>Counts and logs a fault that the caller has caught. Never throws.</summary>
    public void Caught(Exception fault, string doing)
    {
        try
        {
            log.Fault(fault, doing);
        }
#pragma warning disable CA1031 // It is still counted. Where the log fails too, there is no other place to report it.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        Interlocked.Increment(ref _count);
    }
}
