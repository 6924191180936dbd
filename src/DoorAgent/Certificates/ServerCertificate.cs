using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DoorAgent.Certificates;

/// <summary>The certificate of a server of ours, before somebody signs it.</summary>
internal static class ServerCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Returns a request for a certificate that only proves who a server is (RFC 5280): it cannot sign other certificates.</summary>
    /// <param name="name">The subject, such as <c>CN=DoorAgent</c>.</param>
    /// <param name="key">The server's key.</param>
    /// <param name="hosts">Names and addresses of the server.</param>
    public static CertificateRequest RequestFor(string name, ECDsa key, IEnumerable<string> hosts)
    {
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        return request;
    }
}
