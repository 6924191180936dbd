using DoorAgent.Diagnostics;
using DoorAgent.Sealing;
using DoorAgent.Tests.Sealing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics;

public sealed class KeyRotationTests : IDisposable
{
    private const int PartCount = 3;

    private readonly TempFolder _folder = new();

    // The data: each part is one value that is sealed with a key.
    private readonly byte[][] _values = new byte[PartCount][];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EverythingIsSealedWithTheNewKeyAndTheOldOneIsGone(bool isCredential)
    {
        KeyPlaces keys = Places(isCredential);
        DoorKey old = Begin(keys);
        (string before, string now) = Rotation(keys).Run(_ => new Ignored());
        Assert.Equal(old.Id, before);
        KeyRing ring = keys.Find();
        Assert.Equal(now, ring.Newest?.Id);
        Assert.Null(ring.Find(old.Id));
        Assert.All(_values, value => Assert.Equal(now, SealedFile.KeyIdOf(value)));
        AssertOpens(keys);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void AfterAKillEverythingOpensAndTheNextRotationFinishes(int part, bool isAfterwards)
    {
        KeyPlaces keys = Places(isCredential: false);
        DoorKey old = Begin(keys);
        Assert.Throws<KilledException>(() => Rotation(keys, part, isAfterwards).Run(_ => new Ignored()));
        AssertOpens(keys);
        string coming = keys.Find().Newest!.Id;
        Assert.NotEqual(old.Id, coming);
        (_, string now) = Rotation(keys).Run(_ => new Ignored());
        Assert.Equal(coming, now);
        Assert.Null(keys.Find().Find(old.Id));
        AssertOpens(keys);
    }

    // Killed between the two steps with which the next key takes the place of the other.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AfterAKillAtTheLastStepTheNextRotationOnlyClearsUp(bool isCredential)
    {
        KeyPlaces keys = Places(isCredential);
        Begin(keys);
        (_, string now) = Rotation(keys).Run(_ => new Ignored());
        DoorKey key = keys.Find().Newest!;
        new KeyKeeper(keys).Stage(keys.Stored()!, key);
        Assert.Equal((now, now), Rotation(keys, killsAt: 0).Run(_ => new Ignored()));
        Assert.False(File.Exists(keys.Stored()!.Coming.Path));
        AssertOpens(keys);
    }

    [Fact]
    public void ADoorWithoutAKeyHasNothingToExchange() =>
        Assert.Throws<UserErrorException>(() => Rotation(MadeKeyPlaces.OfFile(_folder)).Run(_ => new Ignored()));

    [Fact]
    public void ANextKeyThatDoesNotOpenIsNotReplaced()
    {
        KeyPlaces keys = Places(isCredential: false);
        Begin(keys);
        string coming = _folder.Write("data.key.new", "dooragent-key-1 00");
        Assert.Contains("the next key does not open",
            Assert.Throws<UserErrorException>(() => Rotation(keys).Run(_ => new Ignored())).Message, StringComparison.Ordinal);
        Assert.Equal("dooragent-key-1 00", File.ReadAllText(coming));
        AssertOpens(keys);
    }

    private KeyPlaces Places(bool isCredential) =>
        isCredential ? MadeKeyPlaces.WithSystemd(_folder) : MadeKeyPlaces.OfFile(_folder);

    private DoorKey Begin(KeyPlaces keys)
    {
        DoorKey old = DoorKey.Generate();
        new KeyKeeper(keys).Keep(old);
        for (int i = 0; i < PartCount; i++)
            _values[i] = SealedFile.Close(old, [(byte)i], $"part {i}");
        return old;
    }

    private KeyRotation Rotation(KeyPlaces keys, int? killsAt = null, bool isAfterwards = false) =>
        new(keys, [.. Enumerable.Range(0, PartCount).Select(i => new RotatedPart($"part {i}", (from, to, _) =>
        {
            if (i == killsAt && !isAfterwards)
                throw new KilledException();
            // A door that reads the keys now opens what is sealed with either.
            Assert.Equal([to.Id, from.Id], keys.Find().All.Select(key => key.Id));
            _values[i] = SealedFile.Close(to, SealedFile.Open(new KeyRing([to, from], null), _values[i], $"part {i}"), $"part {i}");
            if (i == killsAt)
                throw new KilledException();
        }))]);

    private void AssertOpens(KeyPlaces keys) =>
        Assert.All(_values.Index(), one => Assert.Equal([(byte)one.Index], SealedFile.Open(keys.Find(), one.Item, $"part {one.Index}")));

    private sealed class KilledException : Exception;

    private sealed class Ignored : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
