namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>
/// Programs of part 0 for classes that tests make. The hostile ones attack the machine, each within a bound of its own, and
/// then serve like a right one: in a working sandbox they pass, otherwise they end.
/// </summary>
internal static class SyntheticPrograms
{
    /// <summary>A right server of part 0.</summary>
    public const string BasicServer =
        """
        import socket, sys
        server = socket.create_server(("", int(sys.argv[1])))
        while True:
            client, _ = server.accept()
            text = b""
            try:
                while part := client.recv(1024):
                    text += part
            except OSError:
                pass
            client.close()
            text = text.decode("utf-8", "replace")
            print(text)
            sys.stdout.flush()

        """;

    /// <summary>Reads what belongs to others.</summary>
    public static string Spy { get; } = Hostile(
        """
        import glob, os
        for path in ["/etc/passwd", "/etc/shadow", "/root", "/home", "/var", "../right", "/tmp/submission", "/proc/1/root/etc/passwd"]:
            if os.path.exists(path) and not (os.path.isdir(path) and not os.listdir(path)):
                raise SystemExit("seen: " + path)
        """);

    /// <summary>Makes processes until it may not.</summary>
    public static string ForkBomb { get; } = Hostile(
        """
        import os, time
        made = 0
        try:
            while made < 500:
                if os.fork() == 0:
                    time.sleep(30); os._exit(0)
                made += 1
        except OSError:
            pass
        if made >= 500:
            raise SystemExit("no limit of processes")
        """);

    /// <summary>Writes until the disk is full.</summary>
    public static string DiskFiller { get; } = Hostile(
        """
        written = 0
        try:
            with open("big", "wb", buffering=0) as big:
                while written < 2_000_000_000:
                    written += big.write(bytes(1_000_000))
        except OSError:
            pass
        if written >= 2_000_000_000:
            raise SystemExit("no limit of the disk")
        """);

    /// <summary>Takes memory until there is none. Nothing is written into it, so the machine does not feel it.</summary>
    public static string MemoryTaker { get; } = Hostile(
        """
        taken = []
        try:
            while len(taken) < 60:
                taken.append(bytearray(64_000_000))
        except MemoryError:
            pass
        if len(taken) >= 60:
            raise SystemExit("no limit of memory")
        taken = None
        """);

    /// <summary>Ends what started it.</summary>
    public static string Killer { get; } = Hostile(
        """
        import os, signal
        for victim in [os.getppid(), 1]:
            try:
                os.kill(victim, signal.SIGKILL)
            except OSError:
                pass
        """);

    /// <summary>Does not end when it is asked to.</summary>
    public static string Stubborn { get; } = Hostile(
        """
        import signal
        for one in [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]:
            signal.signal(one, signal.SIG_IGN)
        """);

    /// <summary>Uses processors without end.</summary>
    public static string Spinner { get; } = Hostile(
        """
        import os
        for _ in range(2):
            if os.fork() == 0:
                while True:
                    pass
        """);

    /// <summary>Takes ports that others may want.</summary>
    public static string PortTaker { get; } = Hostile(
        """
        import socket, sys
        taken = []
        for port in list(range(20000, 20300)) + list(range(29000, 29300)):
            if port != int(sys.argv[1]):
                try:
                    one = socket.socket(); one.bind(("", port)); one.listen(); taken.append(one)
                except OSError:
                    pass
        """);

    /// <summary>Calls out.</summary>
    public static string Caller { get; } = Hostile(
        """
        import socket
        for address in [("192.0.2.1", 80), ("198.18.0.1", 80)]:
            try:
                socket.create_connection(address, timeout=1)
                raise SystemExit("a network")
            except OSError as error:
                if error.errno != 101:
                    raise SystemExit("a network: " + str(error))
        """);

    /// <summary>Leaves a process in the background and ends.</summary>
    public const string Daemon =
        """
        import os, sys
        if os.fork():
            os._exit(0)
        os.setsid()
        if os.fork():
            os._exit(0)
        import time
        time.sleep(100)

        """;

    /// <summary>Removes its own folder.</summary>
    public static string SelfRemover { get; } = Hostile("import shutil\nshutil.rmtree('.', ignore_errors=True)");

    /// <summary>Prints without end and does nothing else.</summary>
    public const string Flood =
        """
        import socket, sys
        server = socket.create_server(("", int(sys.argv[1])))
        while True:
            print("x" * 1000)

        """;

    private static string Hostile(string act) => $"{act}\n{BasicServer}";
}
