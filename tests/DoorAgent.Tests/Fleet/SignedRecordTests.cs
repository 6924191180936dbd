using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using DoorAgent.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fleet;

/// <summary>What holds for every kind of record.</summary>
public sealed class SignedRecordTests : IDisposable
{
    private readonly MadeFleet _fleet = new();

    public static TheoryData<byte> Kinds => [.. Enum.GetValues<RecordKind>().Select(kind => (byte)kind)];

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void EveryKindHasARecordThatOpens()
    {
        Assert.Equal(Enum.GetValues<RecordKind>(), _fleet.Records().Select(made => made.Kind));
        foreach ((_, byte[] record, Action<byte[]> open) in _fleet.Records())
            open(record);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoRecordWithAChangedByteOpens(byte kind)
    {
        (_, byte[] record, Action<byte[]> open) = Made(kind);
        Assert.All(Enumerable.Range(0, record.Length), at =>
        {
            byte[] changed = [.. record];
            changed[at] ^= (byte)(1 << (at % 8));
            Assert.Throws<FleetRecordException>(() => open(changed));
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoRecordThatIsCutOffOrContinuedOpens(byte kind)
    {
        (_, byte[] record, Action<byte[]> open) = Made(kind);
        Assert.All(Enumerable.Range(0, record.Length), length => Assert.Throws<FleetRecordException>(() => open(record[..length])));
        Assert.Throws<FleetRecordException>(() => open([.. record, 0]));
        Assert.Throws<FleetRecordException>(() => open([.. record, .. new byte[SignedRecord.MostBytes]]));
        Assert.Throws<FleetRecordException>(() => open([.. record, .. record]));
    }

    /// <summary>A record that was signed as one thing is never read as another, also with a signature that is right.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoRecordOpensAsAnotherKind(byte kind)
    {
        (_, byte[] record, _) = Made(kind);
        RecordKind[] people = [RecordKind.Person, RecordKind.Removal, RecordKind.Erasure];
        foreach ((RecordKind other, _, Action<byte[]> open) in _fleet.Records())
        {
            if ((byte)other == kind || people.Contains(other) && people.Contains((RecordKind)kind))
                continue;
            Assert.Throws<FleetRecordException>(() => open(record));
        }
    }

    /// <summary>The kinds of people share their readers: the kind itself is signed.</summary>
    [Fact]
    public void ARemovalCannotBeMadeAnErasureOrAPerson()
    {
        byte[] removal = Made((byte)RecordKind.Removal).Record;
        foreach (RecordKind other in new[] { RecordKind.Person, RecordKind.Erasure })
        {
            byte[] changed = [.. removal];
            changed[5] = (byte)other;
            Assert.Throws<FleetRecordException>(() =>
                PersonSeal.Open(MadeFleet.Group, MadeFleet.Anna, changed, _fleet.Pinned, _fleet.Keys));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WhatAnotherFleetSignedIsRefused(byte kind)
    {
        using MadeFleet other = new();
        byte[] foreign = other.Records().Single(made => (byte)made.Kind == kind).Record;
        Action<byte[]> open = Made(kind).Open;
        // A request comes from a stranger: people compare it.
        if ((RecordKind)kind == RecordKind.Request)
            open(foreign);
        else
            Assert.Throws<FleetRecordException>(() => open(foreign));
    }

    /// <summary>Of each signature r | s there is a second one, r | order - s, which anybody can compute. A hub that could use it would have
    /// two different records of one serial.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheSecondSignatureOfARecordIsRefused(byte kind)
    {
        (_, byte[] record, Action<byte[]> open) = Made(kind);
        BigInteger order = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber,
            CultureInfo.InvariantCulture);
        byte[] other = (order - new BigInteger(record.AsSpan(^P256.NumberBytes..), isUnsigned: true, isBigEndian: true))
            .ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] second = [.. record[..^P256.NumberBytes], .. new byte[P256.NumberBytes - other.Length], .. other];
        using ECDsa key = ECDsa.Create();
        bool isOfDoor = (RecordKind)kind is RecordKind.Confirmation or RecordKind.Request;
        key.ImportSubjectPublicKeyInfo(isOfDoor ? _fleet.Secrets.Public.Signing : _fleet.Pinned.Bytes, out _);
        Assert.True(key.VerifyData(second.AsSpan(..^P256.SignatureBytes), second.AsSpan(^P256.SignatureBytes..),
            HashAlgorithmName.SHA256),
            "The second signature is valid for ECDSA.");
        Assert.Throws<FleetRecordException>(() => open(second));
    }

    /// <summary>Half of all signatures have to be exchanged for the other one.</summary>
    [Fact]
    public void EverySignatureIsTheSmallerOne() => Assert.All(Enumerable.Range(0, 200), i =>
    {
        byte[] data = [(byte)i];
        byte[] signature = _fleet.Office.Sign(data);
        Assert.True(signature[P256.NumberBytes] < 0x80);
        Assert.True(_fleet.Pinned.Verify(data, signature));
    });

    /// <summary>A signature of one record does not fit another record that the same key signed.</summary>
    [Fact]
    public void ASignatureCannotBeMovedToAnotherRecord()
    {
        byte[] one = PersonSeal.CloseRemoval(MadeFleet.Anna, MadeFleet.Group, 7, false, _fleet.Office);
        byte[] other = PersonSeal.CloseRemoval(MadeFleet.Anna, MadeFleet.Group, 8, false, _fleet.Office);
        Assert.Throws<FleetRecordException>(() => PersonSeal.Open(MadeFleet.Group, MadeFleet.Anna,
            [.. other[..^P256.SignatureBytes], .. one[^P256.SignatureBytes..]], _fleet.Pinned, _fleet.Keys));
    }

    [Fact]
    public void TheHeadIsReadWithoutAKeyAndBytesThatAreNoneAreRefused()
    {
        RecordHead head = new(RecordKind.Person, 7, 2, MadeFleet.Group, MadeFleet.Anna);
        Assert.Equal(head, RecordHead.Read(Made((byte)RecordKind.Person).Record));
        Assert.Equal(head.Length, head.ToBytes().Length);
        Assert.Contains("nobody signed that", Assert.Throws<FleetRecordException>(() => RecordHead.Read([])).Message,
            StringComparison.Ordinal);
        Assert.Throws<FleetRecordException>(() => RecordHead.Read([.. "{\"serial\":7}                    "u8]));
        byte[] newer = head.ToBytes();
        newer[4] = 2;
        Assert.Contains("update this program", Assert.Throws<FleetRecordException>(() => RecordHead.Read(newer)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>An office with a fault must not sign what every door would refuse.</summary>
    [Fact]
    public void AnImpossibleHeadIsNotSigned() => Assert.All(
        [
            new RecordHead(RecordKind.Removal, 0, 0, MadeFleet.Group, MadeFleet.Anna),
            new RecordHead(RecordKind.Removal, -1, 0, MadeFleet.Group, MadeFleet.Anna),
            new RecordHead(RecordKind.Removal, 1, 1, MadeFleet.Group, MadeFleet.Anna),
            new RecordHead(RecordKind.Removal, 1, 0, "Lab", MadeFleet.Anna),
            new RecordHead(RecordKind.Removal, 1, 0, "", MadeFleet.Anna),
            new RecordHead(RecordKind.Removal, 1, 0, "lab.>", MadeFleet.Anna),
            new RecordHead(RecordKind.Removal, 1, 0, MadeFleet.Group, "anna"),
            new RecordHead(RecordKind.Removal, 1, 0, MadeFleet.Group, new string('A', 32)),
            new RecordHead(RecordKind.Person, 1, 0, MadeFleet.Group, MadeFleet.Anna),
            new RecordHead(RecordKind.Manifest, 1, 1, MadeFleet.Group, MadeFleet.Anna),
            new RecordHead(RecordKind.GroupKeys, 1, 1, MadeFleet.Group, ""),
            new RecordHead((RecordKind)9, 1, 0, MadeFleet.Group, MadeFleet.Anna),
            new RecordHead(default, 1, 0, MadeFleet.Group, MadeFleet.Anna),
        ],
        head => Assert.Throws<FleetRecordException>(() => SignedRecord.Close(head, [], _fleet.Office.Sign)));

    private (RecordKind Kind, byte[] Record, Action<byte[]> Open) Made(byte kind) =>
        _fleet.Records().Single(made => (byte)made.Kind == kind);
}
