using System.Runtime.Versioning;
using System.Text;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// The standard streams of a program in any state: open, closed, full, or without a reader. A program calls <see cref="Open"/> first.
/// </summary>
public static class StandardStreams
{
    private const int LastDescriptor = 2;

    /// <summary>How long an error message waits for a pipe that nobody reads.</summary>
    private static readonly TimeSpan ErrorLimit = TimeSpan.FromSeconds(1);

    /// <summary>Standard input.</summary>
    public static StandardStream Input { get; } = new(0, FileAccess.Read);

    /// <summary>Standard output.</summary>
    public static StandardStream Output { get; } = new(1, FileAccess.Write);

    /// <summary>Standard error.</summary>
    public static StandardStream Error { get; } = new(2, FileAccess.Write) { WriteLimit = ErrorLimit };

    /// <summary>
    /// After this call no socket gets the number of a closed stream, and <c>Console</c> writes without exceptions and without changes
    /// to the terminal: its own writers send escape sequences to the terminal when they are created, and never undo them.
    /// </summary>
    /// <returns>The writer behind <c>Console.Out</c>.</returns>
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
    /// Opens each closed stream in the wrong direction, so that its use still fails. Otherwise the next file or socket would get its
    /// number, and with it the output of standard error, for example.
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
