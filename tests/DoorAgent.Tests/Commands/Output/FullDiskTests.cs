using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Settings;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Commands.Output;

/// <summary>Tests what commands do and print when the disk is already full at their start.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly MountedFolder _disk = new("1m");

    public FullDiskTests()
    {
        using MadeGalleryFile made = new();
        made.Add("anna", null, 0);
        File.Copy(made.Path, Gallery);
    }

    private string Gallery => Path.Combine(_disk.Path, "gallery.db");

    private string Journal => Path.Combine(_disk.Path, "journal.db");

    public void Dispose() => _disk.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(24)]
    public void OnAFullDiskTheGalleryIsReadAndAChangeNamesTheFullDisk(int kilobytesLeft)
    {
        Fill(kilobytesLeft);
        using (GalleryFile file = GalleryFile.OpenToRead(Gallery))
            Assert.Equal("anna", Assert.Single(file.Read(MadeEncodings.Encoder).People).Name);
        Names(() =>
        {
            using GalleryFile file = new(Gallery, MadeGalleryFile.Time);
            file.SetEnabled("anna", false);
        });
    }

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    public void OnAFullDiskADeliveryOfTheFleetChangesNothingAndIsAppliedWhenThereIsRoom(int kilobytesLeft)
    {
        using DeliveredFleet fleet = new();
        FleetGallery door = fleet.Join(Gallery);
        fleet.Publish(DeliveredFleet.Person(1, null, 0));
        fleet.DeliverWhole(door);
        fleet.Publish([.. Enumerable.Range(2, 200).Select(number => DeliveredFleet.Person(number))], removed: [1]);
        Fill(kilobytesLeft);
        Names(() => fleet.DeliverWhole(door));
        using (GalleryFile file = GalleryFile.OpenToRead(Gallery))
            Assert.Equal(["anna", "Person 1"], file.People.Select(person => person.Name));
        Assert.True(door.Standing() is { Revision: 1, Manifest: 1, Confirmed: 1 });
        File.Delete(Path.Combine(_disk.Path, "filler"));
        Assert.Equal((200, 1, 2L), fleet.DeliverWhole(door) is var outcome ? (outcome.Written, outcome.Removed, outcome.Standing.Confirmed) : default);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(24, false)]
    [InlineData(0, true)]
    [InlineData(24, true)]
    public void AJournalThatCannotBeOpenedForWritingNamesTheFullDisk(int kilobytesLeft, bool isThere)
    {
        if (isThere)
            WrittenJournal.With(Journal, 3).Dispose();
        Fill(kilobytesLeft);
        Names(() => DoorAgent.Auditing.Journal.Open(Journal).Dispose());
        if (isThere)
            Assert.Equal(3, WrittenJournal.Entries(Journal).Count);
    }

    [Fact]
    public void EmptyFilesLeftByAFullDiskAreNotCalledForeign()
    {
        File.WriteAllBytes(Gallery, []);
        File.WriteAllBytes(Journal, []);
        Assert.Contains("Nobody is enrolled yet", Assert.Throws<UserErrorException>(() => GalleryFile.OpenToRead(Gallery)).Message,
            StringComparison.Ordinal);
        Assert.Null(GalleryEncoders.ActiveName(Gallery));
        Assert.Contains("nothing has happened", Assert.Throws<UserErrorException>(() => WrittenJournal.Entries(Journal)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AGalleryFileWithoutTablesIsAnEmptyGallery(bool hasHeader)
    {
        File.WriteAllBytes(Gallery, []);
        if (hasHeader)
            Sqlite.Open(Gallery, SqliteOpenMode.ReadWrite, connection => Sqlite.Run(connection, "PRAGMA journal_mode = WAL")).Dispose();
        Assert.Equal(hasHeader, new FileInfo(Gallery).Length > 0);

        Assert.Null(GalleryEncoders.ActiveName(Gallery));
        Assert.Null(GalleryFile.OpenIfAny(Gallery));
        using (GalleryFile copy = GalleryFile.CopyInMemory(Gallery, TimeProvider.System))
            Assert.Empty(copy.People);
        GalleryCrops.DeleteExpired(Gallery, TimeProvider.System);
    }

    [Fact]
    public void AFailingDiskWithFreeSpaceIsNotCalledFull()
    {
        SqliteException failing = new("disk I/O error", SQLitePCL.raw.SQLITE_IOERR);
        Assert.False(DiskFull.IsCauseOf(failing, Gallery));
        Assert.Contains("dmesg", JournalFailure.Describe(Journal, failing), StringComparison.Ordinal);
        Fill(0);
        Assert.True(DiskFull.IsCauseOf(failing, Gallery));
        Assert.Contains("the disk is full", JournalFailure.Describe(Journal, failing), StringComparison.Ordinal);
    }

    [Fact]
    public void ALogIsClosedAlthoughTheDiskHasNoRoomForItsLastLines()
    {
        string logs = Directory.CreateDirectory(Path.Combine(_disk.Path, "logs")).FullName;
        Serilog.Core.Logger log = LogSetup.Create(new AuditingOptions(), SettingsFile.FromAssignments("made", []).Serilog,
            new Places(_disk.Path, []) { Logs = logs }, TimeProvider.System, simulated: false);
        Fill(0);
        log.Information("a line that finds no room");
        LogSetup.Close(log);
    }

    private static void Names(Action action) =>
        Assert.Matches("(?i)full|no room|no space", Assert.Throws<UserErrorException>(action).Message);

    private void Fill(int kilobytesLeft)
    {
        using FileStream filler = File.Create(Path.Combine(_disk.Path, "filler"));
        try
        {
            while (true)
            {
                filler.Write(new byte[4096]);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // The disk is now full, as intended.
        }

        filler.SetLength(Math.Max(0, (filler.Length / 4096 * 4096) - (kilobytesLeft * 1024)));
    }
}
