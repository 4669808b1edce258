using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class AccountTextTests
{
    private static readonly string[] All = [.. typeof(AccountText).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    [TestMethod]
    public void Property_every_text_fits_a_frame_with_any_value()
    {
        Gen.Select(Gen.OneOf([.. All.Select(Gen.Const)]), Texts.WithLoneSurrogates).Sample((text, argument) =>
            Assert.IsLessThanOrEqualTo(Frame.Size, Texts.Bytes(ProtocolText.Fill(text, argument))));
    }

    /// <summary>A message of a person begins with a bracket: no text of the server may.</summary>
    [TestMethod]
    public void No_text_begins_with_a_bracket_or_with_text_that_a_person_has_typed()
    {
        Assert.IsNotEmpty(All);
        Assert.IsEmpty(All.Where(text => text[0] is '[' or '{'));
    }
}
