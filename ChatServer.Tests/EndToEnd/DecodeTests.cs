using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/trace.md: <c>run.sh decode</c>, a trace of bytes that were captured.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed class DecodeTests : ProgramTests
{
    private const string FirstFrame = "frame 1: \"Panda\"  5 bytes + 195 padding\n";
    private const string SecondFrame = "frame 2: \"/create 168_tas\"  15 bytes + 185 padding\n";

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TestCleanup]
    public void DeleteFile() => File.Delete(_file);

    [TestMethod]
    public void A_file_is_shown_frame_by_frame()
    {
        File.WriteAllBytes(_file, WireFrame.Encode(["Panda", "/create 168_tas"]));
        using ChatProcess decode = RunScript.Start("decode", _file);

        decode.MustExit(0, $"{FirstFrame}{SecondFrame}400 bytes, 2 whole frames\n");
    }

    [TestMethod]
    public void Standard_input_is_decoded_as_it_arrives()
    {
        using ChatProcess decode = RunScript.Start("decode", "-");
        string stream = Encoding.UTF8.GetString(WireFrame.Encode(["Panda", "/create 168_tas"]));

        decode.Pipe(stream[..399]);
        decode.Output.MustPrint(FirstFrame);
        decode.Pipe(stream[399..]);
        decode.EndInput();

        decode.MustExit(0, $"{SecondFrame}400 bytes, 2 whole frames\n");
    }

    [TestMethod]
    public void A_torn_frame_is_reported()
    {
        File.WriteAllBytes(_file, [.. WireFrame.Encode(["Panda", "/create 168_tas"]), .. "hello\0world!"u8]);
        using ChatProcess decode = RunScript.Start("decode", _file);

        decode.MustExit(
            0,
            $"{FirstFrame}{SecondFrame}frame 3: \"hello\\0world!\"  12 bytes + 0 padding; 12 of 200 bytes: torn\n412 bytes, 2 whole frames\n");
    }

    [TestMethod]
    public void An_empty_file_has_no_frames()
    {
        File.WriteAllBytes(_file, []);
        using ChatProcess decode = RunScript.Start("decode", _file);

        decode.MustExit(0, "0 bytes, 0 whole frames\n");
    }

    [TestMethod]
    public void Input_longer_than_one_read_is_shown_whole()
    {
        const int Count = 1_000;
        File.WriteAllBytes(_file, WireFrame.Encode(Enumerable.Range(1, Count).Select(i => $"text {i}")));
        using ChatProcess decode = RunScript.Start("decode", _file);

        Assert.AreEqual(0, decode.AwaitExit());
        string[] lines = decode.Output.AwaitEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(Count + 1, lines);
        for (int i = 1; i <= Count; i++)
        {
            Assert.StartsWith($"frame {i}: \"text {i}\"  ", lines[i - 1]);
        }

        Assert.AreEqual("200000 bytes, 1000 whole frames", lines[^1]);
    }

    [TestMethod]
    [DataRow("/no/such/file", "Could not find a part of the path '/no/such/file'.")]
    [DataRow("/", "Access to the path '/' is denied.")]
    public void A_file_that_cannot_be_read_is_one_line_on_standard_error(string file, string why)
    {
        using ChatProcess decode = RunScript.Start("decode", file);

        decode.MustExit(1, "", $"Cannot read the file: {why}\n");
    }

    [TestMethod]
    [DataRow]
    [DataRow("")]
    [DataRow("-x")]
    [DataRow("one", "two")]
    public void Other_arguments_than_one_file_are_rejected(params string[] arguments)
    {
        using ChatProcess decode = RunScript.Start(["decode", .. arguments]);

        decode.MustExit(2, "", "decode takes one FILE, or - for standard input. Usage: decode [--html] FILE|-\n");
    }

    [TestMethod]
    public void A_page_is_drawn_of_a_trace_and_of_bytes()
    {
        File.WriteAllText(_file, "18:53:52.370651 #1 127.0.0.1:33194 [Ana] recv   150 bytes   frame 2: 150 of 200, waiting for 50\n");
        using ChatProcess ofTrace = RunScript.Start("decode", "--html", "--lang", "pt-BR", _file);
        Assert.AreEqual(0, ofTrace.AwaitExit());
        Assert.Contains("150 de 200, faltam 50", ofTrace.Output.AwaitEnd());

        using ChatProcess ofBytes = RunScript.Start("decode", "--html", "-");
        ofBytes.Pipe("not whole");
        ofBytes.EndInput();
        Assert.AreEqual(0, ofBytes.AwaitExit());
        Assert.Contains("9 bytes, 0 whole frames", ofBytes.Output.AwaitEnd());
    }

    [TestMethod]
    public void Help_goes_to_standard_output()
    {
        using ChatProcess decode = RunScript.Start("decode", "--help");

        Assert.AreEqual(0, decode.AwaitExit());
        Assert.Contains("Shows the frames in a file of captured bytes", decode.Output.AwaitEnd());
    }

    [TestMethod]
    public void Decode_ends_when_its_output_is_closed()
    {
        using ChatProcess decode = RunScript.StartBash("./run.sh decode /dev/zero | head -n 1; echo ${PIPESTATUS[0]}");

        decode.MustExit(0, "frame 1: \"\\0×200\"  200 bytes + 0 padding\n0\n");
    }
}
