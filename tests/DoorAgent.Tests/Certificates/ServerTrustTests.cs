using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Certificates;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Certificates;

public sealed class ServerTrustTests
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1", ForClients = "1.3.6.1.5.5.7.3.2";

    [Theory]
    [InlineData(null, true)]
    [InlineData(ForServers, true)]
    [InlineData(ForClients, false)]
    public void ACertificateThatTheAuthorityGaveToAClientIsNotOneOfAServer(string? purpose, bool isTrusted)
    {
        using TempFolder folder = new();
        using TestAuthority authority = new();
        using X509Certificate2 certificate = authority.Sign(purpose: purpose);
        ServerTrust trust = ServerTrust.Of("Mail:CaFile", authority.WriteTo(folder));
        Assert.Equal(isTrusted, trust.Verify(this, certificate, null, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.Equal(isTrusted, trust.Problem is null);
    }
}
