using System.Text;
using ThreadedChat.ChatCheck.Reports;

namespace ThreadedChat.ChatServer.Tests.Check;

[TestClass]
public sealed class ReportWriterTests
{
    private const string Marks = "✓✗≠–~";
    private const string Line = "não veio → «ação» ·×190 …";

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    [TestMethod]
    [DataRow("", "utf-8", "✓✗≠–~ não veio → «ação» ·×190 …")]
    [DataRow("pt_BR.UTF-8", "utf-8", "✓✗≠–~ não veio → «ação» ·×190 …")]
    [DataRow("C.utf8", "utf-8", "✓✗≠–~ não veio → «ação» ·×190 …")]
    [DataRow("UTF-8", "utf-8", "✓✗≠–~ não veio → «ação» ·×190 …")]
    [DataRow("pt_BR.ISO-8859-1", "iso-8859-1", "+X#-~ não veio -> «ação» ·×190 ...")]
    [DataRow("pt_BR.iso88591", "utf-8", "+X#-~ nao veio -> \"acao\" _x190 ...")]
    [DataRow("pt_BR", "utf-8", "+X#-~ nao veio -> \"acao\" _x190 ...")]
    [DataRow("C", "utf-8", "+X#-~ nao veio -> \"acao\" _x190 ...")]
    [DataRow("POSIX", "us-ascii", "+X#-~ nao veio -> \"acao\" _x190 ...")]
    [DataRow("en_US.US-ASCII", "us-ascii", "+X#-~ nao veio -> \"acao\" _x190 ...")]
    public void A_character_that_the_locale_lacks_becomes_ASCII(string locale, string encoding, string expected)
    {
        Encoding printed = encoding == "utf-8" ? Utf8 : Encoding.GetEncoding(encoding);
        Assert.AreEqual(expected, Print(locale, printed, $"{Marks} {Line}"));
    }

    [TestMethod]
    [DataRow("C")]
    [DataRow("pt_BR.ISO-8859-1")]
    [DataRow("pt_BR.UTF-8")]
    public void No_two_marks_look_the_same(string locale)
    {
        string printed = Print(locale, locale == "pt_BR.UTF-8" ? Utf8 : Encoding.Latin1, Marks);

        Assert.HasCount(Marks.Length, printed.Distinct());
        Assert.DoesNotContain("?", printed);
    }

    [TestMethod]
    public void JSON_keeps_every_character()
    {
        const string Json = """{"came":"não · 🐼"}""";
        using var output = new ReportWriter(new StreamWriter(new MemoryStream(), Encoding.Latin1), "C");

        Assert.AreEqual("""{"came":"n\u00e3o \u00b7 \ud83d\udc3c"}""", ReportWriter.FormatJson(Json, output));
        Assert.AreEqual(Json, ReportWriter.FormatJson(Json, TextWriter.Null));
    }

    private static string Print(string locale, Encoding encoding, string text)
    {
        var stream = new MemoryStream();
        using (var output = new ReportWriter(new StreamWriter(stream, encoding), locale))
        {
            output.Write(text);
            output.Flush();
        }

        return encoding.GetString(stream.ToArray());
    }
}
