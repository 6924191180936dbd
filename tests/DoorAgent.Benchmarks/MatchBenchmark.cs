using System.Collections.Immutable;
using DoorAgent.Encodings;
using DoorAgent.Matching;

namespace DoorAgent.Benchmarks;

/// <summary>Times verification and identification on made-up galleries, three encodings a person.</summary>
internal static class MatchBenchmark
{
    private const int Dimension = 128;
    private const int EncodingsEach = 3;

    public static void Run(int encodings)
    {
        Gallery gallery = Make(encodings);
        MatchingOptions options = new() { Distance = 1 };
        FaceMatcher matcher = new(gallery, new Thresholds(options, null), options, identifies: true);
        Random random = new(2);
        FaceEncoding[] probes = [.. Enumerable.Range(0, 10).Select(_ => Some(random))];
        Person person = gallery.People[gallery.People.Length / 2];
        ResultTable.Add("match 1:1", $"{encodings:#,0} encodings", probes, probe => matcher.Verify(person, probe));
        ResultTable.Add("match 1:K", $"{encodings:#,0} encodings, {encodings * Dimension * sizeof(float) / 1e6:#,0.##} MB",
            probes, probe => matcher.Identify(probe));
    }

    private static Gallery Make(int encodings)
    {
        Random random = new(1);
        float[] vectors = new float[encodings * Dimension];
        for (int row = 0; row < encodings; row++)
            Some(random).Vector.CopyTo(vectors.AsSpan(row * Dimension));
        ImmutableArray<Person> people = [.. Enumerable.Range(0, encodings / EncodingsEach)
            .Select(i => new Person(i, $"person {i}", true, false, "always", EncodingsEach * i, EncodingsEach))];
        return new Gallery(1, "made up", Dimension, people, new Dictionary<string, BadgeOwner>(), vectors);
    }

    private static FaceEncoding Some(Random random)
    {
        Span<float> raw = stackalloc float[Dimension];
        foreach (ref float value in raw)
            value = random.NextSingle() - 0.5f;
        return FaceEncoding.Normalised(raw);
    }
}
