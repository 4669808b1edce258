namespace ThreadedChat.ChatClient.Decode;

/// <summary>The words of the picture, in one language.</summary>
internal sealed record PictureTexts
{
    public required string Language { get; init; }

    public required string Title { get; init; }

    /// <summary>How to read the page; for a trace.</summary>
    public required string How { get; init; }

    /// <summary>How to read the page; for captured bytes.</summary>
    public required string HowBytes { get; init; }

    public required string Text { get; init; }

    public required string Padding { get; init; }

    public required string Earlier { get; init; }

    public required string Missing { get; init; }

    public required string Server { get; init; }

    public required string ThisClient { get; init; }

    public required string Frame { get; init; }

    /// <summary>{0} of 200, {1} missing.</summary>
    public required string Waiting { get; init; }

    /// <summary>{0} of 200 and no more.</summary>
    public required string Torn { get; init; }

    public required string Pieces { get; init; }

    public required string Later { get; init; }

    public required string MoreFrames { get; init; }

    public required string MoreBlocked { get; init; }

    public required string Cut { get; init; }

    public required string CutPeers { get; init; }

    public required string CutBytes { get; init; }

    public required string Bytes { get; init; }

    public required string Spaces { get; init; }

    public required string Unknown { get; init; }

    public required string Sums { get; init; }

    /// <summary>Between the seconds and their fractions.</summary>
    public required string DecimalPoint { get; init; }

    public required IReadOnlyDictionary<CallKind, string> Events { get; init; }

    /// <summary>Why a connection was closed, for each reason that a trace names.</summary>
    public required IReadOnlyDictionary<string, string> Reasons { get; init; }

    public static PictureTexts English { get; } = new()
    {
        Language = "en",
        Title = "Bytes on the wire",
        How = "Time goes down. Each vertical line is a program. Each arrow is one system call, with the number of its bytes. "
            + "Each bar is a frame of 200 bytes: what this call brought is coloured. Point at a bar to see its bytes.",
        HowBytes = "Each bar is a frame of 200 bytes. Point at a bar to see its bytes.",
        Text = "text",
        Padding = "padding (spaces)",
        Earlier = "came with an earlier call",
        Missing = "not there yet",
        Server = "server",
        ThisClient = "this client",
        Frame = "frame",
        Waiting = "{0} of 200, waiting for {1}",
        Torn = "{0} of 200: torn, the rest never came",
        Pieces = "{0} pieces",
        Later = "{0} later",
        MoreFrames = "… and {0} more frames …",
        MoreBlocked = "… and {0} more sends that sent nothing …",
        Cut = "Only the first {0} of {1} calls are shown.",
        CutPeers = "Only the first {0} of {1} connections are shown. Choose with grep, for example: grep '#2 ' FILE | ./run.sh decode --html -",
        CutBytes = "Only the first {0} bytes were read.",
        Bytes = "bytes {0} to {1} of frame {2}",
        Spaces = "{0} spaces",
        Unknown = "the trace does not show these bytes",
        Sums = "{0} bytes, {1} whole frames",
        DecimalPoint = ".",
        Events = new Dictionary<CallKind, string>
        {
            [CallKind.Connected] = "connected",
            [CallKind.EndOfReceive] = "recv 0: end of stream",
            [CallKind.EndOfSend] = "end of stream sent",
            [CallKind.Blocked] = "send 0 of {0}: the peer takes nothing now",
            [CallKind.Lost] = "connection lost",
            [CallKind.CutOff] = "cut off",
            [CallKind.Closed] = "closed",
        },
        Reasons = new Dictionary<string, string>
        {
            ["PeerClosed"] = "the peer has ended it",
            ["TornFrame"] = "ended inside a frame",
            ["ConnectionLost"] = "connection lost",
            ["HandshakeFailed"] = "the handshake failed",
            ["NameRefused"] = "name rejected",
            ["NameTimeout"] = "no name in time",
            ["FrameTimeout"] = "frame not completed in time",
            ["SlowConsumer"] = "the peer did not read",
            ["MemoryUsedUp"] = "memory used up",
            ["ServerFull"] = "the server is full",
            ["AddressLimit"] = "too many from one address",
            ["Banned"] = "banned",
            ["Kicked"] = "removed by a moderator",
            ["TakenOver"] = "logged in on another connection",
            ["AccountChanged"] = "the account was changed",
            ["ServerStopping"] = "the server stops",
            ["ChatUnreachable"] = "the other servers cannot be reached",
            ["Fault"] = "fault of the server",
        },
    };

    public static PictureTexts Portuguese { get; } = new()
    {
        Language = "pt-BR",
        Title = "Bytes na rede",
        How = "O tempo desce. Cada linha vertical é um programa. Cada seta é uma chamada de sistema, com o número dos seus bytes. "
            + "Cada barra é um frame de 200 bytes: o que esta chamada trouxe está em cor. Aponte para uma barra para ver os bytes.",
        HowBytes = "Cada barra é um frame de 200 bytes. Aponte para uma barra para ver os bytes.",
        Text = "texto",
        Padding = "preenchimento (espaços)",
        Earlier = "veio com uma chamada anterior",
        Missing = "ainda não chegou",
        Server = "servidor",
        ThisClient = "este cliente",
        Frame = "frame",
        Waiting = "{0} de 200, faltam {1}",
        Torn = "{0} de 200: cortado, o resto nunca veio",
        Pieces = "{0} pedaços",
        Later = "{0} depois",
        MoreFrames = "… e mais {0} frames …",
        MoreBlocked = "… e mais {0} envios que não enviaram nada …",
        Cut = "Só as primeiras {0} de {1} chamadas aparecem.",
        CutPeers = "Só as primeiras {0} de {1} conexões aparecem. Escolha com grep, por exemplo: grep '#2 ' ARQUIVO | ./run.sh decode --html -",
        CutBytes = "Só os primeiros {0} bytes foram lidos.",
        Bytes = "bytes {0} a {1} do frame {2}",
        Spaces = "{0} espaços",
        Unknown = "o trace não mostra estes bytes",
        Sums = "{0} bytes, {1} frames inteiros",
        DecimalPoint = ",",
        Events = new Dictionary<CallKind, string>
        {
            [CallKind.Connected] = "conectou",
            [CallKind.EndOfReceive] = "recv 0: fim do fluxo",
            [CallKind.EndOfSend] = "fim do fluxo enviado",
            [CallKind.Blocked] = "send 0 de {0}: o outro lado não aceita nada agora",
            [CallKind.Lost] = "conexão perdida",
            [CallKind.CutOff] = "desconectado",
            [CallKind.Closed] = "fechado",
        },
        Reasons = new Dictionary<string, string>
        {
            ["PeerClosed"] = "o outro lado terminou",
            ["TornFrame"] = "terminou no meio de um frame",
            ["ConnectionLost"] = "conexão perdida",
            ["HandshakeFailed"] = "o handshake falhou",
            ["NameRefused"] = "nome recusado",
            ["NameTimeout"] = "sem nome a tempo",
            ["FrameTimeout"] = "frame não completado a tempo",
            ["SlowConsumer"] = "o outro lado não lia",
            ["MemoryUsedUp"] = "a memória acabou",
            ["ServerFull"] = "o servidor está cheio",
            ["AddressLimit"] = "demais do mesmo endereço",
            ["Banned"] = "banido",
            ["Kicked"] = "removido por um moderador",
            ["TakenOver"] = "entrou por outra conexão",
            ["AccountChanged"] = "a conta foi alterada",
            ["ServerStopping"] = "o servidor está parando",
            ["ChatUnreachable"] = "os outros servidores estão inacessíveis",
            ["Fault"] = "falha do servidor",
        },
    };

    /// <summary>The texts for a tag of <c>--lang</c>; null if there is no such language.</summary>
    public static PictureTexts? Of(string tag) => tag switch { "en" => English, "pt-BR" => Portuguese, _ => null };
}
