using System.Text;
using DoorAgent.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fleet;

public sealed class DoorConfirmationTests : IDisposable
{
    private readonly MadeFleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(long.MaxValue)]
    public void TheOfficeReadsWhatTheDoorSigned(long serial)
    {
        DoorConfirmation made = MadeFleet.Confirmation(serial);
        Assert.Equal(made, DoorConfirmation.Open(MadeFleet.Group, MadeFleet.Door, made.Close(_fleet.Secrets), _fleet.Secrets.Public));
    }

    /// <summary>A hub, or another door, cannot say that a door has a change.</summary>
    [Fact]
    public void AConfirmationOfAnotherDoorOrAnOfficeIsRefused()
    {
        using DoorSecrets other = DoorSecrets.Create();
        byte[] mine = MadeFleet.Confirmation(7).Close(_fleet.Secrets);
        Assert.Throws<FleetRecordException>(() => DoorConfirmation.Open(MadeFleet.Group, MadeFleet.Door, mine, other.Public));
        Assert.Throws<FleetRecordException>(() => DoorConfirmation.Open(MadeFleet.Group, "lab-4", mine, _fleet.Secrets.Public));
        Assert.Throws<FleetRecordException>(() => DoorConfirmation.Open("hall", MadeFleet.Door, mine, _fleet.Secrets.Public));
        byte[] byOffice = [.. mine[..^P256.SignatureBytes], .. _fleet.Office.Sign(mine.AsSpan(..^P256.SignatureBytes))];
        Assert.Throws<FleetRecordException>(() => DoorConfirmation.Open(MadeFleet.Group, MadeFleet.Door, byOffice,
            _fleet.Secrets.Public));
    }

    [Fact]
    public void ImpossibleValuesAreNeitherSignedNorRead()
    {
        DoorConfirmation good = MadeFleet.Confirmation(7);
        Assert.All([
            good with { Count = -1 }, good with { Digest = "" }, good with { Time = good.Time.ToOffset(TimeSpan.FromHours(1)) },
            good with { Version = new string('1', 65) }, good with { Version = "1\n2" }, good with { Serial = -1 },
            good with { Door = "Lab" },
        ], wrong => Assert.Throws<FleetRecordException>(() => wrong.Close(_fleet.Secrets)));
        foreach (string json in new[] { "{}", "null", """{"count":2,"digest":"x","time":"2026-03-01T08:00:00Z","version":"1"}""" })
        {
            byte[] record = SignedRecord.Close(new RecordHead(RecordKind.Confirmation, 7, 0, MadeFleet.Group, MadeFleet.Door),
                Encoding.UTF8.GetBytes(json), _fleet.Secrets.Sign);
            Assert.Throws<FleetRecordException>(() =>
                DoorConfirmation.Open(MadeFleet.Group, MadeFleet.Door, record, _fleet.Secrets.Public));
        }
    }
}
