using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>The first place to look, for a student whose program fails a case.</summary>
internal static class Advice
{
    private static readonly (string Prefix, Text What)[] All =
    [
        ("S-FRAME-01", new("Look at the place where the server sends. Pad each text with spaces to exactly 200 bytes, errors and notices too.",
            "Veja o lugar onde o servidor envia. Complete cada texto com espaços até exatamente 200 bytes, inclusive os erros e os avisos.")),
        ("S-FRAME-09", new("Look at how the server waits for the rest of a message. If one thread serves all clients, a loop that calls recv until it has 200 bytes blocks the others. Keep the part that has arrived in a buffer of this client, and serve the others.",
            "Veja como o servidor espera o resto de uma mensagem. Se uma só thread atende todos os clientes, um laço que chama recv até ter 200 bytes bloqueia os outros. Guarde a parte que já chegou em um buffer desse cliente e atenda os outros.")),
        ("S-FRAME", new("Look at the loop around recv. One recv may return a part of a message, or the end of one and the beginning of the next. Keep a buffer for each client, and take a message out of it only when it has 200 bytes.",
            "Veja o laço em volta de recv. Um recv pode devolver parte de uma mensagem, ou o fim de uma e o início da seguinte. Mantenha um buffer para cada cliente e só retire dele uma mensagem quando houver 200 bytes.")),
        ("S-LIST", new("Look at how the server makes the answer to /list: all channels, each on its own line, only to the client that asked.",
            "Veja como o servidor monta a resposta ao /list: todos os canais, um por linha, só para o cliente que pediu.")),
        ("S-NAME", new("Look at what the server does with the first message of a client. That message is the name. Remove the padding.",
            "Veja o que o servidor faz com a primeira mensagem de um cliente. Essa mensagem é o nome. Retire o preenchimento.")),
        ("S-MSG-05", new("Look at what the server does with a text from a client that is in no channel. It must answer with the error of the assignment, exactly as it is written there.",
            "Veja o que o servidor faz com um texto de um cliente que não está em nenhum canal. Ele deve responder com o erro do enunciado, exatamente como está escrito lá.")),
        ("S-MSG-09", new("Look at what the server does with a long text. With [Name] in front it has more than 200 bytes. Cut the text, or send the rest in another message: the server must send whole messages of 200 bytes.",
            "Veja o que o servidor faz com um texto longo. Com [Nome] na frente, ele passa de 200 bytes. Corte o texto ou envie o resto em outra mensagem: o servidor deve enviar mensagens inteiras, de 200 bytes.")),
        ("S-MSG-10", new("Look at what the server does with a message of spaces only. Without its padding nothing is left, and then text[0] or split()[0] fails.",
            "Veja o que o servidor faz com uma mensagem só de espaços. Sem o preenchimento não sobra nada, e então text[0] ou split()[0] falha.")),
        ("S-MSG", new("Look at the loop that sends a message to a channel. All members except the sender get it, as [Name] text.",
            "Veja o laço que envia uma mensagem a um canal. Todos os membros, menos o remetente, devem recebê-la na forma [Nome] texto.")),
        ("S-CREATE", new("Look at the order in /create. First check the argument. Then take the client out of its old channel and tell the members there. Then create the new channel with the client in it.",
            "Veja a ordem no /create. Primeiro verifique o argumento. Depois tire o cliente do canal antigo e avise os membros de lá. Depois crie o canal novo, com o cliente nele.")),
        ("S-JOIN", new("Look at the order in /join. First check the argument. Then take the client out of its old channel and tell the members there. Then add it to the new channel and tell the other members.",
            "Veja a ordem no /join. Primeiro verifique o argumento. Depois tire o cliente do canal antigo e avise os membros de lá. Depois coloque-o no canal novo e avise os outros membros.")),
        ("S-CTRL", new("Look at what the server does with a text that begins with a slash and is not a known command. It must answer with the error of the assignment, and never send the text to others.",
            "Veja o que o servidor faz com um texto que começa com barra e não é um comando conhecido. Ele deve responder com o erro do enunciado e nunca enviar o texto aos outros.")),
        ("S-LEFT-04", new("Find out what your code does when recv or send raises an exception. When a client resets its connection, these calls fail with an error (in Python ConnectionResetError or BrokenPipeError). Catch it, and do the same as for a client that leaves.",
            "Descubra o que o seu código faz quando recv ou send lança uma exceção. Quando um cliente interrompe a conexão (reset), essas chamadas falham com um erro (em Python, ConnectionResetError ou BrokenPipeError). Trate o erro e faça o mesmo que faz quando um cliente sai.")),
        ("S-LEFT-05", new("Look at the buffer of a client that has left: fewer than 200 bytes are not a message. Look also for a loop that waits for 200 bytes: after the client has closed, recv returns an empty result each time, so such a loop never ends.",
            "Veja o buffer de um cliente que saiu: menos de 200 bytes não são uma mensagem. Procure também um laço que espera 200 bytes: depois que o cliente fecha, recv devolve vazio todas as vezes, e esse laço nunca termina.")),
        ("S-LEFT-06", new("Look at what happens when a client leaves before its name is complete. recv returns an empty result there too, so a loop that waits for the name never ends. And the client is not in your lists yet, so an attempt to remove it may fail.",
            "Veja o que acontece quando um cliente sai antes de completar o nome. O recv devolve vazio ali também, e um laço que espera o nome nunca termina. Além disso, o cliente ainda não está nas suas listas, e a tentativa de removê-lo pode falhar.")),
        ("S-LEFT", new("Look at what happens when recv returns an empty result (the client has closed) or fails. The server must remove the client from its lists, tell the other members of its channel once, and continue.",
            "Veja o que acontece quando recv devolve vazio (o cliente fechou) ou falha. O servidor deve tirar o cliente das listas, avisar uma vez os outros membros do canal e continuar.")),
        ("S-NET-02", new("Look at what the server does after accept. If it calls recv for the name there, one client that sends no name blocks all others. Read the name in the same way as every other message.",
            "Veja o que o servidor faz depois de accept. Se ele chama recv ali para ler o nome, um cliente que não envia o nome bloqueia todos os outros. Leia o nome do mesmo modo que as outras mensagens.")),
        ("S-NET-03", new("Look at how the server reads a name. Half of it may arrive first, and the rest much later. Keep the part that has arrived in a buffer of this client, and serve the others.",
            "Veja como o servidor lê um nome. Pode chegar só a metade, e o resto muito depois. Guarde a parte que já chegou em um buffer desse cliente e atenda os outros.")),
        ("S-NET-04", new("Find out what your code does when recv raises an exception, also where it reads the name. When a client resets its connection, recv fails with an error. Catch it, and remove this client.",
            "Descubra o que o seu código faz quando recv lança uma exceção, também onde ele lê o nome. Quando um cliente interrompe a conexão (reset), recv falha com um erro. Trate o erro e remova esse cliente.")),
        ("S-NET-05", new("Find out what your code does when send raises an exception: sending to a client that has left fails with an error. The others must still get the message. And do not change a list while a loop goes through it.",
            "Descubra o que o seu código faz quando send lança uma exceção: enviar a um cliente que já saiu falha com um erro. Os outros devem receber a mensagem mesmo assim. E não altere uma lista enquanto um laço a percorre.")),
        ("S-NET-06", new("Look at send. When a client does not read, the buffers on the way to it fill up, and send waits. Meanwhile the server serves nobody else. Give each client a queue of its own, or limit the time of a send, and close a client that is too slow.",
            "Veja o send. Quando um cliente não lê, os buffers até ele enchem, e send fica esperando. Enquanto isso, ninguém mais é atendido. Dê a cada cliente uma fila própria ou limite o tempo de cada envio, e feche a conexão de um cliente lento demais.")),
        ("S-NET", new("Look at where the server waits for one client (in accept, recv or send) while others need it. Look also for exceptions that end the server.",
            "Veja onde o servidor fica esperando por um cliente (em accept, recv ou send) enquanto outros precisam dele. Procure também exceções que encerram o servidor.")),
        ("C-SEND-01", new("Look at what the client does right after connect. It must send the name, padded to 200 bytes, before it waits for input.",
            "Veja o que o cliente faz logo depois de connect. Ele deve enviar o nome, completado até 200 bytes, antes de esperar a entrada.")),
        ("C-SEND-03", new("Look at the place where the client sends. Pad each text with spaces to exactly 200 bytes.",
            "Veja o lugar onde o cliente envia. Complete cada texto com espaços até exatamente 200 bytes.")),
        ("C-SEND-07", new("Look at what the client does with a line that fills a message. With its newline a line of 200 characters has 201 bytes. Remove the newline. Send what does not fit in another message, or cut it: the client must send whole messages of 200 bytes.",
            "Veja o que o cliente faz com uma linha que enche a mensagem. Com a quebra de linha, uma linha de 200 caracteres tem 201 bytes. Tire a quebra de linha. Envie em outra mensagem o que não cabe, ou corte: o cliente deve enviar mensagens inteiras, de 200 bytes.")),
        ("C-SEND", new("Look at the loop that waits for input. It must wait for standard input and for the socket at the same time (with select, or with a thread for each), and send each typed line as one message.",
            "Veja o laço que espera a entrada. Ele deve esperar ao mesmo tempo pela entrada padrão e pelo socket (com select, ou com uma thread para cada um) e enviar cada linha digitada como uma mensagem.")),
        ("C-SHOW-01", new("Look at where the client prints [Me], and flush the output after it: without a newline the text stays in the buffer.",
            "Veja onde o cliente imprime [Me] e descarregue a saída (flush) depois: sem quebra de linha, o texto fica no buffer.")),
        ("C-SHOW-02", new("Look at where the client prints [Me] again after a typed line, and flush the output after it.",
            "Veja onde o cliente imprime [Me] de novo depois de uma linha digitada e descarregue a saída (flush) depois.")),
        ("C-SHOW-03", new("Look at where the client prints [Me] again after a message, and flush the output after it.",
            "Veja onde o cliente imprime [Me] de novo depois de uma mensagem e descarregue a saída (flush) depois.")),
        ("C-SHOW-07", new("Look at the loop around recv in the client. One recv may return a part of a message. Keep a buffer, and show a message only when all of its 200 bytes have arrived.",
            "Veja o laço em volta de recv no cliente. Um recv pode devolver parte de uma mensagem. Mantenha um buffer e só mostre uma mensagem quando os 200 bytes dela chegarem.")),
        ("C-SHOW-08", new("Look at the loop around recv in the client. One recv may return several messages. Take 200 bytes at a time out of the buffer, and show each message on its own line.",
            "Veja o laço em volta de recv no cliente. Um recv pode devolver várias mensagens. Retire do buffer 200 bytes de cada vez e mostre cada mensagem em uma linha.")),
        ("C-SHOW-09", new("Look at the buffer of the client. After a message is taken out, the rest is the beginning of the next one. Never ask recv for more bytes than fit into your array, and compare the length with 200 by >=, not by ==.",
            "Veja o buffer do cliente. Depois que uma mensagem é retirada, o que sobra é o início da seguinte. Nunca peça ao recv mais bytes do que cabem no seu array, e compare o tamanho com 200 usando >=, não ==.")),
        ("C-SHOW", new("Look at what the client prints for a message: a carriage return and spaces that wipe [Me], the text without its padding, a newline, [Me]. Show a message only when all of its 200 bytes have arrived.",
            "Veja o que o cliente imprime para uma mensagem: o retorno de carro e os espaços que apagam o [Me], o texto sem o preenchimento, uma quebra de linha, o [Me]. Só mostre uma mensagem quando os 200 bytes dela chegarem.")),
        ("C-END-05", new("Find out what your code does when recv raises an exception. When the server resets the connection, recv fails with an error (in Python ConnectionResetError). The client must then do the same as when the server closes.",
            "Descubra o que o seu código faz quando recv lança uma exceção. Quando o servidor interrompe a conexão (reset), recv falha com um erro (em Python, ConnectionResetError). O cliente deve então fazer o mesmo que faz quando o servidor fecha.")),
        ("C-END-06", new("Look at the buffer of the client when recv returns an empty result: fewer than 200 bytes are not a message, so the client must not show them. Look also for a loop that waits for 200 bytes: after the server has closed it never ends.",
            "Veja o buffer do cliente quando recv devolve vazio: menos de 200 bytes não são uma mensagem, e o cliente não deve mostrá-los. Procure também um laço que espera 200 bytes: depois que o servidor fecha, ele nunca termina.")),
        ("C-END-07", new("Look at the order. First show all whole messages in the buffer, then print that the server has disconnected.",
            "Veja a ordem. Primeiro mostre todas as mensagens completas que estão no buffer, depois imprima que o servidor se desconectou.")),
        ("C-END", new("Look at what the client does when connect fails, and when recv returns an empty result (the server has closed). It must print the text of the assignment, with host and port, and exit.",
            "Veja o que o cliente faz quando connect falha e quando recv devolve vazio (o servidor fechou). Ele deve imprimir o texto do enunciado, com host e porta, e terminar.")),
        ("BS-06", new("Find out what your code does when recv raises an exception. When a client resets its connection, recv fails with an error. Catch it, close this client, and accept the next one.",
            "Descubra o que o seu código faz quando recv lança uma exceção. Quando um cliente interrompe a conexão (reset), recv falha com um erro. Trate o erro, feche a conexão desse cliente e atenda o próximo.")),
        ("BS-05", new("Look at how much the server reads from a client. One recv returns at most the number of bytes that you ask for, and often fewer. Call it until the result is empty, and print everything.",
            "Veja quanto o servidor lê de um cliente. Um recv devolve no máximo a quantidade de bytes pedida, e muitas vezes menos. Chame-o até ele devolver vazio e imprima tudo.")),
        ("BS", new("Look at the loop around accept. It must read from one client until that client closes, print what it has received, flush the output, and accept the next client.",
            "Veja o laço em volta de accept. Ele deve ler de um cliente até que esse cliente feche, imprimir o que recebeu, descarregar a saída (flush) e atender o próximo.")),
        ("BC-03", new("Look at how the client sends the line. send may take only a part of it, and returns how much it took. Use sendall, or call send until the whole line is sent.",
            "Veja como o cliente envia a linha. O send pode enviar só uma parte e devolve quanto enviou. Use sendall ou chame send até enviar a linha inteira.")),
        ("BC", new("Look at the order: read a line, connect, send the whole line, close the connection.",
            "Veja a ordem: ler uma linha, conectar, enviar a linha inteira, fechar a conexão.")),
    ];

    private static readonly Text NotAlways = new(
        "The case passes only sometimes, so the result depends on what happens first. Look for two threads or events that use the same data, and for a recv that sometimes returns a whole message and sometimes a part of one.",
        "O caso só passa às vezes; portanto, o resultado depende do que acontece primeiro. Procure duas threads ou dois eventos que usam os mesmos dados, e um recv que às vezes devolve uma mensagem inteira e às vezes só uma parte.");

    private static readonly Text Ended = new(
        "The program ended during the case. The last line that it printed may say why. To find the place in the code, start the program yourself and repeat the steps.",
        "O programa terminou durante o caso. A última linha que ele imprimiu pode dizer por quê. Para achar o lugar no código, inicie o programa você mesmo e repita os passos.");

    private static readonly Text NotBuilt = new(
        "Run the build command yourself, in the folder of your program, and fix the first error that it shows.",
        "Execute você mesmo o comando de compilação, na pasta do seu programa, e corrija o primeiro erro que aparecer.");

    private static readonly Text ServerNotStarted = new(
        "Start the server yourself, with a port as its only argument. It must listen on this port, on all addresses or on 127.0.0.1, and keep running.",
        "Inicie você mesmo o servidor, com uma porta como único argumento. Ele deve aceitar conexões nessa porta, em todos os endereços ou em 127.0.0.1, e continuar rodando.");

    private static readonly Text ClientNotStarted = new(
        "Start the client yourself, with the arguments of the assignment, while a server listens on that host and port. It must connect without waiting for input.",
        "Inicie você mesmo o cliente, com os argumentos do enunciado, enquanto um servidor aceita conexões nesse host e nessa porta. Ele deve se conectar sem esperar a entrada.");

    /// <summary>The advice for a part of which no case was played; null if the student can do nothing about it.</summary>
    public static Text? ForPart(PartResult part) => part.State switch
    {
        PartState.NotBuilt => NotBuilt,
        PartState.NotStarted => part.Part is "server" or "basic-server" ? ServerNotStarted : ClientNotStarted,
        _ => null,
    };

    /// <summary>The advice for a case that did not pass.</summary>
    public static Text For(CaseRow row) =>
        row.Outcome == "not-always" ? NotAlways
        : row.Program is not null ? Ended
        : All.First(one => row.Id.StartsWith(one.Prefix, StringComparison.Ordinal)).What;
}
