using System.Buffers;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// The records for one peer that are made and not sent yet: a record that was begun must go out whole. Reader and writer add records, and the writer
/// sends them without a wait.
/// </summary>
/// <param name="socket">Of the peer.</param>
internal sealed class RecordOutput(Socket socket)
{
    /// <summary>Guards the fields. A leaf, held only while bytes are copied: nothing is decrypted or sent under it.</summary>
    private readonly Lock _gate = new();

    private byte[] _bytes = [];
    private int _begin;
    private int _end;

    /// <summary>Bytes that the system has not taken yet.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _end - _begin;
            }
        }
    }

    /// <summary>Adds bytes of records.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            int length = _end - _begin;
            if (_bytes.Length - _end < bytes.Length)
            {
                // The old array is not given back: the writer may be sending from it.
                byte[] larger = ArrayPool<byte>.Shared.Rent(length + bytes.Length);
                _bytes.AsSpan(_begin, length).CopyTo(larger);
                (_bytes, _begin, _end) = (larger, 0, length);
            }

            bytes.CopyTo(_bytes.AsSpan(_end));
            _end += bytes.Length;
        }
    }

    /// <summary>Sends as much as the system takes; only the writer calls. 1 if nothing is left; 0 if something is; less than 0 if the connection is lost.</summary>
    /// <param name="sent">Bytes that the system has taken.</param>
    public int Send(out int sent)
    {
        sent = 0;
        for (ReadOnlyMemory<byte> next = Next(0); !next.IsEmpty;)
        {
            int count = SocketCalls.SendNow(socket, next.Span);
            if (count <= 0)
            {
                return count;
            }

            sent += count;
            next = Next(count);
        }

        return 1;
    }

    /// <summary>The system has taken so many bytes more. Returns the rest, which stays as it is until the next call, also while records are added.</summary>
    private ReadOnlyMemory<byte> Next(int taken)
    {
        lock (_gate)
        {
            _begin += taken;
            if (taken > 0 && _begin == _end)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
                _bytes = [];
                _begin = _end = 0;
            }

            return _bytes.AsMemory(_begin.._end);
        }
    }
}
