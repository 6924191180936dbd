using System.Diagnostics;
using System.Security.Cryptography;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Sealing;

namespace DoorAgent.Tests.Galleries;

/// <summary>A large group. The times are printed; what guards against a look at everybody for everybody is the memory, and that the
/// test ends.</summary>
public sealed class FleetSizeTests(ITestOutputHelper output)
{
    private const int Encodings = 3, Dimension = 128;

    [Fact]
    public void ALargeGroupArrivesAtASealedDoorAndOneIsRemoved()
    {
        int people = int.Parse(Environment.GetEnvironmentVariable("DOORAGENT_FLEET_PEOPLE") ?? "1500", System.Globalization.CultureInfo.InvariantCulture);
        using MadeGalleryFile file = new();
        using DeliveredFleet fleet = new();
        KeyRing keys = new([DoorKey.Generate()], null);
        FleetGallery door = fleet.Join(file.Path, keys: keys);
        fleet.Publish(Enumerable.Range(1, people).Select(Person));
        using MemoryStream parcel = DeliveredFleet.Parcel(fleet.Whole);
        FleetOutcome outcome = Timed("everybody", () =>
            door.Apply(new FleetDelivery(DeliveredFleet.Bucket, fleet.Sequence, FleetPass.Whole, parcel.Length), parcel));
        Assert.Equal((people, 1L), (outcome.Written, outcome.Standing.Confirmed));
        Assert.Equal(0, Timed("everybody again", () => fleet.DeliverWhole(door)).Written);
        fleet.Publish([], removed: [people / 2]);
        outcome = Timed("one removal", () => fleet.DeliverChanges(door, [fleet.Record(people / 2), fleet.ManifestItem]));
        Assert.Equal((1, 2L, people - 1), (outcome.Removed, outcome.Standing.Confirmed, outcome.Standing.Count));
        Timed("standing", () => door.Standing());
        using GalleryFile gallery = GalleryFile.OpenToRead(file.Path, keys);
        Gallery read = Timed("read by the door", () => gallery.Read(new EncoderIdentity("made", new string('a', 64), 1, Dimension)));
        Assert.Equal(((people - 1) * Encodings, people - 1), (read.EncodingCount, read.People.Length));
    }

    private static FleetPerson Person(int number) => DeliveredFleet.Person(number) with
    {
        Encoder = DeliveredFleet.EncoderOf("nearest") with { Dimension = Dimension },
        Encodings = [.. Enumerable.Range(0, Encodings).Select(i => Encoding(Encodings * number + i))],
    };

    private static FleetEncoding Encoding(int number)
    {
        Random random = new(number);
        float[] values = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
        return new FleetEncoding(SHA256.HashData(BitConverter.GetBytes(number)), 0.9f, DoorAgent.Encodings.FaceEncoding.Normalised(values).Vector.ToArray());
    }

    private T Timed<T>(string what, Func<T> action)
    {
        long start = Stopwatch.GetTimestamp();
        T result = action();
        output.WriteLine(FormattableString.Invariant($"{what}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s"));
        return result;
    }
}
