using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

/// <summary>
/// A gallery of ten thousand people. Times are processor times, which a busy machine hardly lengthens, with generous limits, and are
/// printed: the tests guard against anything that grows with the square of the number of people.
/// </summary>
public sealed class LargeGalleryTests(LargeGallery file, ITestOutputHelper output) : IClassFixture<LargeGallery>
{
    private static readonly Thresholds Table = new(new MatchingOptions(), new CalibrationTable([(1e-3, 1.0), (1e-6, 0.8)]));

    [Fact]
    public void ALargeGalleryIsReadAndFollowedWithoutDelayingTheDoor()
    {
        using GalleryWatch watch = new(file.Path, _ => (LargeGallery.Encoder, null), TimeProvider.System);
        Gallery first = Timed("first look", 10, () => watch.Poll()!.Gallery!);
        Assert.Equal((LargeGallery.People, 19_999), (first.People.Length, first.EncodingCount));
        using (GalleryFile change = new(file.Path, TimeProvider.System))
            Timed("a change", 5, () => { change.SetEnabled(LargeGallery.NameOf(7), false); return 0; });
        Gallery second = Timed("look after a change", 10, () => watch.Poll()!.Gallery!);
        Assert.False(second.People.Single(person => person.Name == LargeGallery.NameOf(7)).IsEnabled);
        Assert.Null(Timed("look without a change", 1, watch.Poll));
        // The decision loop only does the last step.
        using FacePipeline pipeline = TestNetworks.BuiltIn();
        FaceComparison door = new(new MatchingOptions(), identifies: false);
        Timed("use of what was read", 1, () => door.Use(second, new LoadedNetworks(pipeline, Table)));
    }

    [Fact]
    public void AClaimIsComparedWithTheClaimedPersonOnly()
    {
        Gallery gallery = Read();
        FaceMatcher matcher = new(gallery, Table, new MatchingOptions(), identifies: false);
        foreach (int number in new[] { 0, 4999, 9999 })
        {
            Person person = gallery.Find(LargeGallery.BadgeOf(number))!.Value.Person;
            Assert.Equal(LargeGallery.NameOf(number), person.Name);
            FaceEncoding own = FaceEncoding.Normalised(gallery.VectorsOf(person)[..gallery.Dimension]);
            Assert.True(matcher.Verify(person, own).IsMatch);
            Assert.False(matcher.Verify(gallery.People[(number + 1) % LargeGallery.People], own).IsMatch);
        }

        Person any = gallery.People[5000];
        FaceEncoding probe = LargeGallery.Random(new Random(2));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Timed("10,000 claims", 5, () => { for (int i = 0; i < 10_000; i++) _ = matcher.Verify(any, probe); return 0; });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void IdentificationIsRefusedByTheTableWithTheNumberThatItSupports()
    {
        using FacePipeline pipeline = TestNetworks.BuiltIn();
        FaceComparison door = new(new MatchingOptions(), identifies: true);
        string why = Assert.Throws<UserErrorException>(() => door.Use(Read(), new LoadedNetworks(pipeline, Table))).Message;
        Assert.Contains("19999 encodings are too many at Matching:Fpir 1e-3", why, StringComparison.Ordinal);
        Assert.Contains("supports 1,000", why, StringComparison.Ordinal);
        Assert.Null(door.Gallery);
    }

    [Fact]
    public void ANewPersonIsComparedWithEverybody()
    {
        Gallery gallery = Read();
        Person twin = gallery.People[6000];
        FaceEncoding face = FaceEncoding.Normalised(gallery.VectorsOf(twin)[..gallery.Dimension]);
        Assert.Equal((twin, true), Timed("look-alike", 1, () => LookAlike.Of(face, gallery, "eve")) is { } found
            ? (found.Person, found.Distance < 0.001) : default);
        Assert.NotEqual(twin, LookAlike.Of(face, gallery, twin.Name.ToUpperInvariant())!.Person);
    }

    [Fact]
    public void AnUnknownNameIsAnsweredBriefly()
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(file.Path);
        Assert.EndsWith("Did you mean Person 01234?", Assert.Throws<UserErrorException>(() => gallery.Person("Persn 01234")).Message,
            StringComparison.Ordinal);
        string none = Assert.Throws<UserErrorException>(() => gallery.Person("Maximilian")).Message;
        Assert.EndsWith(" and 9960 more.", none, StringComparison.Ordinal);
        Assert.InRange(none.Length, 100, 1000);
    }

    [Fact]
    public void EverybodyIsListedWithTheirBadges()
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(file.Path);
        IReadOnlyList<PersonEntry> people = Timed("list", 10, () => gallery.People);
        Assert.Equal(LargeGallery.People, people.Count);
        Assert.All(people.Index(), one => Assert.Equal(LargeGallery.BadgeOf(one.Index).Hint, Assert.Single(one.Item.Badges).Hint));
    }

    private Gallery Read()
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(file.Path);
        return gallery.Read(LargeGallery.Encoder);
    }

    private T Timed<T>(string what, double atMostSeconds, Func<T> work)
    {
        TimeSpan before = ThreadTime.Spent;
        T made = work();
        TimeSpan took = ThreadTime.Spent - before;
        output.WriteLine($"{what}: {took.TotalMilliseconds:0.00} ms");
        Assert.InRange(took.TotalSeconds, 0, atMostSeconds);
        return made;
    }
}
