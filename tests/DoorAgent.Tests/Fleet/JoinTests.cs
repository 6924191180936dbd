using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using DoorAgent.Fleet;
using DoorAgent.Tests.Support;
using QRCoder;

namespace DoorAgent.Tests.Fleet;

/// <summary>Requests and answers, as text that people carry.</summary>
public sealed class JoinTests : IDisposable
{
    private readonly MadeFleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void TheOfficeReadsTheRequestThatTheDoorWrote()
    {
        foreach (JoinRequest made in new[] { _fleet.Request, _fleet.Request with { Encoder = null } })
        {
            JoinRequest read = JoinRequest.Parse(made.Write(_fleet.Secrets));
            Assert.Equal((made.Door, made.Nkey, made.Version, made.Encoder), (read.Door, read.Nkey, read.Version, read.Encoder));
            Assert.Equal(made.Keys.Digest, read.Keys.Digest);
            Assert.Equal(made.Fingerprint, read.Fingerprint);
        }
    }

    /// <summary>Whoever exchanges any part of a request changes what people compare.</summary>
    [Fact]
    public void TheFingerprintOfARequestCoversEveryField()
    {
        using DoorSecrets other = DoorSecrets.Create();
        JoinRequest mine = _fleet.Request;
        string[] all =
        [
            mine.Fingerprint, (mine with { Door = "lab-4" }).Fingerprint, (mine with { Keys = other.Public }).Fingerprint,
            (mine with { Keys = new DoorPublicKeys(mine.Keys.Agreement, other.Public.Signing) }).Fingerprint,
            (mine with { Keys = new DoorPublicKeys(other.Public.Agreement, mine.Keys.Signing) }).Fingerprint,
            (mine with { Nkey = mine.Nkey[..^1] + "A" }).Fingerprint, (mine with { Version = "1.2.1" }).Fingerprint,
            (mine with { Encoder = null }).Fingerprint,
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all, text => Assert.Matches(@"\A[0-9a-f]{4}( [0-9a-f]{4}){4}\z", text));
    }

    [Fact]
    public void ARequestThatTheDoorsOwnKeyDidNotSignIsRefused()
    {
        using DoorSecrets other = DoorSecrets.Create();
        Assert.Throws<FleetRecordException>(() => JoinRequest.Parse(_fleet.Request.Write(other)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheDoorReadsTheAnswerThatTheOfficeWrote(bool hasTls)
    {
        JoinAnswer made = hasTls ? MadeFleet.Answer() with { Hub = "tls://hub.example:4222",
            Certificate = Certificate() } : MadeFleet.Answer();
        (JoinAnswer read, OfficePublicKey office) = JoinAnswer.Parse(made.Write(_fleet.Secrets.Public, _fleet.Office),
            _fleet.Secrets.Public);
        using (office)
            Assert.Equal(_fleet.Pinned.Fingerprint, office.Fingerprint);
        Assert.Equal(made with { Certificate = null }, read with { Certificate = null });
        Assert.Equal(made.Certificate, read.Certificate);
    }

    [Fact]
    public void AnAnswerForAnotherDoorIsRefusedAndSaysWhatToDo()
    {
        using DoorSecrets other = DoorSecrets.Create();
        string said = Assert.Throws<FleetRecordException>(
            () => JoinAnswer.Parse(MadeFleet.Answer().Write(other.Public, _fleet.Office), _fleet.Secrets.Public)).Message;
        Assert.Contains("Answer this door's newest request", said, StringComparison.Ordinal);
    }

    [Fact]
    public void ImpossibleValuesAreNotWritten()
    {
        JoinAnswer good = MadeFleet.Answer();
        Assert.All([
            good with { Door = "Lab" }, good with { Group = "" }, good with { Group = "*" }, good with { Inbox = "" },
            good with { Inbox = "_INBOX.>" },
            good with { Hub = "hub:4222" }, good with { Hub = "https://hub:4222" }, good with { Hub = "nats://hub" },
            good with { Hub = "nats://user:pass@hub:1" },
            good with { Hub = "nats://hub:4222/x" }, good with { Hub = "nats://hub:4222?x" }, good with { Hub = "tls://hub:4222" },
            good with { Certificate = Certificate() }, good with { Hub = "tls://hub:4222", Certificate = [1, 2, 3] },
            good with { Hub = "tls://hub:4222", Certificate = [.. Certificate(), 0] },
        ], wrong => Assert.Throws<FleetRecordException>(() => wrong.Write(_fleet.Secrets.Public, _fleet.Office)));
        JoinRequest mine = _fleet.Request;
        Assert.All([
            mine with { Door = "" }, mine with { Nkey = "" }, mine with { Nkey = "A" + mine.Nkey[1..] },
            mine with { Nkey = mine.Nkey.ToLowerInvariant() },
            mine with { Nkey = mine.Nkey + "\n" }, mine with { Version = "1\n" }, mine with { Version = "1\u202e2" },
            mine with { Encoder = MadeFleet.Encoder with { Name = "made\u202e" } }, mine with { Version = new string('1', 65) },
            mine with { Encoder = MadeFleet.Encoder with { Digest = "x" } },
        ], wrong => Assert.Throws<FleetRecordException>(() => wrong.Write(_fleet.Secrets)));
    }

    /// <summary>A terminal breaks long lines, and mail programs indent them.</summary>
    [Fact]
    public void ATextSurvivesLineBreaksAndBlanks() => Gen.Int[1, 90].Sample(width =>
    {
        string text = _fleet.Request.Write(_fleet.Secrets);
        string broken = "\n  " + string.Join("\r\n > ".Replace(">", "\t", StringComparison.Ordinal),
            text.Chunk(width).Select(line => new string(line))) + "\n\n";
        Assert.Equal(_fleet.Request.Fingerprint, JoinRequest.Parse(broken).Fingerprint);
    }, iter: 30);

    [Fact]
    public void ATextThatIsCutOffOrChangedSaysSo()
    {
        string text = _fleet.Request.Write(_fleet.Secrets);
        Assert.All(Enumerable.Range(0, text.Length), length =>
        {
            string said = Refusal(text[..length]);
            Assert.Contains(length < "dooragent-request-1:".Length ? "is not the request" : "is cut off", said, StringComparison.Ordinal);
        });
        Assert.All(Enumerable.Range("dooragent-request-1:".Length, text.Length - "dooragent-request-1:".Length - 1), at =>
        {
            Assert.Contains("has a mistake", Refusal(text[..at] + (text[at] == 'x' ? 'y' : 'x') + text[(at + 1)..]),
                StringComparison.Ordinal);
            Assert.Contains("has a mistake", Refusal(text[..at] + text[(at + 1)..]), StringComparison.Ordinal);
        });
        Assert.Contains("has a mistake", Refusal(text[..40] + "!" + text[40..]), StringComparison.Ordinal);
        Assert.Contains("has a mistake", Refusal("dooragent-request-1:."), StringComparison.Ordinal);
        Assert.Contains("too long", Refusal(new string('x', JoinText.Longest + 1)), StringComparison.Ordinal);
        Assert.Contains("is not the request", Refusal(MadeFleet.Answer().Write(_fleet.Secrets.Public, _fleet.Office)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void BothTextsFitIntoAQrCodeThatATerminalShows()
    {
        JoinAnswer answer = MadeFleet.Answer() with { Hub = "tls://hub.example:4222", Certificate = Certificate() };
        Assert.InRange(Modules(_fleet.Request.Write(_fleet.Secrets)), 21, 97);
        Assert.InRange(Modules(answer.Write(_fleet.Secrets.Public, _fleet.Office)), 21, 121);
    }

    private static int Modules(string text)
    {
        using QRCodeGenerator generator = new();
        using QRCodeData code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        return code.ModuleMatrix.Count;
    }

    private static string Refusal(string text) => Assert.Throws<FleetRecordException>(() => JoinRequest.Parse(text)).Message;

    private static byte[] Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=fleet hub", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return made.Export(X509ContentType.Cert);
    }
}
