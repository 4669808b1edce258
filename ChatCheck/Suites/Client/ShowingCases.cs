using System.Text;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>What a client shows.</summary>
internal static class ShowingCases
{
    private const string Wiped = ExpectedText.WipeMe + "\r";

    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ClientFixture> Group = new("showing", new("What it shows", "O que ele mostra"),
    [
        new("C-SHOW-01", Level.Required, Section.ClientFunctionality,
            new("It shows [Me] once it has connected", "Ele mostra [Me] quando se conectou"),
            fixture => fixture.StartConnected().Client.AwaitPrompt()),

        new("C-SHOW-02", Level.Required, Section.ClientFunctionality,
            new("It shows [Me] again after each line that is typed", "Ele mostra [Me] de novo após cada linha digitada"),
            fixture =>
            {
                (ClientUnderTest client, _) = fixture.Enter();
                foreach (string line in new[] { "one", "two" })
                {
                    client.Type(line);
                    client.AwaitPrompt();
                }
            }),

        new("C-SHOW-03", Level.Required, Section.ClientFunctionality,
            new("It shows [Me] again after each message that comes", "Ele mostra [Me] de novo após cada mensagem que chega"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("[Bob] hello");
                client.AwaitPrompt();
            }),

        new("C-SHOW-04", Level.Required, Section.ClientFunctionality,
            new("A message that comes is shown in a line of its own, over the [Me]", "Uma mensagem que chega é mostrada em uma linha própria, por cima do [Me]"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("[Bob] Hi everyone!");
                client.AwaitLine("[Bob] Hi everyone!");
            }),

        new("C-SHOW-05", Level.Required, Section.Questions,
            new("Nothing of the [Me] stays behind a message that is shorter", "Nada do [Me] fica atrás de uma mensagem mais curta"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("A");
                client.AwaitLine("A");
            }),

        new("C-SHOW-06", Level.Required, Section.ClientFunctionality,
            new("A message is shown without its padding", "Uma mensagem é mostrada sem o preenchimento"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                const string Text = "Bob has joined";
                server.Send(Text);
                client.AwaitLine(Text);

                // Blanks that cover what stood in the line are fine: so many as in the padding are the padding.
                string padded = Text.PadRight(FrameFormat.Size);
                int start = client.LastShown.IndexOf(padded, StringComparison.Ordinal);
                if (start >= 0 && !client.LastShown.AsSpan(start + padded.Length).StartsWith(" "))
                {
                    throw Findings.Wrong(
                        new("The padding is printed as well.", "O preenchimento também é impresso."),
                        received: Transcript.Show(Encoding.UTF8.GetBytes(client.LastShown)));
                }
            }),

        new("C-SHOW-07", Level.Required, Section.Delineating,
            new("Nothing is shown of a message until all of it has come, and then all of it", "Nada é mostrado de uma mensagem até que chegue inteira, e então ela toda"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                byte[] frame = FrameFormat.Encode("[Bob] the whole of it");
                int most = FrameFormat.Size * 3 / 4;
                server.SendBytes(frame.AsSpan(0, most));
                fixture.Settle(client, server);
                client.MustNotShow("[Bob]");
                server.SendBytes(frame.AsSpan(most));
                client.AwaitLine("[Bob] the whole of it");
            }),

        new("C-SHOW-08", Level.Required, Section.Delineating,
            new("Messages that come at once are shown one by one", "Mensagens que chegam de uma vez são mostradas uma a uma"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("[Bob] one", "[Bob] two", "[Bob] three");
                client.AwaitLine("[Bob] one");
                client.AwaitLine("[Bob] two");
                client.AwaitLine("[Bob] three");
            }),

        new("C-SHOW-09", Level.Required, Section.Delineating,
            new("Messages that come in pieces are shown as they were sent", "Mensagens que chegam em pedaços são mostradas como foram enviadas"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                byte[] bytes = [.. FrameFormat.Encode("[Bob] first"), .. FrameFormat.Encode("[Bob] second")];
                server.SendInPieces(bytes, 4, 3, FrameFormat.Size);
                client.AwaitLine("[Bob] first");
                client.AwaitLine("[Bob] second");
            }),

        new("C-SHOW-10", Level.Required, Section.ServerMessages,
            new("A list of channels is shown line by line", "Uma lista de canais é mostrada linha por linha"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("cats\ndogs\n168_tas");
                client.AwaitLine("cats");
                client.AwaitLine("dogs");
                client.AwaitLine("168_tas");
            }),

        new("C-SHOW-11", Level.Robust, Section.Network,
            new("Hundreds of messages in one go are all shown, in order", "Centenas de mensagens de uma vez são todas mostradas, em ordem"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                string[] texts = [.. Enumerable.Range(1, 300).Select(number => $"[Bob] number {Findings.Number(number)}")];
                server.Send(texts);
                client.AwaitLine(texts[^1]);
                string[] shown = [.. client.AllLines().Where(line => line.StartsWith("[Bob]", StringComparison.Ordinal))];
                string[] kept = client.KeepsFewLines ? texts[^Math.Min(texts.Length, shown.Length)..] : texts;
                if (shown.Length == 0 || !shown.SequenceEqual(kept))
                {
                    throw Findings.Wrong(
                        new("They are not all shown in order.", "Nem todas são mostradas em ordem."),
                        Findings.Number(texts.Length),
                        Findings.Number(shown.Length));
                }
            }),

        new("C-SHOW-12", Level.Robust, Section.Delineating,
            new("A message of full length, without any padding, is shown whole", "Uma mensagem de comprimento máximo, sem preenchimento, é mostrada inteira"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                string text = $"[Bob] {new string('x', FrameFormat.Size - "[Bob] ".Length)}";
                server.Send(text);
                client.AwaitLine(text);
            }),

        new("C-SHOW-13", Level.Ours, Section.Protocol(5),
            new("What is printed is to the byte: wipe, \\r, text, \\n, prompt", "O que é impresso confere ao byte: limpeza, \\r, texto, \\n, prompt"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().StartConnected();
                client.AwaitExactly(ExpectedText.MessagePrefix);
                client.Type("hello");
                client.AwaitExactly(ExpectedText.MessagePrefix);
                server.Send("A");
                client.AwaitExactly($"{Wiped}A\n{ExpectedText.MessagePrefix}");
            }),

        new("C-SHOW-14", Level.Ours, Section.Protocol(5),
            new("A wipe or newline that a server puts into a message is not printed again", "Uma limpeza ou quebra de linha posta pelo servidor não é impressa de novo"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                server.Send($"{ExpectedText.WipeMe}\r[Bob] hello\n");
                client.AwaitExactly($"{Wiped}[Bob] hello\n{ExpectedText.MessagePrefix}");
            }),

        new("C-SHOW-15", Level.Ours, Section.Protocol(5),
            new("A blank message is not shown", "Uma mensagem em branco não é mostrada"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                server.Send("", "A");
                client.AwaitExactly($"{Wiped}A\n{ExpectedText.MessagePrefix}");
            }),

        new("C-SHOW-16", Level.Ours, Section.Protocol(4),
            new("Control characters do not reach the terminal", "Caracteres de controle não chegam ao terminal"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                server.Send("a\u001b[2Jb\u0085c");
                client.AwaitExactly($"{Wiped}a [2Jbc\n{ExpectedText.MessagePrefix}");
            }),

        new("C-SHOW-17", Level.Ours, Section.Protocol(1),
            new("A character that comes in two pieces is one character", "Um caractere que chega em dois pedaços é um caractere"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.SendInPieces(FrameFormat.Encode("🐼 ação"), 2, 6);
                client.AwaitLine("🐼 ação");
            }),
    ]);
}
