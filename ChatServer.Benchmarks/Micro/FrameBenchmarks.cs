using BenchmarkDotNet.Attributes;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>Encoding and decoding of frames, and a stream that is cut into frames.</summary>
public class FrameBenchmarks
{
    private const int FramesPerRead = 80;

    private readonly byte[] _text = TestText.Ascii;
    private readonly byte[] _frame = Frame.Encode(TestText.AsString(TestText.Ascii));
    private readonly byte[] _target = new byte[Frame.Size];
    private readonly string _string = TestText.AsString(TestText.Mixed);
    private readonly byte[] _stream = new byte[FramesPerRead * Frame.Size];
    private readonly FrameBuffer _buffer = new();

    [Benchmark]
    public void Encode() => Frame.Encode(_text, _target);

    [Benchmark]
    public byte[] EncodeString() => Frame.Encode(_string);

    [Benchmark]
    public int Text() => Frame.Text(_frame).Length;

    [Benchmark]
    public string Decode() => Frame.Decode(_frame);

    /// <summary>80 frames in pieces of 1,448 bytes, the content of one packet.</summary>
    [Benchmark(OperationsPerInvoke = FramesPerRead)]
    public int Reassemble()
    {
        const int Packet = 1_448;
        int whole = 0;
        for (ReadOnlySpan<byte> rest = _stream; !rest.IsEmpty;)
        {
            int length = Math.Min(Packet, Math.Min(rest.Length, _buffer.FreeSpace.Length));
            rest[..length].CopyTo(_buffer.FreeSpace);
            _buffer.Received(length);
            whole += _buffer.WholeFrames.Length;
            _buffer.RemoveFrames();
            rest = rest[length..];
        }

        return whole;
    }
}
