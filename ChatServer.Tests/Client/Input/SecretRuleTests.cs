using ThreadedChat.ChatClient.Input;

namespace ThreadedChat.ChatServer.Tests.Client.Input;

[TestClass]
public sealed class SecretRuleTests
{
    [TestMethod]
    [DataRow("my password is hunter2")]
    [DataRow("PASSWORD=hunter2")]
    [DataRow("db_passwd: x")]
    [DataRow("pass: x")]
    [DataRow("the pin is 1234")]
    [DataRow("pw=x")]
    [DataRow("CLIENT_SECRET=x")]
    [DataRow("here is the token abc")]
    [DataRow("accessToken x")]
    [DataRow("api-key 123")]
    [DataRow("APIKEY 123")]
    [DataRow("Authorization: Bearer abc")]
    [DataRow("-----BEGIN RSA PRIVATE KEY-----")]
    [DataRow("a senha é x")]
    [DataRow("das Passwort ist x")]
    [DataRow("la contraseña es x")]
    [DataRow("пароль x")]
    [DataRow("密码 x")]
    [DataRow("ghp_abcdefgh12345678")]
    [DataRow("try sk-abc123def456 then")]
    [DataRow("AKIAIOSFODNN7EXAMPLE")]
    [DataRow("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig")]
    [DataRow("xoxb-123456789012-abc")]
    [DataRow("https://user:pw@example.com/")]
    [DataRow("postgres://:x@localhost")]
    [DataRow("d41d8cd98f00b204e9800998ecf8427e", DisplayName = "in base 16")]
    [DataRow("wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLE", DisplayName = "in base 64")]
    [DataRow("one\ntwo, the password\nthree", DisplayName = "in one of several lines")]
    [DataRow(" anything behind a space")]
    public void A_text_that_may_contain_a_secret_is_recognised(string text)
    {
        Assert.IsTrue(SecretRule.IsSecret(text));
    }

    [TestMethod]
    [DataRow("hello")]
    [DataRow("/join 168_tas")]
    [DataRow("I'll pass, thanks")]
    [DataRow("pin this message please")]
    [DataRow("see https://github.com/Owner/Repository2/blob/main/Some/Long/Path.cs")]
    [DataRow("https://example.com:8080/x")]
    [DataRow("mail me: someone@example.com")]
    [DataRow("Donaudampfschifffahrtsgesellschaft")]
    [DataRow("haaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [DataRow("A_NAME_THAT_IS_VERY_LONG_INDEED")]
    [DataRow("12345678901234567890123")]
    [DataRow("你好 👋🏽")]
    [DataRow("")]
    public void Ordinary_text_is_not_a_secret(string text)
    {
        Assert.IsFalse(SecretRule.IsSecret(text));
    }
}
