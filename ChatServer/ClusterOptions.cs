using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer;

/// <summary>The options of a chat that several servers form (docs/cluster.md).</summary>
internal static class ClusterOptions
{
    private const int LongestName = 32;

    private static readonly ClusterTarget Defaults = new("", "main");

    private static readonly Option<string?> Urls = new("--cluster")
    {
        Description = "Form one chat with other servers, over the NATS JetStream at URL: nats://HOST:PORT or tls://HOST:PORT, several separated by commas",
        HelpName = "URL",
        CustomParser = ParseUrls,
    };

    private static readonly Option<string> ChatName = new("--cluster-name")
    {
        Description = $"The name of that chat; letters, digits, _ and -, at most {LongestName}",
        HelpName = "NAME",
        DefaultValueFactory = _ => Defaults.Name,
        CustomParser = ParseName,
    };

    private static readonly Option<int> Replicas = new("--cluster-replicas")
    {
        Description = "How many nodes of the engine keep the log: 1, 3 or 5; used only by the server that creates the log",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.Replicas,
        CustomParser = ParseReplicas,
    };

    private static readonly Option<string?> Authority = File("--cluster-ca", "Check the certificate of the engine with that in FILE");

    private static readonly Option<string?> Certificate = File("--cluster-cert", "Present the certificate in FILE to the engine");

    private static readonly Option<string?> Key = File("--cluster-key", "The key of that certificate");

    private static readonly Option<string?> Credentials = File(
        "--cluster-credentials", "Log in to the engine with what FILE contains: a user and a password in two lines, or a .creds of NATS");

    private static readonly Option<double> ServerTimeout = Seconds(
        "--server-timeout", "Time after which the others take a server for gone", Defaults.ServerTimeout, 2);

    private static readonly Option<double> EngineTimeout = Seconds(
        "--engine-timeout", "Time for which clients wait while the engine cannot be reached", Defaults.EngineTimeout, 1);

    private static readonly Option[] All =
        [Urls, ChatName, Replicas, Authority, Certificate, Key, Credentials, ServerTimeout, EngineTimeout];

    public static OptionGroup Group { get; } = new(All, Apply, Check);

    private static ServerOptions Apply(ServerOptions options, ParseResult result) => result.GetValue(Urls) is not string urls ? options : options with
    {
        Cluster = new ClusterTarget(urls, result.GetValue(ChatName)!)
        {
            Replicas = result.GetValue(Replicas),
            CertificateAuthority = result.GetValue(Authority),
            Certificate = result.GetValue(Certificate),
            Key = result.GetValue(Key),
            Credentials = result.GetValue(Credentials),
            ServerTimeout = TimeSpan.FromSeconds(result.GetValue(ServerTimeout)),
            EngineTimeout = TimeSpan.FromSeconds(result.GetValue(EngineTimeout)),
        },
    };

    private static string? Check(ServerOptions options, ParseResult result) =>
        result.GetValue(Urls) is not null
            ? (result.GetValue(Certificate) is null) != (result.GetValue(Key) is null) ? "--cluster-cert and --cluster-key need each other." : null
            : All.FirstOrDefault(option => option != Urls && result.GetResult(option) is { Implicit: false }) is Option alone
                ? $"{alone.Name} needs --cluster."
                : null;

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static Option<double> Seconds(string name, string description, TimeSpan byDefault, double min)
    {
        const double Max = 3_600;
        return new Option<double>(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description}, in seconds ({min} to {Max})"),
            HelpName = "S",
            DefaultValueFactory = _ => byDefault.TotalSeconds,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
                    || !(value >= min && value <= Max))
                {
                    result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from {min} to {Max}, not '{text}'."));
                }

                return value;
            },
        };
    }

    private static string? ParseUrls(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        bool isGood = text.Split(',').All(url =>
            Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
            && uri.Scheme is "nats" or "tls"
            && uri.Host.Length > 0
            && uri.UserInfo.Length == 0
            && uri.AbsolutePath is "/" or "");
        if (!isGood)
        {
            result.AddError(text.Contains('@', StringComparison.Ordinal)
                ? "--cluster must have no password, which every user of the machine could see: use --cluster-credentials."
                : $"--cluster must be nats://HOST:PORT or tls://HOST:PORT, or several of them separated by commas, not '{text}'.");
        }

        return text;
    }

    private static string ParseName(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text.Length is 0 or > LongestName || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            result.AddError($"--cluster-name must be 1 to {LongestName} letters, digits, _ and -, not '{text}'.");
        }

        return text;
    }

    private static int ParseReplicas(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text is not ("1" or "3" or "5"))
        {
            result.AddError($"--cluster-replicas must be 1, 3 or 5, not '{text}'.");
            return 1;
        }

        return text[0] - '0';
    }
}
