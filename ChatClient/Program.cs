using ThreadedChat.ChatClient.Basic;
using ThreadedChat.ChatClient.Decode;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient;

/// <summary>The client: <c>ChatClient NAME HOST PORT</c>. Puts the parts together and returns the exit code.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var terminal = Terminal.OpenStandard();
        var screen = new Screen(terminal);
        switch (CommandLine.Parse(args))
        {
            case Request.Wrong wrong:
                terminal.WriteError(wrong.Text);
                return ExitCode.WrongArguments;

            case Request.Answer answer:
                screen.Close(answer.Text);
                return ExitCode.Done;

            case Request.Run run:
                using (Signals.Watch(screen))
                {
                    return run.Options.IsBasic
                        ? BasicClient.Run(run.Options, terminal, screen)
                        : Chat(run.Options, terminal, screen);
                }

            case Request.Decode decode:
                return Decoder.Run(decode.File, terminal);

            default:
                throw new InvalidOperationException("A request of no known kind.");
        }
    }

    private static int Chat(ClientOptions options, Terminal terminal, Screen screen)
    {
        string? error = null;
        using TraceWriter? trace = options.Trace ? TraceWriter.TryOpen(options.TraceFile, terminal.Error, out error) : null;
        if (error is not null)
        {
            terminal.WriteError($"{error}\n");
            return ExitCode.NoFile;
        }

        return ChatSession.Run(options, terminal, screen, trace);
    }
}
