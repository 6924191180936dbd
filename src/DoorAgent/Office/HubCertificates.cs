using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Certificates;

namespace DoorAgent.Office;

/// <summary>The office's own authority, which office and doors pin, and the certificate of the hub that the authority signs. Both are
/// ECDSA P-256.</summary>
internal static class HubCertificates
{
    // Doors pin the authority and run for many years; a hub's certificate is made again by 'fleet init'.
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(30 * 365), HubLifetime = TimeSpan.FromDays(10 * 365);

    private static readonly TimeSpan WrongClock = TimeSpan.FromDays(1);

    /// <summary>Makes the authority's certificate.</summary>
    /// <param name="key">The authority's key.</param>
    /// <param name="office">Name of the office.</param>
    /// <param name="now">The present time.</param>
    /// <returns>The certificate as PEM.</returns>
    public static string MakeAuthority(ECDsa key, string office, DateTimeOffset now)
    {
        X500DistinguishedNameBuilder name = new();
        name.AddCommonName($"DoorAgent fleet {office}");
        CertificateRequest request = new(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using X509Certificate2 made = request.CreateSelfSigned(now - WrongClock, now + AuthorityLifetime);
        return made.ExportCertificatePem() + "\n";
    }

    /// <summary>Makes the hub's certificate and its key.</summary>
    /// <param name="authority">The authority's certificate as PEM.</param>
    /// <param name="key">The authority's key.</param>
    /// <param name="hosts">Names and addresses of the hub.</param>
    /// <param name="now">The present time.</param>
    /// <returns>Certificate and key as PEM.</returns>
    public static (string Certificate, string Key) MakeHub(string authority, ECDsa key, IReadOnlyCollection<string> hosts, DateTimeOffset now)
    {
        using X509Certificate2 issuer = X509Certificate2.CreateFromPem(authority);
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = ServerCertificate.RequestFor("CN=DoorAgent hub", own, hosts);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        DateTimeOffset end = now + HubLifetime < issuer.NotAfter ? now + HubLifetime : issuer.NotAfter;
        using X509Certificate2 made = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now - WrongClock, end,
            RandomNumberGenerator.GetBytes(16));
        return (made.ExportCertificatePem() + "\n", own.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>Whether a hub's certificate names all hosts and is valid for longer than a month.</summary>
    public static bool IsGood(string certificate, string authority, IEnumerable<string> hosts, DateTimeOffset now)
    {
        try
        {
            using X509Certificate2 hub = X509Certificate2.CreateFromPem(certificate), issuer = X509Certificate2.CreateFromPem(authority);
            return hub.NotAfter.ToUniversalTime() > now.AddDays(31).UtcDateTime && hub.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData)
                && hosts.All(host => hub.MatchesHostname(host, allowWildcards: false, allowCommonName: false));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
