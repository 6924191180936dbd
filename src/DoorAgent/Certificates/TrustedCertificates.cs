using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DoorAgent.Certificates;

/// <summary>Reads the file of a setting CaFile: the only certificates that a channel trusts.</summary>
internal static class TrustedCertificates
{
    /// <summary>Reads the certificates, at each connection again: they may have been renewed.</summary>
    /// <param name="setting">The setting that names the file, for the message.</param>
    /// <param name="file">File (PEM) with certificates.</param>
    /// <returns>At least one certificate.</returns>
    /// <exception cref="IOException">The file cannot be read, or contains no certificate.</exception>
    public static X509Certificate2Collection Read(string setting, string file)
    {
        X509Certificate2Collection read = [];
        try
        {
            read.ImportFromPemFile(file);
        }
        catch (Exception failure) when (failure is CryptographicException or UnauthorizedAccessException or IOException)
        {
            throw new IOException($"{setting} {file} cannot be read: {failure.Message}", failure);
        }

        return read.Count > 0 ? read
            : throw new IOException($"{setting} {file} contains no certificate: a PEM file begins with '-----BEGIN CERTIFICATE-----'.");
    }
}
