using CsCheck;
using DoorAgent.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fleet;

public sealed class GroupKeySealTests : IDisposable
{
    private readonly MadeFleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void TheDoorReceivesTheKeysThatTheOfficeSealed() =>
        Gen.Int[1, int.MaxValue].Array[1, 8].Sample(numbers =>
        {
            GroupKeys keys = new(numbers.Distinct().Select(GroupKey.Create));
            (long serial, GroupKeys read) = Open(GroupKeySeal.Close(keys, MadeFleet.Group, MadeFleet.Door, 12, _fleet.Secrets.Public,
                _fleet.Office));
            Assert.Equal(12, serial);
            Assert.Equal(keys.Reveal(), read.Reveal());
        }, iter: 50);

    /// <summary>A stolen door cannot open what the office seals to the others.</summary>
    [Fact]
    public void AnotherDoorCannotOpenThem()
    {
        using DoorSecrets stolen = DoorSecrets.Create();
        byte[] record = Record();
        Assert.Contains("not sealed to this door", Assert.Throws<FleetRecordException>(
            () => GroupKeySeal.Open(MadeFleet.Group, MadeFleet.Door, record, _fleet.Pinned, stolen)).Message, StringComparison.Ordinal);
        Assert.Throws<FleetRecordException>(() => GroupKeySeal.Open(MadeFleet.Group, "lab-4", record, _fleet.Pinned, _fleet.Secrets));
        Assert.Throws<FleetRecordException>(() => GroupKeySeal.Open("hall", MadeFleet.Door, record, _fleet.Pinned, _fleet.Secrets));
    }

    /// <summary>The seal itself refuses another head, also where the signature is right.</summary>
    [Theory]
    [InlineData(13)]
    [InlineData(17)]
    [InlineData(19)]
    [InlineData(23)]
    public void TheSealIsBoundToTheHead(int at)
    {
        byte[] changed = Record()[..^P256.SignatureBytes];
        changed[at] ^= 1;
        byte[] signed = [.. changed, .. _fleet.Office.Sign(changed)];
        RecordHead head = RecordHead.Read(signed);
        Assert.Contains("not sealed to this door", Assert.Throws<FleetRecordException>(
            () => GroupKeySeal.Open(head.Group, head.Subject, signed, _fleet.Pinned, _fleet.Secrets)).Message, StringComparison.Ordinal);
    }

    /// <summary>Points that are not on the curve would betray a private key bit by bit.</summary>
    [Fact]
    public void AnEphemeralKeyThatIsNotOnTheCurveIsRefused()
    {
        byte[] record = Record();
        int from = RecordHead.Read(record).Length;
        foreach (int at in new[] { 0, 26, 27, P256.PublicBytes - 1 })
        {
            byte[] changed = record[..^P256.SignatureBytes];
            changed[from + at] ^= 1;
            Assert.Contains("curve P-256", Assert.Throws<FleetRecordException>(() =>
                Open([.. changed, .. _fleet.Office.Sign(changed)])).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AGroupWithoutAKeyHasNothingToSeal() => Assert.Throws<FleetRecordException>(
        () => GroupKeySeal.Close(GroupKeys.None, MadeFleet.Group, MadeFleet.Door, 1, _fleet.Secrets.Public, _fleet.Office));

    [Fact]
    public void ASetOfKeysHasEachNumberOnce()
    {
        GroupKeys keys = _fleet.Keys;
        Assert.Equal([1, 2, 5], keys.With(GroupKey.Create(5)).All.Select(key => key.Number));
        Assert.Equal([2], keys.From(2).All.Select(key => key.Number));
        Assert.Null(keys.Find(3));
        Assert.Same(keys.All[0], keys.Find(1));
        Assert.Throws<FleetRecordException>(() => keys.With(GroupKey.Create(2)));
        Assert.Throws<FleetRecordException>(() => new GroupKeys(Enumerable.Range(1, GroupKeys.Most + 1).Select(GroupKey.Create)));
        Assert.Throws<FleetRecordException>(() => GroupKey.Create(0));
        Assert.Throws<FleetRecordException>(() => new GroupKey(1, new byte[31]));
        byte[] bytes = keys.Reveal();
        Assert.Equal(bytes, GroupKeys.Read(bytes).Reveal());
        Assert.Empty(GroupKeys.Read([]).All);
        Assert.All(new[] { bytes[..^1], [.. bytes, 0], [.. bytes[36..], .. bytes[..36]], [.. bytes[..36], .. bytes[..36]], new byte[36],
                [0xFF, .. bytes[1..]], new byte[36 * (GroupKeys.Most + 1)] },
            wrong => Assert.Throws<FleetRecordException>(() => GroupKeys.Read(wrong)));
    }

    private byte[] Record() => GroupKeySeal.Close(_fleet.Keys, MadeFleet.Group, MadeFleet.Door, 7, _fleet.Secrets.Public, _fleet.Office);

    private (long Serial, GroupKeys Keys) Open(byte[] record) =>
        GroupKeySeal.Open(MadeFleet.Group, MadeFleet.Door, record, _fleet.Pinned, _fleet.Secrets);
}
