using System.Text;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>A program that does not end, and whose output the test writes.</summary>
internal sealed class PrintedProgram : IProgram
{
    public bool IsTerminal { get; init; }

    public ProgramOutput Output { get; } = new();

    public ProgramOutput Errors { get; } = new();

    public int? ProcessId => null;

    public int? ExitCode => null;

    public PrintedProgram Print(string text)
    {
        Output.Add(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
    }

    public void EndInput()
    {
    }

    public bool AwaitExit(TimeSpan limit) => false;

    public void Dispose()
    {
    }
}
