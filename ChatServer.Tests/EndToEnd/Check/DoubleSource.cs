using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Starts doubles.</summary>
internal sealed class DoubleSource(Func<ProgramArguments, IProgram> start) : IProgramSource
{
    public IProgram Start(ProgramArguments arguments) => start(arguments);
}
