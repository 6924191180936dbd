using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DoorAgent.Certificates;

/// <summary>Verifies the certificate of a server: its name, its dates, and who signed it. An instance belongs to one connection.</summary>
/// <param name="authorities">The only trusted certificates: authorities, or the server's own one; null for the system's
/// authorities.</param>
internal sealed class ServerTrust(X509Certificate2Collection? authorities)
{
    // id-kp-serverAuth (RFC 5280): a certificate that the authority gave to a client is not one of a server.
    private const string OfServers = "1.3.6.1.5.5.7.3.1";

    /// <summary>Why the certificate was refused, in words; null while none was.</summary>
    public string? Problem { get; private set; }

    /// <summary>Makes the trust of a new connection.</summary>
    /// <param name="setting">The setting that names the file, for the message.</param>
    /// <param name="caFile">File (PEM) with the only trusted certificates; null for the system's authorities.</param>
    /// <exception cref="IOException">The file cannot be read, or contains no certificate.</exception>
    public static ServerTrust Of(string setting, string? caFile) => new(caFile is null ? null : TrustedCertificates.Read(setting, caFile));

    /// <summary>Verifies a certificate; a <see cref="RemoteCertificateValidationCallback"/>.</summary>
    public bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Problem = ProblemOf(certificate, chain, errors);
        return Problem is null;
    }

    private string? ProblemOf(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "the server has no certificate";
        using X509Certificate2 server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the server's certificate is for {server.GetNameInfo(X509NameType.DnsName, false)}, not for the name in the address";
        if (authorities is null)
            return errors == SslPolicyErrors.None ? null : $"the server's certificate is not trusted: {Words(chain)}";
        using X509Chain own = new();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.ApplicationPolicy.Add(new Oid(OfServers));
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // A private authority publishes no list of revoked certificates.
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (X509ChainElement sent in chain?.ChainElements.Skip(1) ?? [])
            own.ChainPolicy.ExtraStore.Add(sent.Certificate);
        return own.Build(server) ? null : $"the server's certificate is not trusted by the given authorities: {Words(own)}";
    }

    private static string Words(X509Chain? chain) => string.Join(", ", (chain?.ChainStatus ?? [])
        .Select(status => status.StatusInformation.Trim()).Where(text => text.Length > 0).Distinct()
        .DefaultIfEmpty("its signer is unknown"));
}
