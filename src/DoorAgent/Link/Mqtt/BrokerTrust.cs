using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Certificates;

namespace DoorAgent.Link.Mqtt;

/// <summary>Judges the broker's certificate, and says in words why it is not accepted. There is no way to accept one that is not
/// verified.</summary>
/// <param name="broker">Where the broker listens.</param>
/// <param name="caFile">File with the only trusted certificates; null for the authorities of the system.</param>
/// <param name="time">The clock.</param>
internal sealed class BrokerTrust(BrokerAddress broker, string? caFile, TimeProvider time)
{
    /// <summary>Why the last certificate was refused; null where it was accepted.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Reads the trusted certificates; none for the authorities of the system.</summary>
    /// <exception cref="IOException">The file cannot be read or has no certificate.</exception>
    public X509Certificate2Collection Roots() => caFile is null ? [] : TrustedCertificates.Read("Mqtt:CaFile", caFile);

    /// <summary>Returns whether the certificate is accepted, and keeps the reason where it is not.</summary>
    /// <param name="certificate">The broker's certificate; null where it sent none.</param>
    /// <param name="chain">The chain as it was built, with <see cref="Roots"/>.</param>
    /// <param name="errors">What the platform found.</param>
    public bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Refusal = errors == SslPolicyErrors.None ? null
            : certificate is null ? $"The broker {broker} sent no certificate."
            : ReasonOf(certificate as X509Certificate2 ?? new X509Certificate2(certificate), chain, errors);
        return Refusal is null;
    }

    private string ReasonOf(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        string its = $"The certificate of the broker {broker} ({certificate.Subject}, SHA-256 "
            + $"{certificate.GetCertHashString(HashAlgorithmName.SHA256)[..16].ToLowerInvariant()}...)";
        X509ChainStatusFlags flags = chain?.ChainStatus.Aggregate(
            X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        if ((flags & X509ChainStatusFlags.NotTimeValid) != 0)
        {
            return $"{its} is valid from {Day(certificate.NotBefore)} to {Day(certificate.NotAfter)}, and here it is "
                + $"{Day(time.GetLocalNow().DateTime)}: set this machine's clock ('timedatectl'), or renew the certificate.";
        }

        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0 && (errors & SslPolicyErrors.RemoteCertificateChainErrors) == 0)
            return $"{its} was made for another name than {broker.Host}: write the name of the certificate in Mqtt:Broker.";
        return $"{its} is not signed by {(caFile is null ? "an authority of this system" : $"a certificate in {caFile}")}: it was "
            + "changed, or another machine answers in the broker's place. "
            + "If you changed it, put the new certificate, or your authority's, into Mqtt:CaFile.";
    }

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
