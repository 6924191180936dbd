using System.Threading.Channels;
using DoorAgent.Galleries;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Galleries;

public sealed class GalleryWatchTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();
    private readonly FakeTimeProvider _time = new();
    private readonly GalleryWatch _watch;

    public GalleryWatchTests()
    {
        _file.Add("anna", MadeGalleryFile.Card(1), 0);
        _watch = new GalleryWatch(_file.Path, _ => (MadeEncodings.Encoder, null), _time);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void TheFirstPollReadsAndTheNextReportsNothing()
    {
        Assert.Equal(["anna"], Names(_watch.Poll()));
        Assert.Null(_watch.Poll());
    }

    [Fact]
    public void AChangeByAnotherProcessIsSeen()
    {
        _watch.Poll();
        _file.Add("bert", null, 90);
        Assert.Equal(["anna", "bert"], Names(_watch.Poll()));
        Assert.Null(_watch.Poll());
    }

    [Fact]
    public void ACheckpointIsNotAChange()
    {
        _watch.Poll();
        _file.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.Null(_watch.Poll());
    }

    [Fact]
    public void AFileRenamedIntoPlaceIsReadWithoutTheOldLog()
    {
        using MadeGalleryFile other = new();
        other.Add("zoe", null, 45);
        _watch.Poll();
        _file.Add("bert", null, 90);
        _watch.Poll();
        File.Move(other.Path, _file.Path, overwrite: true);
        Assert.Equal(["zoe"], Names(_watch.Poll()));
        Assert.Null(_watch.Poll());
    }

    [Fact]
    public void AReplacementOfTheSameRevisionIsSeenToo()
    {
        using MadeGalleryFile other = new();
        other.Add("zoe", null, 45);
        _watch.Poll();
        File.Move(other.Path, _file.Path, overwrite: true);
        Assert.Equal(["zoe"], Names(_watch.Poll()));
    }

    [Fact]
    public void ADamagedReplacementIsRefusedOnceAndAGoodOneIsAccepted()
    {
        byte[] good = File.ReadAllBytes(_file.Path);
        _watch.Poll();
        Replace("nonsense of some length, which no database begins with, and more of it so that it has a header's length at least"u8.ToArray());
        Assert.Contains("it is not a database", _watch.Poll()!.Refusal, StringComparison.Ordinal);
        Assert.Null(_watch.Poll());
        Replace(good);
        Assert.Equal(["anna"], Names(_watch.Poll()));
        Assert.Null(_watch.Poll());
    }

    [Fact]
    public void ABadRowIsRefusedOnceAndItsRepairIsAccepted()
    {
        _watch.Poll();
        _file.Sql("CREATE TABLE kept AS SELECT id, vector FROM encoding; UPDATE encoding SET vector = zeroblob(64); UPDATE gallery SET revision = revision + 1");
        Assert.Contains("row 1", _watch.Poll()!.Refusal, StringComparison.Ordinal);
        Assert.Null(_watch.Poll());
        _file.Sql("UPDATE encoding SET vector = (SELECT vector FROM kept WHERE kept.id = encoding.id); UPDATE gallery SET revision = revision + 1");
        Assert.Equal(["anna"], Names(_watch.Poll()));
    }

    [Fact]
    public void AMissingFileIsRefusedAndItsReturnIsSeen()
    {
        string aside = _file.Path + ".aside";
        _watch.Poll();
        File.Move(_file.Path, aside);
        Assert.Contains("there is no gallery", _watch.Poll()!.Refusal, StringComparison.Ordinal);
        Assert.Null(_watch.Poll());
        File.Move(aside, _file.Path);
        Assert.Equal(["anna"], Names(_watch.Poll()));
    }

    [Fact]
    public void UncommittedChangesAreNotSeen()
    {
        _watch.Poll();
        using Microsoft.Data.Sqlite.SqliteConnection writer = new($"Data Source={_file.Path};Pooling=False");
        writer.Open();
        Sqlite.Run(writer, "BEGIN IMMEDIATE; UPDATE person SET enabled = 0; UPDATE gallery SET revision = revision + 1");
        Assert.Null(_watch.Poll());
        Sqlite.Run(writer, "COMMIT");
        Assert.False(_watch.Poll()!.Gallery!.People[0].IsEnabled);
    }

    [Slow]
    [Fact]
    public async Task AConstantlyWrittenGalleryIsReadConsistently()
    {
        // Each change gives one of the two people another number of pictures: a torn read would see numbers that never existed together.
        _file.Add("bert", null, 90);
        Task writing = Task.Run(() =>
        {
            using GalleryFile file = _file.Open();
            for (int i = 0; i < 100; i++)
            {
                file.ReplacePictures("anna", MadeEncodings.Encoder, file.PicturesOf("anna"), [.. Enumerable.Range(0, 1 + (i % 9)).Select(k => MadeEncodings.Picture(k, (byte)k))]);
                file.ReplacePictures("bert", MadeEncodings.Encoder, file.PicturesOf("bert"), [.. Enumerable.Range(0, 1 + (i % 9)).Select(k => MadeEncodings.Picture(90 + k, (byte)k))]);
            }
        }, TestContext.Current.CancellationToken);
        long last = 0;
        while (!writing.IsCompleted)
        {
            if (_watch.Poll() is not { } news)
                continue;
            Assert.Null(news.Refusal);
            Assert.True(news.Gallery!.Revision > last);
            last = news.Gallery.Revision;
            // Anna is changed before Bert, so she is one ahead or they are even.
            int[] counts = [.. news.Gallery.People.Select(person => person.EncodingCount)];
            Assert.True(counts[0] == counts[1] || counts[0] - counts[1] is 1 or -8, $"{counts[0]} and {counts[1]}");
        }

        await writing;
        Assert.Equal(202, _watch.Poll()?.Gallery?.Revision ?? last);
    }

    [Fact]
    public void APersonDeletedByAnotherProgramIsARefusalAndNotACrash()
    {
        _watch.Poll();
        _file.Sql("PRAGMA foreign_keys = OFF; DELETE FROM person; UPDATE gallery SET revision = revision + 1");
        Assert.Contains("refers to a person that does not exist", _watch.Poll()!.Refusal, StringComparison.Ordinal);
        Assert.Null(_watch.Poll());
    }

    [Fact]
    public void APathThatTheSystemRefusesIsARefusalAndNotACrash()
    {
        _watch.Poll();
        File.Delete(_file.Path);
        File.CreateSymbolicLink(_file.Path, _file.Path);
        Assert.Contains(_file.Path, _watch.Poll()!.Refusal, StringComparison.Ordinal);
        Assert.Null(_watch.Poll());
    }

    [Fact]
    public async Task ASecondPollReturnsWhileTheFirstRuns()
    {
        TaskCompletionSource looks = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim goOn = new();
        using GalleryWatch watch = new(_file.Path, named =>
        {
            looks.SetResult();
            goOn.Wait(TestContext.Current.CancellationToken);
            return (named.Encoder, null);
        }, _time);
        Task<GalleryUpdate?> first = Task.Run(watch.Poll, TestContext.Current.CancellationToken);
        await looks.Task;
        Assert.Null(watch.Poll());
        goOn.Set();
        Assert.Equal(["anna"], Names(await first));
    }

    [Fact]
    public void AnUnusableEncoderIsRefusedOnceAndAskedForAtEachPoll()
    {
        string? why = "its network is not here";
        List<string> asked = [];
        using GalleryWatch watch = new(_file.Path, named =>
        {
            asked.Add(named.Encoder.Name);
            return why is null ? (named.Encoder, null) : (null, why);
        }, _time);
        Assert.Equal(why, watch.Poll()!.Refusal);
        Assert.Null(watch.Poll());
        // From then on the network is asked for and the file is not opened.
        Assert.Equal(0, Thrown.In(() => Assert.Null(watch.Poll())));
        Assert.Equal(3, asked.Count);
        why = null;
        GalleryUpdate news = watch.Poll()!;
        Assert.Equal(("made", 1), (news.Method!.Encoder.Name, news.Gallery!.People.Length));
        Assert.Equal(["made"], asked.Distinct());
    }

    [Fact]
    public void AGalleryOfAnotherNetworkIsRefused()
    {
        using GalleryWatch watch = new(_file.Path, named => (named.Encoder with { Digest = new string('b', 64) }, null), _time);
        Assert.Contains("cannot be compared", watch.Poll()!.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOlderCopyWrittenInPlaceIsRead()
    {
        byte[] off = DisabledAnna();
        _watch.Poll();
        _watch.Poll();
        File.WriteAllBytes(_file.Path, off);
        Assert.False(_watch.Poll()!.Gallery!.People[0].IsEnabled);
        Assert.Null(_watch.Poll());
        Assert.Null(_watch.Poll());
    }

    [Fact]
    public void AChangedOlderCopyWithTheSameRevisionIsRead()
    {
        byte[] older = File.ReadAllBytes(_file.Path);
        _file.Add("bert", null, 90);
        Assert.Equal(2, _watch.Poll()!.Gallery!.Revision);
        Assert.Null(_watch.Poll());
        // Between two polls the older copy is restored and changed, so that it has the revision that the door knows.
        File.WriteAllBytes(_file.Path, older);
        _file.Add("carl", null, 180);
        GalleryUpdate news = _watch.Poll()!;
        Assert.Equal(2, news.Gallery!.Revision);
        Assert.Equal(["anna", "carl"], Names(news));
    }

    [Fact]
    public void AChangeWithoutANewRevisionIsRead()
    {
        _watch.Poll();
        _watch.Poll();
        _file.Sql("UPDATE person SET enabled = 0");
        Assert.False(_watch.Poll()!.Gallery!.People[0].IsEnabled);
    }

    [Fact]
    public void BytesOverwrittenInPlaceAreRefusedAndTheRightOnesAccepted()
    {
        byte[] good = File.ReadAllBytes(_file.Path);
        _watch.Poll();
        _watch.Poll();
        using (FileStream file = File.OpenWrite(_file.Path))
        {
            file.Position = 8192;
            file.Write([.. Enumerable.Repeat((byte)0x5A, 4096)]);
        }

        Assert.Contains("damaged", _watch.Poll()!.Refusal, StringComparison.Ordinal);
        Assert.Null(_watch.Poll());
        Assert.Null(_watch.Poll());
        File.WriteAllBytes(_file.Path, good);
        Assert.Equal(["anna"], Names(_watch.Poll()));
    }

    [Fact]
    public void AChangeWithinOneTickOfTheFileSystemsClockIsReadAtTheNextPoll()
    {
        byte[] off = DisabledAnna();
        _watch.Poll();
        // The facts equal those of the previous poll, as within one tick of the clock, and only the content differs.
        DateTime then = File.GetLastWriteTimeUtc(_file.Path);
        File.WriteAllBytes(_file.Path, off);
        File.SetLastWriteTimeUtc(_file.Path, then);
        Assert.False(_watch.Poll()!.Gallery!.People[0].IsEnabled);
    }

    [Fact]
    public async Task ARefusedFileIsNotReadAgainUntilItChanges()
    {
        _file.Sql("UPDATE encoder SET alignment = 2147483648");
        Assert.Contains("is not between", _watch.Poll()!.Refusal, StringComparison.Ordinal);
        Assert.Null(_watch.Poll());
        string log = _file.Path + "-shm";
        Assert.False(File.Exists(log));
        // Opening the database creates this file beside it; a poll that opens nothing does not.
        using FileSystemWatcher beside = new(Path.GetDirectoryName(_file.Path)!) { EnableRaisingEvents = true };
        Channel<string> made = Channel.CreateUnbounded<string>();
        beside.Created += (_, file) => made.Writer.TryWrite(file.Name!);
        for (int i = 0; i < 5; i++)
            Assert.Null(_watch.Poll());
        File.WriteAllText(_file.Path + ".end", "");
        Assert.Equal(Path.GetFileName(_file.Path) + ".end", await made.Reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Opening a refused file throws, so a poll without an exception has opened nothing.</summary>
    [Theory]
    [InlineData("gone")]
    [InlineData("not a database")]
    [InlineData("of a newer program")]
    [InlineData("damaged")]
    [InlineData("with a value that cannot be")]
    public void WhileAGalleryIsRefusedItIsOpenedAgainOnlyAfterAChange(string how)
    {
        _watch.Poll();
        for (int change = 0; change < 2; change++)
        {
            Damage(how);
            Assert.True(Thrown.In(() => _watch.Poll()) > 0);
            // A second change within one tick of the file system's clock leaves the facts as they are, and whoever closes a database last
            // writes its log into it, which is a change too: some looks more, and then none.
            for (int i = 0; i < 3; i++)
                _watch.Poll();
            Assert.Equal(0, Thrown.In(() =>
            {
                for (int i = 0; i < 20; i++)
                    Assert.Null(_watch.Poll());
            }));
            _time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(0, Thrown.In(() => Assert.Null(_watch.Poll())));
        }
    }

    [Fact]
    public void AFailureOfTheMachineIsRetriedAfterTenSeconds()
    {
        // A directory in place of the file cannot be opened, while the file itself is fine.
        File.Delete(_file.Path);
        Directory.CreateDirectory(_file.Path);
        Assert.NotNull(_watch.Poll()!.Refusal);
        _watch.Poll();
        Assert.Equal(0, Thrown.In(() => _watch.Poll()));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(Thrown.In(() => _watch.Poll()) > 0);
        Assert.Equal(0, Thrown.In(() => _watch.Poll()));
    }

    [Fact]
    public void ADisposedWatchReportsNothing()
    {
        _watch.Dispose();
        Assert.Null(_watch.Poll());
    }

    /// <summary>Copies the gallery while anna is disabled; in the file itself she is enabled again.</summary>
    private byte[] DisabledAnna()
    {
        using GalleryFile file = _file.Open();
        file.SetEnabled("anna", false);
        byte[] off = File.ReadAllBytes(_file.Path);
        file.SetEnabled("anna", true);
        return off;
    }

    private void Damage(string how)
    {
        switch (how)
        {
            case "gone" when File.Exists(_file.Path):
                File.Delete(_file.Path);
                break;
            case "gone" or "not a database":
                Replace("nonsense of some length, which no database begins with, and more of it so that it has a header's length at least"u8.ToArray());
                break;
            case "of a newer program":
                _file.Sql("PRAGMA user_version = 99; UPDATE gallery SET revision = revision + 1");
                break;
            case "damaged":
                using (FileStream file = File.OpenWrite(_file.Path))
                {
                    file.Position = 8192;
                    file.Write([.. Enumerable.Repeat((byte)0x5A, 4096)]);
                }

                break;
            default:
                _file.Sql("UPDATE encoding SET vector = zeroblob(64); UPDATE gallery SET revision = revision + 1");
                break;
        }
    }

    private void Replace(byte[] content)
    {
        File.WriteAllBytes(_file.Path + ".new", content);
        File.Move(_file.Path + ".new", _file.Path, overwrite: true);
    }

    private static IEnumerable<string> Names(GalleryUpdate? news) => news?.Gallery?.People.Select(person => person.Name) ?? [news?.Refusal ?? "nothing"];
}
