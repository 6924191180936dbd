using DoorAgent.Sealing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Sealing;

public sealed class KeyKeeperTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DuringARotationBothKeysAreFoundTheNewestFirst(bool isCredential)
    {
        KeyPlaces places = Places(isCredential);
        KeyKeeper keeper = new(places);
        DoorKey old = DoorKey.Generate(), coming = DoorKey.Generate();
        StoredKey stored = keeper.Keep(old);
        keeper.Stage(stored, coming);
        KeyRing both = places.Find();
        Assert.Equal(coming.Id, both.Newest?.Id);
        Assert.NotNull(both.Find(old.Id));
        keeper.Promote(stored, coming);
        KeyRing one = places.Find();
        Assert.Equal(coming.Id, one.Newest?.Id);
        Assert.Null(one.Find(old.Id));
        Assert.False(File.Exists(stored.Coming.Path));
    }

    // The process may be killed between the two steps of Promote.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheNewKeyIsFoundWhereItIsInBothPlaces(bool isCredential)
    {
        KeyPlaces places = Places(isCredential);
        KeyKeeper keeper = new(places);
        DoorKey coming = DoorKey.Generate();
        StoredKey stored = keeper.Keep(DoorKey.Generate());
        keeper.Stage(stored, coming);
        keeper.Replace(stored, coming);
        Assert.Equal(coming.Id, places.Find().Newest?.Id);
        keeper.Promote(stored, coming);
        Assert.Equal(coming.Id, places.Find().Newest?.Id);
    }

    // The process may be killed while a file is written: the unfinished file is neither a key nor in the way.
    [Fact]
    public void AnUnfinishedFileIsNeitherAKeyNorInTheWay()
    {
        KeyPlaces places = Places(isCredential: false);
        KeyKeeper keeper = new(places);
        string part = $".{Environment.ProcessId}.part";
        _folder.Write($".data.key{part}", "dooragent-key-1 00");
        Assert.Null(places.Find().Newest);
        StoredKey stored = keeper.Keep(DoorKey.Generate());
        _folder.Write($".data.key.new{part}", "dooragent-key-1 00");
        Assert.NotNull(places.Find().Newest);
        keeper.Stage(stored, DoorKey.Generate());
        Assert.Equal([places.File, stored.Coming.Path], Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    // A command and the daemon may both meet a door without a key.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OfTwoFirstKeysOnlyOneStays(bool isCredential)
    {
        KeyPlaces places = Places(isCredential);
        DoorKey first = DoorKey.Generate(), second = DoorKey.Generate();
        StoredKey stored = new KeyKeeper(places).Keep(first);
        Assert.Equal(stored, new KeyKeeper(places).Keep(second));
        Assert.Equal(first.Id, places.Find().Newest?.Id);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(stored.Path)!));
    }

    [Fact]
    public async Task OfManyFirstKeysAtTheSameTimeOneStaysAndIsWhole()
    {
        KeyPlaces places = Places(isCredential: false);
        using Barrier start = new(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait(TestContext.Current.CancellationToken);
            try
            {
                new KeyKeeper(places).Keep(DoorKey.Generate());
            }
            catch (UserErrorException)
            {
                // Within one process the unfinished files have one name.
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.NotNull(places.Find().Newest);
    }

    [Fact]
    public void APlaceThatCannotBeWrittenIsNamed()
    {
        KeyPlaces places = new(_folder.File("data"), "/proc/door.key");
        Assert.Contains("/proc/door.key cannot be written",
            Assert.Throws<UserErrorException>(() => new KeyKeeper(places).Keep(DoorKey.Generate())).Message, StringComparison.Ordinal);
    }

    private KeyPlaces Places(bool isCredential) =>
        isCredential ? MadeKeyPlaces.WithSystemd(_folder) : MadeKeyPlaces.OfFile(_folder);
}
