using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// Asks the kernel of Linux about single sockets (sock_diag(7)). Its list in <c>/proc/net/tcp</c> takes milliseconds for each look,
/// because it goes through the table of the whole machine, whatever is in it.
/// </summary>
internal static partial class SocketDiagnosis
{
    private const int NetlinkFamily = 16;
    private const int DatagramAndCloseOnExec = 0x80002;
    private const int DiagnosisProtocol = 4;
    private const int DoNotWait = 0x40;
    private const int HeadSize = 16;
    private const int RequestSize = HeadSize + 56;
    private const int AnswerSize = HeadSize + 72;
    private const short ByFamily = 20;
    private const short Request = 1;
    private const short Dump = 0x300;
    private const short Done = 3;
    private const short Error = 2;
    private const byte Inet = 2;
    private const byte Inet6 = 10;
    private const byte Tcp = 6;
    private const byte ListenState = 10;
    private const int NotFound = -2; // ENOENT

    // Places in an answer, from its head on.
    private const int StatePlace = HeadSize + 1;
    private const int LocalPortPlace = HeadSize + 4;
    private const int LocalAddressPlace = HeadSize + 8;
    private const int UnreadPlace = HeadSize + 56;
    private const int InodePlace = HeadSize + 68;

    /// <summary>What is known of the other end of a connection.</summary>
    internal enum PeerState
    {
        /// <summary>The kernel does not report it.</summary>
        Unknown,

        /// <summary>There is no such end here, or it is closed.</summary>
        Absent,

        /// <summary>Its program has not read all that has come.</summary>
        HasUnread,

        /// <summary>It has.</summary>
        HasRead,
    }

    /// <summary>All sockets that listen; null if the kernel does not report them.</summary>
    public static List<TcpTable.Listener>? Listeners()
    {
        var all = new List<TcpTable.Listener>();
        foreach (byte family in (byte[])[Inet, Inet6])
        {
            byte[] request = Head(family, Dump, states: 1 << ListenState);
            bool isDone = false;
            bool isKnown = Ask(request, answer =>
            {
                short type = BitConverter.ToInt16(answer[4..]);
                isDone = type == Done;
                if (type == ByFamily && answer.Length >= AnswerSize)
                {
                    all.Add(ListenerIn(answer, family));
                }

                return type == ByFamily;
            });
            if (!isKnown || !isDone)
            {
                return null;
            }
        }

        return all;
    }

    /// <summary>Whether the other end of a connection has read all that has come to it, the end of the stream included.</summary>
    public static PeerState Look(IPEndPoint here, IPEndPoint there)
    {
        byte[] request = Head(here.AddressFamily == AddressFamily.InterNetwork ? Inet : Inet6, flags: 0, states: -1);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(HeadSize + 8), (ushort)there.Port);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(HeadSize + 10), (ushort)here.Port);
        there.Address.TryWriteBytes(request.AsSpan(HeadSize + 12), out _);
        here.Address.TryWriteBytes(request.AsSpan(HeadSize + 28), out _);
        request.AsSpan(HeadSize + 48, 8).Fill(0xFF); // any cookie
        PeerState state = PeerState.Unknown;
        Ask(request, answer =>
        {
            state = StateIn(answer);
            return false;
        });
        return state;
    }

    private static PeerState StateIn(ReadOnlySpan<byte> answer)
    {
        if (BitConverter.ToInt16(answer[4..]) == Error)
        {
            return BitConverter.ToInt32(answer[HeadSize..]) == NotFound ? PeerState.Absent : PeerState.Unknown;
        }

        return answer.Length < AnswerSize ? PeerState.Unknown
            : answer[StatePlace] == ListenState ? PeerState.Absent // the connection is gone; its port still listens
            : BitConverter.ToUInt32(answer[UnreadPlace..]) != 0 ? PeerState.HasUnread
            : PeerState.HasRead;
    }

    private static TcpTable.Listener ListenerIn(ReadOnlySpan<byte> answer, byte family)
    {
        var address = new IPAddress(answer.Slice(LocalAddressPlace, family == Inet ? 4 : 16));
        int port = BinaryPrimitives.ReadUInt16BigEndian(answer[LocalPortPlace..]);
        return new TcpTable.Listener(
            new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port),
            Findings.Number(BitConverter.ToInt32(answer[InodePlace..])));
    }

    private static byte[] Head(byte family, short flags, int states)
    {
        var request = new byte[RequestSize];
        BitConverter.TryWriteBytes(request, RequestSize);
        BitConverter.TryWriteBytes(request.AsSpan(4), ByFamily);
        BitConverter.TryWriteBytes(request.AsSpan(6), (short)(Request | flags));
        request[HeadSize] = family;
        request[HeadSize + 1] = Tcp;
        BitConverter.TryWriteBytes(request.AsSpan(HeadSize + 4), states);
        return request;
    }

    /// <summary>Asks, and takes the messages of the answer while more are wanted; false if there is no answer.</summary>
    private static bool Ask(byte[] request, Take take)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var socket = new SafeFileHandle(Open(NetlinkFamily, DatagramAndCloseOnExec, DiagnosisProtocol), ownsHandle: true);
        if (socket.IsInvalid || Send(socket, request, request.Length, 0) != request.Length)
        {
            return false;
        }

        var buffer = new byte[32 * 1024];
        while (true)
        {
            int count = (int)Receive(socket, buffer, buffer.Length, DoNotWait); // the kernel has answered when the send returns
            if (count < HeadSize)
            {
                return false;
            }

            for (int at = 0; at + HeadSize <= count;)
            {
                int length = BitConverter.ToInt32(buffer, at);
                if (length < HeadSize || at + length > count || !take(buffer.AsSpan(at, length)))
                {
                    return true;
                }

                at += (length + 3) & ~3;
            }
        }
    }

    /// <summary>Takes a message; false if no more is wanted.</summary>
    private delegate bool Take(ReadOnlySpan<byte> message);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Open(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeFileHandle socket, ReadOnlySpan<byte> bytes, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeFileHandle socket, Span<byte> bytes, nint size, int flags);
}
