using ThreadedChat.ChatClient.Basic;

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
                        : ChatSession.Run(run.Options, terminal, screen);
                }

            default:
                throw new InvalidOperationException("A request of no known kind.");
        }
    }
}
