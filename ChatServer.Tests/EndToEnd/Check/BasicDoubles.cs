using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>The programs of part 0, right or wrong in one way.</summary>
internal static class BasicDoubles
{
    private const int Much = 1_024;

    /// <summary>Starts servers with this fault.</summary>
    public static IProgramSource Server(BasicFault fault) => new DoubleSource(arguments =>
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, arguments.Port));
        listener.Listen();
        return new DoubleProgram(program => Serve(program, listener, fault), listener.Dispose);
    });

    /// <summary>Starts clients with this fault.</summary>
    public static IProgramSource Client(BasicFault fault) => new DoubleSource(arguments =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        return new DoubleProgram(program => Send(program, socket, arguments, fault), socket.Dispose);
    });

    private static int Serve(DoubleProgram program, Socket listener, BasicFault fault)
    {
        try
        {
            while (true)
            {
                Socket client = listener.Accept();
                if (fault == BasicFault.ServerServesAllAtOnce)
                {
                    new Thread(() => Print(program, client, fault)) { IsBackground = true }.Start();
                }
                else if (!Print(program, client, fault) && fault == BasicFault.ServerDiesOnReset)
                {
                    listener.Dispose();
                    program.Errors.Add("ConnectionResetError: a fault of a double\n"u8);
                    return 1;
                }

                if (fault == BasicFault.ServerStopsAfterFirst)
                {
                    listener.Dispose();
                    return 0;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0; // stopped
        }
    }

    /// <summary>Prints all bytes of a client; false if the connection is reset.</summary>
    private static bool Print(DoubleProgram program, Socket client, BasicFault fault)
    {
        using Socket _ = client;
        var bytes = new byte[Much];
        int printed = 0;
        try
        {
            for (int count; (count = client.Receive(bytes)) > 0;)
            {
                if (fault != BasicFault.ServerPrintsNothing && (fault != BasicFault.ServerCutsLong || printed < Much))
                {
                    program.Output.Add(bytes.AsSpan(0, count));
                }

                printed += count;
                if (fault == BasicFault.ServerReadsOnce)
                {
                    break;
                }
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            program.Output.Add("\n"u8);
        }
    }

    private static int Send(DoubleProgram program, Socket socket, ProgramArguments arguments, BasicFault fault)
    {
        try
        {
            socket.Connect(IPAddress.Loopback, arguments.Port);
        }
        catch (SocketException)
        {
            program.Output.Add(System.Text.Encoding.UTF8.GetBytes($"Unable to connect to {arguments.Host}:{arguments.Port}\n"));
            return 1;
        }

        byte[] line = program.ReadLine() ?? [];
        if (fault != BasicFault.ClientSendsNothing)
        {
            socket.Send(fault == BasicFault.ClientCutsLong ? line[..Math.Min(line.Length, Much)] : line);
        }

        if (fault == BasicFault.ClientStaysConnected)
        {
            program.AwaitExit(TimeSpan.FromMinutes(1)); // until nobody wants it any more
        }

        socket.Shutdown(SocketShutdown.Both);
        socket.Dispose();
        return 0;
    }
}
