using BenchmarkDotNet.Attributes;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>Cleaning a text, and cutting a long one.</summary>
public class TextBenchmarks
{
    /// <summary>Bytes in a frame after a name of average length.</summary>
    private const int Room = 100;

    private readonly byte[] _cleaned = new byte[Frame.Size];
    private byte[] _text = [];
    private byte[] _valid = [];
    private string _line = "";

    [ParamsAllValues]
    public TextKind Kind { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _text = TestText.Of(Kind);
        _valid = TextCleaner.Clean(_text);
        _line = TestText.AsString(_valid);
    }

    [Benchmark]
    public int Clean() => TextCleaner.Clean(_text, _cleaned);

    [Benchmark]
    public int NextPiece() => FrameSplitter.NextPiece(_valid, Room);

    [Benchmark]
    public int SplitLine() => FrameSplitter.SplitLine(_line, Room).Count;
}
