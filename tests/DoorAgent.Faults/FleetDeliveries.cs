using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Faults;

/// <summary>A door in a fleet, and a delivery that adds, changes and removes people while the door is killed.</summary>
internal static class FleetDeliveries
{
    private const string Group = "lab", Door = "lab-3", Bucket = "2026-03-01T08:00:00Z";
    private const int Here = 12, Coming = 20, Going = 4;

    /// <summary>Makes adam's door one of a group with people, and writes the next delivery beside it.</summary>
    public static void Prepare(FaultBench bench)
    {
        bench.Must("people", "add", "adam", "--images", FaultBench.Picture("adam"), "--badge", FaultBench.AdamsBadge);
        string path = Path.Combine(bench.Data, "gallery.db");
        FleetEncoder encoder;
        using (GalleryFile file = GalleryFile.OpenToRead(path))
            encoder = new(file.Encoder!.Name, file.Encoder.Digest, file.Encoder.Alignment, file.Encoder.Dimension, file.Rule!.Name);
        using OfficeKey office = OfficeKey.Create();
        GroupKeys keys = new(GroupKey.Create(1));
        FleetGallery gallery = new(path, TimeProvider.System);
        using DoorSecrets secrets = gallery.Prepare();
        gallery.Join(new JoinAnswer(Door, Group, "nats://localhost:4222", "_INBOX_lab"), office.Public);
        FleetItem key = new($"{Group}.key.{Door}", 0, GroupKeySeal.Close(keys, Group, Door, 1, secrets.Public, office));
        Dictionary<string, long> set = Enumerable.Range(1, Here).ToDictionary(Id, _ => 1L);
        using (MemoryStream first = Parcel([key, .. Enumerable.Range(1, Here).Select(number => Record(number, 1, "before")), Manifest(1)]))
            gallery.Apply(new FleetDelivery(Bucket, Here, FleetPass.Whole, first.Length), first);
        int[] written = [.. Enumerable.Range(Going + 1, Coming)], removed = [.. Enumerable.Range(1, Going)];
        foreach (int number in written)
            set[Id(number)] = 2;
        foreach (int number in removed)
            set.Remove(Id(number));
        using MemoryStream second = Parcel([.. written.Select(number => Record(number, 2, "after")),
            .. removed.Select(number => new FleetItem($"{Group}.{Id(number)}", 0, PersonSeal.CloseRemoval(Id(number), Group, 2, false, office))), Manifest(2)]);
        File.WriteAllBytes(bench.Beside("delivery"), second.ToArray());

        FleetItem Record(int number, long serial, string word) =>
            new($"{Group}.{Id(number)}", 0, PersonSeal.Close(Person(number, word, encoder), Group, serial, keys.Newest!, office));

        FleetItem Manifest(long serial) => new($"{Group}.manifest", 0, ManifestSeal.Close(new FleetManifest(Group, serial, TimeProvider.System.GetUtcNow())
        {
            Count = set.Count, Digest = FleetSet.Digest(set.Select(one => (one.Key, one.Value))), Key = 1,
        }, office));
    }

    /// <summary>Delivers to the running door, as the link does.</summary>
    public static void Deliver(FaultBench bench, DoorProgram daemon)
    {
        if (daemon.WaitFor("Gallery loaded") is null)
            return;
        using FileStream parcel = File.OpenRead(bench.Beside("delivery"));
        OperatorRequest request = new(OperatorVerb.FleetApply)
        {
            Delivery = new FleetDelivery(Bucket, Here + Coming + Going, FleetPass.Changes, parcel.Length),
        };
        // A door that was killed meanwhile does not answer.
        _ = OperatorClient.TrySendAsync(Places.Resolve(bench.Data, models: null), request, parcel, parcel.Length, CancellationToken.None)
            .GetAwaiter().GetResult();
    }

    private static string Id(int number) => number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    private static FleetPerson Person(int number, string word, FleetEncoder encoder)
    {
        Random random = new(number);
        return new FleetPerson(Id(number), $"Person {number} {word}")
        {
            Badges = [Hardware.Badges.Badge.Of("H10301", 9, (ulong)(5000 + number)).Number],
            Encoder = encoder,
            Encodings = [new FleetEncoding(SHA256.HashData(BitConverter.GetBytes(number)), 0.9f, FaceEncoding.Normalised(
                [.. Enumerable.Range(0, encoder.Dimension).Select(_ => random.NextSingle() - 0.5f)]).Vector.ToArray())],
        };
    }

    private static MemoryStream Parcel(IEnumerable<FleetItem> items)
    {
        MemoryStream parcel = new();
        foreach (FleetItem item in items)
            FleetParcel.Write(parcel, item);
        parcel.Position = 0;
        return parcel;
    }
}
