using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>The source of a rule.</summary>
internal sealed record Section(Text Name)
{
    /// <summary>The assignment's warm-up.</summary>
    public static readonly Section BasicPrograms = new(new Text("the assignment, part 0", "o enunciado, parte 0"));

    /// <summary>The messages of clients, and their handling by the server.</summary>
    public static readonly Section ServerMessages = new(new Text(
        "the assignment, part 1, server: messages", "o enunciado, parte 1, servidor: mensagens"));

    /// <summary>Messages of a fixed length, and their buffering.</summary>
    public static readonly Section Delineating = new(new Text(
        "the assignment, part 1, server: delineating messages", "o enunciado, parte 1, servidor: delimitar mensagens"));

    /// <summary>Errors and their texts.</summary>
    public static readonly Section ErrorHandling = new(new Text(
        "the assignment, part 1, server: error handling", "o enunciado, parte 1, servidor: tratamento de erros"));

    /// <summary>The behaviour of the client, and the conversation shown there.</summary>
    public static readonly Section ClientFunctionality = new(new Text(
        "the assignment, part 1, client functionality", "o enunciado, parte 1, funcionamento do cliente"));

    /// <summary>The questions at its end.</summary>
    public static readonly Section Questions = new(new Text("the assignment, FAQ", "o enunciado, perguntas frequentes"));

    /// <summary>Not from the assignment at all.</summary>
    public static readonly Section Network = new(new Text(
        "not in the assignment: how networks behave", "fora do enunciado: como as redes se comportam"));

    /// <summary>A section of this project's own text of the protocol.</summary>
    public static Section Protocol(int number)
    {
        string section = Findings.Number(number);
        return new Section(new Text($"docs/protocol.md, section {section}", $"docs/protocol.md, seção {section}"));
    }
}
