using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Matching;
using DoorAgent.Sealing;
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
    public void WithAKeyAccountAndPicturesAreSealedAndComeBack()
    {
        Write(1, person: 3);
        KeyRing keys = new([DoorKey.Generate()], null);
        KeptPictures kept = new(Folder, keys);
        byte[] jpeg = [.. Enumerable.Repeat((byte)0xD8, 500)];
        kept.Write(new AttemptAccount(7, DoorEventKind.Denied, 3, []), [(TimeSpan.FromSeconds(1), jpeg), (TimeSpan.FromSeconds(2), jpeg)]);

        Assert.Equal([1, 7], kept.Accounts.Select(account => account.Sequence));
        Assert.Equal([1, 2], kept.PicturesOf(7).Select(one => one.CapturedAt.TotalSeconds));
        Assert.All(kept.PicturesOf(7), picture => Assert.Equal(jpeg, kept.Read(picture.File)));
        Assert.All(Directory.GetFiles(Folder, "0000000000000007*"), file =>
        {
            Assert.True(SealedFile.IsSealed(File.ReadAllBytes(file)));
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(jpeg.AsSpan(0, 8)) < 0);
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf("Denied"u8) < 0);
        });
        Assert.Equal(2, kept.DeleteOf(3));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void WithoutTheKeyNobodyIsTakenForUnknown()
    {
        new KeptPictures(Folder, new KeyRing([DoorKey.Generate()], null)).Write(new AttemptAccount(7, DoorEventKind.Denied, 3, []), []);
        KeptPictures without = new(Folder, new KeyRing([], "there is no key. Run the command with sudo."));
        Assert.Throws<UserErrorException>(() => without.Accounts);
        Assert.Throws<UserErrorException>(() => without.AccountOf(7));
        Assert.Throws<UserErrorException>(() => without.DeleteOf(3));
        Assert.Throws<UserErrorException>(() => without.WithoutAccount(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void AttemptsOfALostKeyShowNobodyKnown()
    {
        new KeptPictures(Folder, new KeyRing([DoorKey.Generate()], null)).Write(
            new AttemptAccount(7, DoorEventKind.Denied, 3, []), [(TimeSpan.FromSeconds(1), [1])]);
        KeptPictures another = new(Folder, new KeyRing([DoorKey.Generate()], null));
        Assert.Empty(another.Accounts);
        Assert.Equal(2, another.WithoutAccount(DateTimeOffset.MaxValue).Count);
    }

    [Fact]
    public void WhatWasKeptBeforeTheKeyIsSealedAndDeletedByItsOwnAge()
    {
        DateTimeOffset now = BuildInfo.Date.AddYears(1);
        Write(1, person: 3, now.AddDays(-14.1));
        Write(2, person: 3, now.AddDays(-13.9));
        File.WriteAllText(Path.Combine(Folder, "note.txt"), "not ours");
        KeptPictures kept = new(Folder, new KeyRing([DoorKey.Generate()], null));
        Assert.Equal(4, kept.FileCount);
        kept.SealOpenOnes();
        Assert.Equal(4, Directory.GetFiles(Folder, "*.sealed").Length);
        Assert.Equal([1, 2], kept.Accounts.Select(account => account.Sequence));
        kept.DeleteExpired(TwoWeeks, megabytes: 100, now);
        Assert.Equal([2], kept.Accounts.Select(account => account.Sequence));
        Assert.Equal("not ours", File.ReadAllText(Path.Combine(Folder, "note.txt")));
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
