using System.Security.Cryptography;
using System.Text;
using DoorAgent.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fleet;

/// <summary>Keys come out of their types only where somebody asks for them.</summary>
public sealed class KeySecrecyTests : IDisposable
{
    private readonly MadeFleet _fleet = new();
    private readonly byte[][] _secrets;

    public KeySecrecyTests()
    {
        byte[] pkcs8 = _fleet.Office.Reveal(), door = _fleet.Secrets.Reveal();
        using ECDsa office = ECDsa.Create();
        office.ImportPkcs8PrivateKey(pkcs8, out _);
        _secrets =
        [
            pkcs8, office.ExportParameters(includePrivateParameters: true).D!, door[..32], door[32..],
            .. _fleet.Keys.All.Select(key => key.Secret.ToArray()),
        ];
    }

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void KeysComeBackAsTheyWereKept()
    {
        using OfficeKey office = OfficeKey.Read(_fleet.Office.Reveal());
        Assert.Equal(_fleet.Pinned.Fingerprint, office.Public.Fingerprint);
        Assert.True(_fleet.Pinned.Verify("text"u8, office.Sign("text"u8)));
        using DoorSecrets door = DoorSecrets.Read(_fleet.Secrets.Reveal());
        Assert.Equal(_fleet.Secrets.Public.Digest, door.Public.Digest);
        Assert.True(_fleet.Secrets.Public.Verify("text"u8, door.Sign("text"u8)));
        using OfficePublicKey pinned = OfficePublicKey.Read(_fleet.Pinned.Bytes);
        Assert.True(pinned.Verify("text"u8, office.Sign("text"u8)));
        Assert.False(pinned.Verify("Text"u8, office.Sign("text"u8)));
        Assert.False(pinned.Verify("text"u8, []));
    }

    [Fact]
    public void BothSidesOfAnAgreementHaveTheSameSecret()
    {
        using DoorSecrets other = DoorSecrets.Create();
        byte[] shared = other.Agree(_fleet.Secrets.Public.Agreement);
        Assert.Equal(P256.NumberBytes, shared.Length);
        Assert.Equal(shared, _fleet.Secrets.Agree(other.Public.Agreement));
    }

    [Fact]
    public void BytesThatAreNoKeyAreRefusedByNamingTheKeyOnly()
    {
        byte[] pkcs8 = _fleet.Office.Reveal(), spki = _fleet.Pinned.Bytes.ToArray(), door = _fleet.Secrets.Reveal();
        using ECDsa rsaLike = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.All(new[] { [], pkcs8[..^1], [.. pkcs8, 0], spki, rsaLike.ExportPkcs8PrivateKey(), door },
            wrong => AssertSecret(Assert.Throws<FleetRecordException>(() => OfficeKey.Read(wrong))));
        Assert.All(new[] { [], spki[..^1], [.. spki, 0], [.. spki[..26], 2, .. spki[27..59]], rsaLike.ExportSubjectPublicKeyInfo(),
            new byte[91],
                [.. spki[..^1], (byte)(spki[^1] ^ 1)], [.. spki[..27], .. new byte[64]] },
            wrong => Assert.Throws<FleetRecordException>(() => OfficePublicKey.Read(wrong)));
        byte[] order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        Assert.All(new[] { [], door[..^1], [.. door, 0], new byte[64], [.. order, .. door[32..]], [.. door[..32], .. order],
            Enumerable.Repeat((byte)0xFF, 64).ToArray() },
            wrong => AssertSecret(Assert.Throws<FleetRecordException>(() => DoorSecrets.Read(wrong))));
    }

    [Fact]
    public void NoTextOfAKeyShowsTheKey() => Assert.All(
        new object[]
        {
            _fleet.Office, _fleet.Pinned, _fleet.Secrets, _fleet.Secrets.Public, _fleet.Keys, _fleet.Keys.Newest!, GroupKeys.None,
            _fleet.Request,
        },
        key =>
        {
            Assert.DoesNotContain("System.", key.ToString()!, StringComparison.Ordinal);
            AssertSecret(key.ToString()!);
        });

    /// <summary>Every refusal that this fleet's records can cause, with all the keys that are at work.</summary>
    [Fact]
    public void NoRefusalShowsAKeyOrAPerson()
    {
        int refused = 0;
        foreach ((_, byte[] record, Action<byte[]> open) in _fleet.Records())
        {
            for (int at = 0; at < record.Length; at++)
            {
                byte[] changed = [.. record];
                changed[at] ^= 0x55;
                // The office signs its own mistakes too: the reader then comes as far as the content.
                byte[] signed = [.. changed.AsSpan(..^P256.SignatureBytes),
                    .. _fleet.Office.Sign(changed.AsSpan(..^P256.SignatureBytes))];
                foreach (byte[] wrong in new[] { changed, signed })
                {
                    if (Record.Exception(() => open(wrong)) is not { } refusal)
                        continue;
                    Assert.IsType<FleetRecordException>(refusal);
                    AssertSecret(refusal);
                    Assert.DoesNotContain("Anna", refusal.ToString(), StringComparison.Ordinal);
                    refused++;
                }
            }
        }

        Assert.True(refused > 1000, $"{refused}");
    }

    /// <summary>The types print by hand: a record type would print its members.</summary>
    [Fact]
    public void TypesWithSecretsAreNotRecords() => Assert.All(
        new[] { typeof(OfficeKey), typeof(GroupKey), typeof(GroupKeys), typeof(DoorSecrets) },
        type => Assert.Null(type.GetMethod("<Clone>$")));

    private void AssertSecret(Exception refusal) => AssertSecret(refusal.ToString());

    private void AssertSecret(string text)
    {
        Assert.All(_secrets, secret =>
        {
            // A few digits in any common form would already betray a part.
            byte[] part = secret[^8..];
            Assert.DoesNotContain(Convert.ToHexString(part), text.Replace("-", "", StringComparison.Ordinal),
                StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(secret)[8..24], text, StringComparison.Ordinal);
            Assert.DoesNotContain(string.Join(", ", part), text, StringComparison.Ordinal);
            Assert.DoesNotContain(Encoding.Latin1.GetString(part), text, StringComparison.Ordinal);
        });
    }
}
