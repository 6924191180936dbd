using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Fleet;

namespace DoorAgent.Benchmarks;

/// <summary>Times what one person of a fleet costs at the office and at each door.</summary>
internal static class SealBenchmark
{
    private const int People = 50, Encodings = 3, Dimension = 128;
    private const string Group = "lab";

    public static void Run()
    {
        using OfficeKey office = OfficeKey.Create();
        GroupKey key = GroupKey.Create(1);
        GroupKeys keys = new(key);
        FleetPerson[] people = [.. Enumerable.Range(0, People).Select(Person)];
        byte[][] records = [.. people.Select(person => PersonSeal.Close(person, Group, 1, key, office))];
        string with = FormattableString.Invariant($"{Encodings} encodings of {Dimension}, {records[0].Length:#,0} bytes");
        ResultTable.Add("seal and sign a person", with, people, person => PersonSeal.Close(person, Group, 1, key, office));
        ResultTable.Add("verify and open a person", with, [.. people.Zip(records)],
            both => PersonSeal.Open(Group, both.First.Id, both.Second, office.Public, keys));
    }

    private static FleetPerson Person(int index) => new(FleetIds.NewPerson(), FormattableString.Invariant($"person {index}"))
    {
        Badges = [FormattableString.Invariant($"H10301:1:{index}")],
        Encoder = new FleetEncoder("made", new string('a', 64), 1, Dimension, "nearest"),
        Encodings = [.. Enumerable.Range(0, Encodings).Select(_ => new FleetEncoding(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes), 1,
            FaceEncoding.Normalised([.. Enumerable.Range(0, Dimension).Select(_ => Random.Shared.NextSingle() - 0.5f)]).Vector.ToArray()))],
    };
}
