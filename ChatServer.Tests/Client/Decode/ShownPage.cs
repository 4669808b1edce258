using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Decode;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Tests.Client.Decode;

/// <summary>A picture as a browser reads it, and the trace that it is made of.</summary>
internal sealed class ShownPage
{
    private readonly XElement _root;

    public ShownPage(string html)
    {
        Html = html;
        using var reader = XmlReader.Create(
            new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, CheckCharacters = false });
        _root = XElement.Load(reader);
    }

    public string Html { get; }

    /// <summary>The names of all elements.</summary>
    public IEnumerable<string> Elements => _root.DescendantsAndSelf().Select(element => element.Name.LocalName).Distinct();

    /// <summary>The names of all attributes.</summary>
    public IEnumerable<string> Attributes => _root.DescendantsAndSelf().Attributes().Select(attribute => attribute.Name.LocalName).Distinct();

    /// <summary>What the elements of this class say.</summary>
    public IEnumerable<string> Texts(string style) => Of(style).Select(element => element.Value.Trim());

    /// <summary>For each bar its pieces: style, the number of bytes, and what hovering shows.</summary>
    public IReadOnlyList<(string Style, int Bytes, string Title)>[] Bars =>
    [
        .. Of("bar").Select(bar => (IReadOnlyList<(string, int, string)>)
        [
            .. bar.Elements().Where(part => part.Name.LocalName == "rect").Select(part =>
                (part.Attribute("class")!.Value, int.Parse(part.Attribute("width")!.Value, CultureInfo.InvariantCulture) / 2, part.Value)),
        ]),
    ];

    /// <summary>The page of a trace with these lines.</summary>
    public static ShownPage OfTrace(string lines, PictureTexts? texts = null) =>
        new(PicturePage.Format(TraceFile.TryRead(lines.Split('\n'))!, "server.txt", texts ?? PictureTexts.English, isCut: false));

    /// <summary>What a program traces of one connection.</summary>
    /// <param name="id">The connection.</param>
    /// <param name="play">Says what happens on it.</param>
    public static string Trace(string id, Action<ConnectionTrace> play)
    {
        using var written = new MemoryStream();
        using (var writer = new TraceWriter(written, null, new FakeTimeProvider()))
        {
            play(new ConnectionTrace(writer, id, null));
        }

        return Encoding.UTF8.GetString(written.ToArray());
    }

    private IEnumerable<XElement> Of(string style) =>
        _root.Descendants().Where(element => element.Attribute("class")?.Value.Split(' ').Contains(style) == true);
}
