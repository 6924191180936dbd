using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Hub;
using DoorAgent.Office;

namespace DoorAgent.Tests.Office;

public sealed class HubConfigurationTests
{
    private const string Nkey = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>2.9 does not start with sync_interval, and only 2.15 knows limits of consumers.</summary>
    [Theory]
    [InlineData("2.9.10", false, false)]
    [InlineData("2.10.27", true, false)]
    [InlineData("2.14.3", true, false)]
    [InlineData("2.15.1", true, true)]
    [InlineData("2.16.0", true, true)]
    public void TheConfigurationHasWhatTheServersVersionKnows(string version, bool hasSync, bool hasLimits)
    {
        string text = HubConfiguration.Hub(Identity("nats://hub.example:4333"), Nkey, HubServer.Find(version)!);

        Assert.Equal(hasSync, text.Contains("sync_interval: always", StringComparison.Ordinal));
        Assert.Equal(hasLimits, text.Contains("default_max_consumers: -1", StringComparison.Ordinal));
        Assert.Contains("listen: \"0.0.0.0:4333\"", text, StringComparison.Ordinal);
        Assert.Contains("cert_file: \"/etc/nats/hub.pem\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nats://127.0.0.1:4222", "127.0.0.1:4222")]
    [InlineData("nats://[::1]:4222", "[::1]:4222")]
    [InlineData("nats://[2001:db8::1]:4222", "[::]:4222")]
    [InlineData("tls://10.0.0.7", "0.0.0.0:4222")]
    public void AHubListensWhereItsAddressSays(string address, string listen) => Assert.Contains(
        $"listen: \"{listen}\"", HubConfiguration.Hub(Identity(address), Nkey, HubServer.Find("2.10.27")!), StringComparison.Ordinal);

    [Fact]
    public void AUserHasItsOwnSubjectsAndTheOfficeAll()
    {
        string text = HubConfiguration.Doors(Nkey, [new OfficeDoor("lab-3", "lab", "", "UAAA", false, Now), new OfficeDoor("lab-4", "lab", "", "UBBB", false, Now)]);

        Assert.Contains($"{{ nkey: {Nkey} }}", text, StringComparison.Ordinal);
        string[] users = [.. text.Split("{ nkey: ").Skip(2)];
        Assert.Equal(2, users.Length);
        Assert.Contains("\"door.lab-3.event\"", users[0], StringComparison.Ordinal);
        Assert.Contains("[\"_INBOX_lab-3.>\"]", users[0], StringComparison.Ordinal);
        Assert.DoesNotContain("lab-4", users[0].Split("UBBB")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("MSG.GET", text, StringComparison.Ordinal);
    }

    [Fact]
    public void APathThatWouldEndItsTextIsRefused() => Assert.Throws<UserErrorException>(
        () => HubConfiguration.Hub(Identity("nats://hub.example") with { Store = "/a\"b" }, Nkey, HubServer.Find("2.10.27")!));

    [Fact]
    public void TheHubsCertificateIsSignedByTheAuthorityForAllItsNames()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string authority = HubCertificates.MakeAuthority(key, "Depot, \"north\"=1", Now);
        (string hub, string hubKey) = HubCertificates.MakeHub(authority, key, ["hub.example", "10.0.0.7"], Now);

        using X509Certificate2 made = X509Certificate2.CreateFromPem(hub, hubKey), issuer = X509Certificate2.CreateFromPem(authority);
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(issuer);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Now.LocalDateTime;
        Assert.True(chain.Build(made), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.True(HubCertificates.IsGood(hub, authority, ["hub.example", "10.0.0.7"], Now));
        Assert.False(HubCertificates.IsGood(hub, authority, ["other.example"], Now));
        Assert.False(HubCertificates.IsGood(hub, authority, ["hub.example"], made.NotAfter.ToUniversalTime().AddDays(-20)));
        Assert.False(HubCertificates.IsGood("", authority, ["hub.example"], Now));
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(HubCertificates.IsGood(hub, HubCertificates.MakeAuthority(other, "Other", Now), ["hub.example"], Now));
    }

    [Theory]
    [InlineData("INFO {\"server_id\":\"N\",\"version\":\"2.10.27\",\"tls_required\":true}\r\n", "2.10.27")]
    [InlineData("INFO {\"version\":\"2.12.0-beta.1\"}\r\n", "2.12.0")]
    [InlineData("INFO {\"version\":7}\r\n", null)]
    [InlineData("INFO []\r\n", null)]
    [InlineData("INFO {", null)]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", null)]
    [InlineData("", null)]
    public void TheVersionOfARunningServerIsReadFromItsFirstLine(string line, string? version) =>
        Assert.Equal(version, HubProbe.VersionOf(line)?.Version.ToString(3));

    private static OfficeIdentity Identity(string address) => new("Depot", HubAddress.Find(address)!);
}
