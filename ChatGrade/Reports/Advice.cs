using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>The first place to look, for a student whose program fails a case.</summary>
internal static class Advice
{
    private static readonly (string Prefix, Text What)[] All =
    [
        ("S-FRAME-01", new("Look at the place where the server sends. Each text must be filled up with spaces to exactly 200 bytes, errors and announcements too.",
            "Veja o lugar onde o servidor envia. Cada texto deve ser completado com espaços até exatamente 200 bytes, também os erros e avisos.")),
        ("S-FRAME-09", new("Look at whether the server waits for the rest of a message: a loop that calls recv until 200 bytes are there blocks all other clients in the meantime. Keep the part in a buffer of this client, and go on with the others.",
            "Veja se o servidor espera o resto de uma mensagem: um laço que chama recv até haver 200 bytes bloqueia todos os outros clientes enquanto isso. Guarde a parte em um buffer desse cliente e continue com os outros.")),
        ("S-FRAME", new("Look at the loop around recv. One recv may return a part of a message, or the end of one and the beginning of the next. Keep a buffer for each client, and take a message out of it only when it has 200 bytes.",
            "Veja o laço em volta de recv. Um recv pode devolver parte de uma mensagem, ou o fim de uma e o início da seguinte. Guarde um buffer para cada cliente e retire uma mensagem só quando ele tiver 200 bytes.")),
        ("S-LIST", new("Look at how the answer to /list is made: all channels, each on a line of its own, to the client that asked and to nobody else.",
            "Veja como a resposta de /list é montada: todos os canais, cada um em uma linha, para o cliente que pediu e para mais ninguém.")),
        ("S-NAME", new("Look at what the server does with the first message of a client. It is the name, with its padding removed.",
            "Veja o que o servidor faz com a primeira mensagem de um cliente. Ela é o nome, sem o preenchimento.")),
        ("S-MSG-05", new("Look at what the server does with a text from a client that is in no channel. It answers with the error of the assignment, to the letter.",
            "Veja o que o servidor faz com um texto de um cliente que não está em nenhum canal. Ele responde com o erro do enunciado, letra por letra.")),
        ("S-MSG-09", new("Look at what the server does with a long text: with [Name] in front it has more than 200 bytes. What is sent must still be whole messages of 200 bytes: cut the text, or send the rest in another message.",
            "Veja o que o servidor faz com um texto longo: com [Nome] na frente ele tem mais de 200 bytes. O que é enviado ainda devem ser mensagens inteiras de 200 bytes: corte o texto ou envie o resto em outra mensagem.")),
        ("S-MSG-10", new("Look at what the server does with a message of spaces only. After the padding is removed nothing is left: text[0] or split()[0] then fails.",
            "Veja o que o servidor faz com uma mensagem só de espaços. Depois de tirar o preenchimento não sobra nada: text[0] ou split()[0] então falha.")),
        ("S-MSG", new("Look at the loop that sends a message to a channel: to all members but the sender, as [Name] text.",
            "Veja o laço que envia uma mensagem a um canal: a todos os membros menos ao remetente, como [Nome] texto.")),
        ("S-CREATE", new("Look at /create: it checks its argument first, then takes the client out of its old channel (and tells that), then makes the new channel.",
            "Veja /create: primeiro ele verifica o argumento, depois tira o cliente do canal antigo (e avisa), depois cria o canal novo.")),
        ("S-JOIN", new("Look at /join: it checks its argument first, then takes the client out of its old channel (and tells that), then adds it to the new one (and tells that to the other members).",
            "Veja /join: primeiro ele verifica o argumento, depois tira o cliente do canal antigo (e avisa), depois o põe no novo (e avisa os outros membros).")),
        ("S-CTRL", new("Look at what happens to a text that begins with a slash and is no known command. It is answered with the error of the assignment, and never sent to others.",
            "Veja o que acontece com um texto que começa com barra e não é um comando conhecido. Ele é respondido com o erro do enunciado e nunca enviado a outros.")),
        ("S-LEFT-04", new("Find out what your code does when recv or send raises an exception: when the connection is reset, they fail with an error (in Python ConnectionResetError or BrokenPipeError) instead of returning. Catch it, and treat the client as one that has left.",
            "Descubra o que o seu código faz quando recv ou send lança uma exceção: quando a conexão é interrompida (reset), eles falham com um erro (em Python ConnectionResetError ou BrokenPipeError) em vez de retornar. Trate o erro, e trate o cliente como um que saiu.")),
        ("S-LEFT-05", new("Look at what the server does with the buffer of a client that has left: less than 200 bytes are no message. And at a loop that waits for 200 bytes: after the end recv returns an empty result each time, so the loop never ends.",
            "Veja o que o servidor faz com o buffer de um cliente que saiu: menos de 200 bytes não são uma mensagem. E um laço que espera 200 bytes: depois do fim recv devolve vazio todas as vezes, e o laço nunca termina.")),
        ("S-LEFT-06", new("Look at a client that goes before its name is complete: recv returns an empty result there too, so a loop that waits for the name never ends, and the client is in none of your lists yet.",
            "Veja um cliente que sai antes de o nome estar completo: recv devolve vazio também ali, então um laço que espera o nome nunca termina, e o cliente ainda não está em nenhuma das suas listas.")),
        ("S-LEFT", new("Look at what happens when recv returns an empty result (the client has closed) or fails: the server removes the client from its lists, tells the other members of its channel once, and continues.",
            "Veja o que acontece quando recv devolve vazio (o cliente fechou) ou falha: o servidor tira o cliente das listas, avisa uma vez os outros membros do canal e continua.")),
        ("S-NET-02", new("Look at what the server does behind accept: if it calls recv for the name there, one client that sends no name blocks all others. Read the name as you read every other message.",
            "Veja o que o servidor faz depois de accept: se ele chama recv para o nome ali, um cliente que não envia o nome bloqueia todos os outros. Leia o nome como lê qualquer outra mensagem.")),
        ("S-NET-03", new("Look at how the server reads a name: half of it may arrive, and the rest much later. Keep the part in a buffer of this client, and continue with the others.",
            "Veja como o servidor lê um nome: pode chegar só a metade, e o resto muito depois. Guarde a parte em um buffer desse cliente e continue com os outros.")),
        ("S-NET-04", new("Find out what your code does when recv raises an exception, also in the place where the name is read: when the connection is reset, recv fails with an error. Catch it, and forget this client.",
            "Descubra o que o seu código faz quando recv lança uma exceção, também no lugar onde o nome é lido: quando a conexão é interrompida (reset), recv falha com um erro. Trate o erro e esqueça esse cliente.")),
        ("S-NET-05", new("Find out what your code does when send raises an exception: sending to a client that has gone fails with an error. The others must still get the message, and the server must not change a list while a loop goes through it.",
            "Descubra o que o seu código faz quando send lança uma exceção: enviar a um cliente que já se foi falha com um erro. Os outros ainda devem receber a mensagem, e o servidor não deve mudar uma lista enquanto um laço a percorre.")),
        ("S-NET-06", new("Look at send: when a client does not read, its buffers fill up, and send waits. Nobody else is served in the meantime. Give each client a queue of its own, or a limit of time, and close a client that is too slow.",
            "Veja o send: quando um cliente não lê, os buffers dele enchem, e send espera. Enquanto isso ninguém mais é atendido. Dê a cada cliente uma fila própria ou um limite de tempo, e feche um cliente lento demais.")),
        ("S-NET", new("Look at whether anything in the server waits for one client (accept, recv, send) while others want something, and at exceptions that end the server.",
            "Veja se algo no servidor espera por um cliente (accept, recv, send) enquanto outros querem algo, e se alguma exceção encerra o servidor.")),
        ("C-SEND-01", new("Look at what the client does right after connect. It sends the name, filled up to 200 bytes, without waiting for input.",
            "Veja o que o cliente faz logo depois de connect. Ele envia o nome, completado até 200 bytes, sem esperar entrada.")),
        ("C-SEND-03", new("Look at the place where the client sends. Each text must be filled up with spaces to exactly 200 bytes.",
            "Veja o lugar onde o cliente envia. Cada texto deve ser completado com espaços até exatamente 200 bytes.")),
        ("C-SEND-07", new("Look at a line that fills the message: with its newline a line of 200 characters has 201 bytes. Remove the newline, and send what does not fit in another message (or cut it): what is sent must be 200 bytes, or 400, or 600.",
            "Veja uma linha que enche a mensagem: com a quebra de linha, uma linha de 200 caracteres tem 201 bytes. Tire a quebra de linha e envie o que não cabe em outra mensagem (ou corte): o que é enviado deve ter 200 bytes, ou 400, ou 600.")),
        ("C-SEND", new("Look at the loop that waits for input: it must wait for standard input and for the socket at the same time (select, or a thread for each), and each typed line is one message.",
            "Veja o laço que espera a entrada: ele deve esperar ao mesmo tempo pela entrada padrão e pelo socket (select, ou uma thread para cada um), e cada linha digitada é uma mensagem.")),
        ("C-SHOW-01", new("Look at where [Me] is printed, and flush the output behind it: it has no newline.",
            "Veja onde o [Me] é impresso e descarregue a saída (flush) depois dele: ele não tem quebra de linha.")),
        ("C-SHOW-02", new("Look at where [Me] is printed again, and flush the output behind it.",
            "Veja onde o [Me] é impresso de novo e descarregue a saída (flush) depois dele.")),
        ("C-SHOW-03", new("Look at where [Me] is printed again after a message, and flush the output behind it.",
            "Veja onde o [Me] é impresso de novo depois de uma mensagem e descarregue a saída (flush) depois dele.")),
        ("C-SHOW-07", new("Look at the loop around recv in the client. One recv may return a part of a message. Keep a buffer, and show a message only when its 200 bytes are there.",
            "Veja o laço em volta de recv no cliente. Um recv pode devolver parte de uma mensagem. Guarde um buffer e mostre uma mensagem só quando os 200 bytes dela chegaram.")),
        ("C-SHOW-08", new("Look at the loop around recv in the client. One recv may return several messages. Take 200 bytes at a time out of the buffer, and show each on a line of its own.",
            "Veja o laço em volta de recv no cliente. Um recv pode devolver várias mensagens. Retire 200 bytes de cada vez do buffer e mostre cada mensagem em uma linha.")),
        ("C-SHOW-09", new("Look at the buffer of the client: after a message is taken out of it, what is left is the beginning of the next. Never ask recv for more bytes than there is room for in your array, and compare with 200 by >=, not by ==.",
            "Veja o buffer do cliente: depois de retirar uma mensagem, o que sobra é o início da seguinte. Nunca peça a recv mais bytes do que cabem no seu array, e compare com 200 usando >=, não ==.")),
        ("C-SHOW", new("Look at what is printed for a message: the carriage return and blanks that wipe [Me], the text without its padding, a newline, [Me]. And at the buffer: a message is shown when its 200 bytes are there.",
            "Veja o que é impresso para uma mensagem: o retorno de carro e os espaços que apagam o [Me], o texto sem preenchimento, uma quebra de linha, o [Me]. E o buffer: uma mensagem é mostrada quando seus 200 bytes chegaram.")),
        ("C-END-05", new("Look at exceptions of recv: when the connection is reset, recv fails with an error (in Python ConnectionResetError) instead of an empty result. The client does the same as at a normal end.",
            "Veja as exceções de recv: quando a conexão é interrompida (reset), recv falha com um erro (em Python ConnectionResetError) em vez de devolver vazio. O cliente faz o mesmo que em um fim normal.")),
        ("C-END-06", new("Look at what the client does with its buffer when recv returns an empty result: less than 200 bytes are no message, and are not shown. And at a loop that waits for 200 bytes: after the end it never ends.",
            "Veja o que o cliente faz com o buffer quando recv devolve vazio: menos de 200 bytes não são uma mensagem e não são mostrados. E um laço que espera 200 bytes: depois do fim ele nunca termina.")),
        ("C-END-07", new("Look at the order: first show all messages of 200 bytes that are in the buffer, then say that the server has disconnected.",
            "Veja a ordem: primeiro mostre todas as mensagens de 200 bytes que estão no buffer, depois diga que o servidor se desconectou.")),
        ("C-END", new("Look at what the client does when connect fails and when recv returns an empty result (the server has closed): it prints the text of the assignment with host and port, and ends.",
            "Veja o que o cliente faz quando connect falha e quando recv devolve vazio (o servidor fechou): ele imprime o texto do enunciado com host e porta, e termina.")),
        ("BS-06", new("Find out what your code does when recv raises an exception: a client that resets its connection ends with an error there, not with an empty result. Catch it, close this client, and take the next.",
            "Descubra o que o seu código faz quando recv lança uma exceção: um cliente que interrompe a conexão (reset) termina ali com um erro, não com um resultado vazio. Trate o erro, feche esse cliente e atenda o próximo.")),
        ("BS-05", new("Look at how much of a client is read: one recv returns at most the size that it is given, and often less. Call it until its result is empty, and print all of it.",
            "Veja quanto de um cliente é lido: um recv devolve no máximo o tamanho pedido, e muitas vezes menos. Chame-o até ele devolver vazio e imprima tudo.")),
        ("BS", new("Look at the loop around accept: it reads one client to its end, prints what came and flushes it, and takes the next.",
            "Veja o laço em volta de accept: ele lê um cliente até o fim, imprime o que veio com flush e atende o próximo.")),
        ("BC-03", new("Look at how the line is sent: send may take only a part of it and says how much. Use sendall, or call send until all of it is sent.",
            "Veja como a linha é enviada: send pode levar só uma parte e diz quanto. Use sendall ou chame send até tudo ser enviado.")),
        ("BC", new("Look at the order: read a line, connect, send all of it, close the connection.",
            "Veja a ordem: ler uma linha, conectar, enviar tudo, fechar a conexão.")),
    ];

    private static readonly Text NotAlways = new(
        "Look for two threads or events that use the same data, or a recv that sometimes returns a whole message and sometimes a part: the case passes now and then, so the result depends on what comes first.",
        "Procure duas threads ou eventos que usam os mesmos dados, ou um recv que às vezes devolve uma mensagem inteira e às vezes uma parte: o caso passa às vezes, então o resultado depende do que chega primeiro.");

    private static readonly Text Ended = new(
        "The program ended while it was used. Look at the last line that it printed: it says why. To see the line of the code, start the program yourself and do the same steps.",
        "O programa terminou enquanto era usado. Veja a última linha que ele imprimiu: ela diz por quê. Para ver a linha do código, inicie o programa você mesmo e faça os mesmos passos.");

    private static readonly Text NotBuilt = new(
        "Run the line of the build yourself, in the folder of your program, and repair the first error that it shows.",
        "Execute você mesmo a linha da compilação, na pasta do seu programa, e conserte o primeiro erro que ela mostra.");

    private static readonly Text ServerNotStarted = new(
        "Start the server yourself, with a port as its only argument. It must listen on this port, on all addresses or on 127.0.0.1, and keep running.",
        "Inicie você mesmo o servidor, com uma porta como único argumento. Ele deve aceitar conexões nessa porta, em todos os endereços ou em 127.0.0.1, e continuar executando.");

    private static readonly Text ClientNotStarted = new(
        "Start the client yourself, with the arguments that the assignment names, while a server listens on this host and port. It must connect without waiting for input.",
        "Inicie você mesmo o cliente, com os argumentos que o enunciado diz, enquanto um servidor aceita conexões nesse host e porta. Ele deve se conectar sem esperar entrada.");

    /// <summary>The advice for a part of which no case was played; null if it is not for the student to do something.</summary>
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
