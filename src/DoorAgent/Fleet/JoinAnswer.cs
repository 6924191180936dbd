using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace DoorAgent.Fleet;

/// <summary>
/// The office's answer to one door's request. The fields of the record are the digest of the door's keys, the office's public key, the
/// address of the hub, the certificate of the hub's certification authority in DER (empty where the hub has no TLS), and the prefix of
/// the door's inboxes. The office signs the answer; that it is the right office, is proven only by people who compare the fingerprint of
/// the office's key.
/// </summary>
/// <param name="Door">Name of the door in the fleet.</param>
/// <param name="Group">Name of the door's group.</param>
/// <param name="Hub">Address of the hub: <c>tls://HOST:PORT</c>, or <c>nats://HOST:PORT</c> without TLS.</param>
/// <param name="Inbox">Prefix of the door's inboxes.</param>
internal sealed partial record JoinAnswer(string Door, string Group, string Hub, string Inbox)
{
    private const string Kind = "answer", WithTls = "tls", WithoutTls = "nats";
    private const int LongestHub = 255, LongestInbox = 64, MostCertificateBytes = 4096;

    /// <summary>The certificate of the hub's certification authority in DER; null where the hub has no TLS.</summary>
    public byte[]? Certificate { get; init; }

    /// <summary>Signs the answer and returns its text.</summary>
    /// <param name="door">The keys of the door whose request is answered.</param>
    /// <param name="office">The office's key.</param>
    /// <exception cref="FleetRecordException">A value is impossible.</exception>
    public string Write(DoorPublicKeys door, OfficeKey office)
    {
        Require();
        FieldWriter body = new FieldWriter().Add(door.Digest).Add(office.Public.Bytes).Add(Hub).Add(Certificate ?? []).Add(Inbox);
        return JoinText.Write(Kind, SignedRecord.Close(new RecordHead(RecordKind.Answer, 0, 0, Group, Door), body.Made, office.Sign));
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="door">The keys of this door.</param>
    /// <returns>The answer, and the office's public key, which the caller disposes.</returns>
    /// <exception cref="FleetRecordException">The text is not an answer, is cut off, was changed, or answers another request; the message
    /// says which.</exception>
    public static (JoinAnswer Answer, OfficePublicKey Office) Parse(string text, DoorPublicKeys door)
    {
        byte[] record = JoinText.Read(Kind, text);
        RecordHead head = RecordHead.Read(record);
        SignedRecord.Expect(record, head.Group, head.Subject, RecordKind.Answer);
        FieldReader fields = new(SignedRecord.Open(record, head, (_, _) => true, "the office"));
        ReadOnlySpan<byte> digest = fields.Next();
        OfficePublicKey office = OfficePublicKey.Read(fields.Next());
        try
        {
            SignedRecord.Open(record, head, office.Verify, "the office");
            if (!digest.SequenceEqual(door.Digest))
                throw new FleetRecordException($"the answer is for another request: it names the door {head.Subject}. "
                    + "Answer this door's newest request");
            string hub = fields.NextText(LongestHub);
            ReadOnlySpan<byte> certificate = fields.Next();
            JoinAnswer answer = new(head.Subject, head.Group, hub, fields.NextText(LongestInbox))
            {
                Certificate = certificate.IsEmpty ? null : certificate.ToArray(),
            };
            fields.RequireEnd();
            answer.Require();
            return (answer, office);
        }
        catch
        {
            office.Dispose();
            throw;
        }
    }

    private void Require()
    {
        if (!FleetIds.IsName(Door) || !FleetIds.IsName(Group))
            throw new FleetRecordException($"the names of door and group are not {FleetIds.NameRule}");
        if (!Uri.TryCreate(Hub, UriKind.Absolute, out Uri? hub) || hub.Scheme is not (WithTls or WithoutTls)
            || hub.Host.Length == 0 || hub.Port <= 0 || hub.UserInfo.Length > 0 || hub.PathAndQuery is not ("" or "/")
            || hub.Fragment.Length > 0 || Hub.Length > LongestHub)
        {
            throw new FleetRecordException($"the address of the hub is not {WithTls}://HOST:PORT or {WithoutTls}://HOST:PORT");
        }

        if (hub.Scheme == WithTls != Certificate is not null)
            throw new FleetRecordException(
                $"a hub with {WithTls} needs the certificate of its certification authority, and one without has none");
        if (!InboxForm().IsMatch(Inbox))
            throw new FleetRecordException("the prefix of the inboxes is not 1 to 64 letters, digits, hyphens and underscores");
        if (Certificate is { } bytes)
            RequireCertificate(bytes);
    }

    private static void RequireCertificate(byte[] bytes)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(bytes);
            if (bytes.Length <= MostCertificateBytes && certificate.RawDataMemory.Span.SequenceEqual(bytes))
                return;
        }
        catch (CryptographicException)
        {
            // The message below says what must be there.
        }

        throw new FleetRecordException($"the answer has no certificate in DER of at most {MostCertificateBytes} bytes");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex InboxForm();
}
