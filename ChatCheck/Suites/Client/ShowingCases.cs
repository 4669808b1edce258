using System.Text;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>The text that a client shows.</summary>
internal static class ShowingCases
{
    private const string Wiped = ExpectedText.WipeMe + "\r";

    public static readonly CaseGroup<ClientFixture> Group = new("showing", new("What the client shows", "O que o cliente mostra"),
    [
        new("C-SHOW-01", Level.Required, Section.ClientFunctionality,
            new(
                "The client shows [Me] after it has connected",
                "O cliente mostra [Me] depois de se conectar"),
            fixture => fixture.StartConnected().Client.AwaitPrompt()),

        new("C-SHOW-02", Level.Required, Section.ClientFunctionality,
            new(
                "The client shows [Me] again after each line that the user types",
                "O cliente mostra [Me] de novo depois de cada linha que o usuário digita"),
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
            new(
                "The client shows [Me] again after each message that it receives",
                "O cliente mostra [Me] de novo depois de cada mensagem que recebe"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("[Bob] hello");
                client.AwaitPrompt();
            }),

        new("C-SHOW-04", Level.Required, Section.ClientFunctionality,
            new(
                "The client replaces [Me] with the message that it receives, on a line of its own",
                "O cliente troca o [Me] pela mensagem recebida, em uma linha própria"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("[Bob] Hi everyone!");
                client.AwaitLine("[Bob] Hi everyone!");
            }),

        new("C-SHOW-05", Level.Required, Section.Questions,
            new(
                "Nothing of [Me] stays on the screen after a message that is shorter",
                "Nada do [Me] fica na tela depois de uma mensagem mais curta"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("A");
                client.AwaitLine("A");
            }),

        new("C-SHOW-06", Level.Required, Section.ClientFunctionality,
            new(
                "The client shows a message without its padding",
                "O cliente mostra uma mensagem sem o preenchimento"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                const string Text = "Bob has joined";
                server.Send(Text);
                client.AwaitLine(Text);

                // Blanks that cover the old line are allowed: as many as in the padding are the padding.
                string padded = Text.PadRight(FrameFormat.Size);
                int start = client.LastShown.IndexOf(padded, StringComparison.Ordinal);
                if (start >= 0 && !client.LastShown.AsSpan(start + padded.Length).StartsWith(" "))
                {
                    throw Findings.Wrong(
                        new("The client prints the padding as well.", "O cliente imprime também o preenchimento."),
                        received: Transcript.Show(Encoding.UTF8.GetBytes(client.LastShown)));
                }
            }),

        new("C-SHOW-07", Level.Required, Section.Delineating,
            new(
                "The client shows a message only when all of it has arrived",
                "O cliente só mostra uma mensagem quando ela chegou inteira"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                byte[] frame = FrameFormat.Encode("[Bob] the whole of it");
                int most = FrameFormat.Size * 3 / 4;
                server.SendBytes(frame.AsSpan(0, most));
                server.AwaitRead(); // a client that ends because of it must do so before the next line, each time
                fixture.Settle(client, server);
                client.MustNotShow("[Bob]");
                server.SendBytes(frame.AsSpan(most));
                client.AwaitLine("[Bob] the whole of it");
            }),

        new("C-SHOW-08", Level.Required, Section.Delineating,
            new(
                "The client shows messages that arrive together one by one",
                "O cliente mostra uma a uma as mensagens que chegam juntas"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("[Bob] one", "[Bob] two", "[Bob] three");
                client.AwaitLine("[Bob] one");
                client.AwaitLine("[Bob] two");
                client.AwaitLine("[Bob] three");
            }),

        new("C-SHOW-09", Level.Required, Section.Delineating,
            new(
                "The client shows messages that arrive in pieces as they were sent",
                "O cliente mostra mensagens que chegam em pedaços como foram enviadas"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                byte[] bytes = [.. FrameFormat.Encode("[Bob] first"), .. FrameFormat.Encode("[Bob] second")];
                server.SendInPieces(bytes, 4, 3, FrameFormat.Size);
                client.AwaitLine("[Bob] first");
                client.AwaitLine("[Bob] second");
            }),

        new("C-SHOW-10", Level.Required, Section.ServerMessages,
            new(
                "The client shows a list of channels line by line",
                "O cliente mostra uma lista de canais linha por linha"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("cats\ndogs\n168_tas");
                client.AwaitLine("cats");
                client.AwaitLine("dogs");
                client.AwaitLine("168_tas");
            }),

        new("C-SHOW-11", Level.Robust, Section.Network,
            new(
                "When hundreds of messages arrive at once, the client shows all of them, in order",
                "Quando centenas de mensagens chegam de uma vez, o cliente mostra todas, em ordem"),
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
                        new("The client does not show all messages in order.", "O cliente não mostra todas as mensagens em ordem."),
                        Findings.Number(texts.Length),
                        Findings.Number(shown.Length));
                }
            }) { IsAside = true },

        new("C-SHOW-12", Level.Robust, Section.Delineating,
            new(
                "The client shows all of a message of 200 bytes that has no padding",
                "O cliente mostra inteira uma mensagem de 200 bytes sem preenchimento"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                string text = $"[Bob] {new string('x', FrameFormat.Size - "[Bob] ".Length)}";
                server.Send(text);
                client.AwaitLine(text);
            }) { IsAside = true },

        new("C-SHOW-13", Level.Ours, Section.Protocol(5),
            new(
                "The client prints exactly these bytes: wipe, \\r, text, \\n, prompt",
                "O cliente imprime exatamente estes bytes: os que apagam o [Me], \\r, texto, \\n, prompt"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().StartConnected();
                client.AwaitExactly(ExpectedText.MessagePrefix);
                client.Type("hello");
                client.AwaitExactly(ExpectedText.MessagePrefix);
                server.Send("A");
                client.AwaitExactly($"{Wiped}A\n{ExpectedText.MessagePrefix}");
            }) { IsAside = true },

        new("C-SHOW-14", Level.Ours, Section.Protocol(5),
            new(
                "If a message already contains the wipe or a newline, the client does not print them a second time",
                "Se a mensagem já contém os bytes que apagam o [Me] ou uma quebra de linha, o cliente não os imprime outra vez"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                server.Send($"{ExpectedText.WipeMe}\r[Bob] hello\n");
                client.AwaitExactly($"{Wiped}[Bob] hello\n{ExpectedText.MessagePrefix}");
            }) { IsAside = true },

        new("C-SHOW-15", Level.Ours, Section.Protocol(5),
            new(
                "The client does not show a blank message",
                "O cliente não mostra uma mensagem em branco"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                server.Send("", "A");
                client.AwaitExactly($"{Wiped}A\n{ExpectedText.MessagePrefix}");
            }) { IsAside = true },

        new("C-SHOW-16", Level.Ours, Section.Protocol(4),
            new(
                "The client does not print control characters of a message",
                "O cliente não imprime caracteres de controle de uma mensagem"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                server.Send("a\u001b[2Jb\u0085c");
                client.AwaitExactly($"{Wiped}a [2Jbc\n{ExpectedText.MessagePrefix}");
            }) { IsAside = true },

        new("C-SHOW-17", Level.Ours, Section.Protocol(1),
            new(
                "The client shows a character that arrives in two pieces as one character",
                "O cliente mostra um caractere que chega em dois pedaços como um só caractere"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.SendInPieces(FrameFormat.Encode("🐼 ação"), 2, 6);
                client.AwaitLine("🐼 ação");
            }) { IsAside = true },
    ]);
}
