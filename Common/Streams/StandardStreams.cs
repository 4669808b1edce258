using System.Runtime.Versioning;
using System.Text;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// The standard streams of a program, whatever state they are in: closed, full, or with nobody at the other end. A program
/// calls <see cref="Open"/> before anything else.
/// </summary>
public static class StandardStreams
{
    private const int LastDescriptor = 2;

    /// <summary>What an error message may wait for a pipe that nobody reads, before the program ends without it.</summary>
    private static readonly TimeSpan PatienceWithErrors = TimeSpan.FromSeconds(1);

    /// <summary>Standard input.</summary>
    public static StandardStream Input { get; } = new(0, FileAccess.Read);

    /// <summary>Standard output.</summary>
    public static StandardStream Output { get; } = new(1, FileAccess.Write);

    /// <summary>Standard error.</summary>
    public static StandardStream Error { get; } = new(2, FileAccess.Write) { Patience = PatienceWithErrors };

    /// <summary>
    /// Sees to it that no socket gets the number of a stream that is closed, and that <c>Console</c> writes without exceptions
    /// and without changing the terminal: its own writers send it codes as soon as they are made, and never take them back.
    /// </summary>
    /// <returns>What <c>Console.Out</c> writes to.</returns>
    public static StandardWriter Open()
    {
        Encoding encoding;
        if (OperatingSystem.IsWindows())
        {
            // A console is written to in UTF-16. For files and pipes the code page would lack most characters.
            encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }
        else
        {
            FillClosed();
            encoding = Console.OutputEncoding; // of the locale; asking changes nothing
        }

        var output = new StandardWriter(Output, encoding);
        Console.SetOut(output);
        Console.SetError(new StandardWriter(Error, encoding));
        return output;
    }

    /// <summary>
    /// Opens what is closed, the other way round: to use it still fails. The first file that is opened gets the lowest number
    /// that is free, and what was written to standard error would go there, be it a socket.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private static void FillClosed()
    {
        for (int descriptor = 0; descriptor <= LastDescriptor; descriptor++)
        {
            if (StreamCalls.Control(descriptor, StreamCalls.GetDescriptorFlags) < 0)
            {
                int direction = descriptor == 0 ? StreamCalls.WriteOnly : StreamCalls.ReadOnly;
                _ = StreamCalls.Open("/dev/null", direction | StreamCalls.OpenCloseOnExec);
            }
        }
    }
}
