using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Certificates;
using DoorAgent.Storage;

namespace DoorAgent.Page;

/// <summary>The page's own certificate: self-signed, ECDSA P-256, made once and kept in a file that only its owner can read. Browsers warn
/// of it; <c>dooragent page</c> prints its digest for a comparison.</summary>
internal static class PageCertificate
{
    private const string FileName = "page.pem";

    // A certificate that is nearly over is replaced before somebody sees a second warning.
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    // Telephones refuse certificates of servers that are valid for longer than 825 days.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(820);

    /// <summary>Reads the certificate of a directory, and makes one where there is none or it is over.</summary>
    /// <param name="directory">The page's directory.</param>
    /// <param name="hosts">Names and addresses for a new certificate.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">The file cannot be read or written.</exception>
    public static X509Certificate2 ReadOrMake(string directory, IEnumerable<string> hosts, TimeProvider time)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            if (File.Exists(path))
            {
                X509Certificate2 kept = X509Certificate2.CreateFromPem(File.ReadAllText(path), File.ReadAllText(path));
                if (kept.NotAfter - Renewal > time.GetUtcNow().LocalDateTime)
                    return kept;
                kept.Dispose();
            }

            X509Certificate2 made = Make(hosts, time.GetUtcNow());
            Write(path, $"{made.ExportCertificatePem()}\n{made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");
            return made;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserErrorException($"The page's certificate {path} cannot be used: {failure.Message} Delete the file, and a new one is "
                + "made.", failure);
        }
    }

    /// <summary>Returns the digest as browsers show it: SHA-256, pairs of hexadecimal digits with colons.</summary>
    public static string DigestOf(X509Certificate2 certificate) =>
        string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(one => $"{one:X2}"));

    private static X509Certificate2 Make(IEnumerable<string> hosts, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = ServerCertificate.RequestFor(
            "CN=DoorAgent", key, hosts.Append("localhost").Distinct(StringComparer.OrdinalIgnoreCase));
        // A clock that was set since may be behind.
        return request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
    }

    private static void Write(string path, string text)
    {
        string temporary = path + ".new";
        File.Delete(temporary);
        using (FileStream file = new(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        using (StreamWriter writer = new(file))
            writer.Write(text);
        DataDirectory.GiveToOwnerOf(Path.GetDirectoryName(path)!, temporary);
        File.Move(temporary, path, overwrite: true);
    }
}
