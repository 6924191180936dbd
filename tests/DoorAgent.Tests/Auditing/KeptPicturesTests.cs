using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Matching;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Auditing;

public sealed class KeptPicturesTests : IDisposable
{
    private static readonly TimeSpan TwoWeeks = TimeSpan.FromDays(14);

    private readonly TempFolder _data = new();

    private string Folder => _data.File("pictures");

    [Fact]
    public void AnAttemptComesBackAsItWasWritten()
    {
        KeptPictures kept = new(Folder);
        AttemptAccount account = new(7, DoorEventKind.Denied, 3,
        [
            new FrameAccount(TimeSpan.FromSeconds(1), FrameUse.Unusable, UnusableReason.TooDark, null, 0, false),
            new FrameAccount(TimeSpan.FromSeconds(2), FrameUse.NotMatched, UnusableReason.None,
                new FaceMatch(3, 1.2f, 1.0f, float.PositiveInfinity, IsMatch: false), 0, true),
        ]) { Liveness = "liveness score 4.0, at least 0.0 is live" };
        kept.Write(account, [(TimeSpan.FromSeconds(1), [1, 2]), (TimeSpan.FromSeconds(2), [3])]);

        AttemptAccount read = kept.AccountOf(7)!;
        Assert.Equal(account.Frames, read.Frames);
        Assert.Equal((account.Kind, account.Person, account.Liveness), (read.Kind, read.Person, read.Liveness));
        Assert.Equal([1, 2], kept.PicturesOf(7).Select(one => one.CapturedAt.TotalSeconds));
        Assert.Equal([3], File.ReadAllBytes(kept.PicturesOf(7)[1].File));
        Assert.Null(kept.AccountOf(8));
        Assert.Empty(kept.PicturesOf(8));
    }

    [Fact]
    public void OnlyTheOwnerMayReadThem()
    {
        Write(1, person: 3);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.All(Directory.GetFiles(Folder),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void TheAttemptsOfOnePersonAreDeletedWithThoseWhoseFaceWasNearestToThatPerson()
    {
        Write(1, person: 3);
        Write(2, person: 4);
        Write(3, person: null, nearest: 3);
        Write(13, person: null);
        Assert.Equal(2, new KeptPictures(Folder).DeleteOf(3));
        Assert.Equal([2, 13], new KeptPictures(Folder).Accounts.Select(account => account.Sequence));
        Assert.Equal(4, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void NothingIsDeletedWhereNothingIsKept() => Assert.Equal(0, new KeptPictures(Folder).DeleteOf(3));

    [Fact]
    public void AnAttemptIsDeletedAfterItsTime()
    {
        DateTimeOffset now = BuildInfo.Date.AddYears(1);
        Write(1, person: 3, now.AddDays(-14.1));
        Write(2, person: 3, now.AddDays(-13.9));
        Write(3, person: 3, now.AddDays(40));
        new KeptPictures(Folder).DeleteExpired(TwoWeeks, megabytes: 100, now);
        Assert.Equal([2], new KeptPictures(Folder).Accounts.Select(account => account.Sequence));
    }

    [Fact]
    public void AClockThatIsNotSetDeletesNothingByAge()
    {
        Write(1, person: 3, BuildInfo.Date.AddYears(1));
        new KeptPictures(Folder).DeleteExpired(TwoWeeks, megabytes: 100, DateTimeOffset.UnixEpoch);
        Assert.Single(new KeptPictures(Folder).Accounts);
    }

    [Fact]
    public void TheOldestAttemptsAreDeletedWhenTheFolderIsTooLarge()
    {
        DateTimeOffset now = BuildInfo.Date.AddYears(1);
        for (int sequence = 8; sequence <= 11; sequence++)
            Write(sequence, person: 3, now, bytes: 400_000);
        new KeptPictures(Folder).DeleteExpired(TwoWeeks, megabytes: 1, now);
        Assert.Equal([10, 11], new KeptPictures(Folder).Accounts.Select(account => account.Sequence));
    }

    [Fact]
    public void AFileThatIsNotOursStays()
    {
        Write(1, person: 3, BuildInfo.Date);
        string note = Path.Combine(Folder, "note.txt");
        File.WriteAllText(note, "");
        new KeptPictures(Folder).DeleteExpired(TimeSpan.FromDays(1), megabytes: 1, BuildInfo.Date.AddYears(1));
        Assert.Equal([note], Directory.GetFiles(Folder));
    }

    [Fact]
    public void AnAccountThatAPowerCutHasCutIsLeftOut()
    {
        Write(1, person: 3);
        File.WriteAllText(Path.Combine(Folder, "0000000000000002.json"), "{\"sequ");
        Assert.Equal([1], new KeptPictures(Folder).Accounts.Select(account => account.Sequence));
        Assert.Throws<UserErrorException>(() => new KeptPictures(Folder).AccountOf(2));
    }

    /// <summary>Without room for a record the door would open for nobody.</summary>
    [Fact]
    public void TheLastRoomOfTheDiskIsLeftToTheJournal()
    {
        using MountedFolder disk = new("64m");
        string folder = Path.Combine(disk.Path, "pictures");
        Assert.Contains("which the journal needs", Assert.Throws<IOException>(() => Write(folder)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void AnAttemptThatCannotBeWrittenWholeLeavesNoPictures()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "0000000000000007.json"));
        Assert.ThrowsAny<Exception>(() => Write(Folder));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void AFolderOnAReadOnlyMediumIsReportedAsAFailureOfTheWrite()
    {
        using MountedFolder disk = new("200m");
        string folder = Path.Combine(disk.Path, "pictures");
        Write(folder);
        disk.BecomeReadOnly();
        Assert.Contains("ead-only", Assert.ThrowsAny<Exception>(() => Write(folder)).Message, StringComparison.Ordinal);
    }

    private static void Write(string folder) =>
        new KeptPictures(folder).Write(new AttemptAccount(7, DoorEventKind.Denied, 3, []), [(TimeSpan.Zero, [1]), (TimeSpan.Zero, [2])]);

    public void Dispose() => _data.Dispose();

    private void Write(long sequence, long? person, DateTimeOffset? at = null, int bytes = 10, long? nearest = null)
    {
        FaceMatch? match = nearest is { } id ? new FaceMatch(id, 1.2f, 1.0f, 1.3f, IsMatch: false) : null;
        new KeptPictures(Folder).Write(
            new AttemptAccount(sequence, DoorEventKind.Denied, person,
                [new FrameAccount(TimeSpan.FromSeconds(1), FrameUse.NotMatched, UnusableReason.None, match, 0, false)]),
            [(TimeSpan.FromSeconds(1), new byte[bytes])]);
        foreach (string file in Directory.GetFiles(Folder, $"{sequence:D16}*"))
            File.SetLastWriteTimeUtc(file, (at ?? BuildInfo.Date.AddDays(1)).UtcDateTime);
    }
}
