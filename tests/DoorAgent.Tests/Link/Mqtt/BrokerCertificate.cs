using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DoorAgent.Tests.Link.Mqtt;

/// <summary>Makes self-signed certificates of a broker.</summary>
internal static class BrokerCertificate
{
    /// <summary>Makes a certificate that is valid from five days ago.</summary>
    /// <param name="name">The name or address in it.</param>
    /// <param name="until">The end of its validity; null for tomorrow.</param>
    public static X509Certificate2 Of(string name, DateTimeOffset? until = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(name, out IPAddress? address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-5), until ?? DateTimeOffset.UtcNow.AddDays(1));
    }
}
