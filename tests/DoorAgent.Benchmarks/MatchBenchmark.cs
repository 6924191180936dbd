using System.Collections.Immutable;
using System.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Matching;

namespace DoorAgent.Benchmarks;

/// <summary>Times verification and identification on made-up galleries.</summary>
internal static class MatchBenchmark
{
    private const int Dimension = 128;
    private const int EncodingsEach = 3;

    public static void Print()
    {
        Console.WriteLine("| encodings | verification us | identification us | identification, bytes read a second |");
        Console.WriteLine("|---|---|---|---|");
        foreach (int encodings in new[] { 100, 10_000, 1_000_000 })
        {
            Gallery gallery = Make(encodings);
            MatchingOptions options = new() { Distance = 1 };
            FaceMatcher matcher = new(gallery, new Thresholds(options, null), options, identifies: true);
            FaceEncoding probe = FaceEncoding.Normalised(gallery.Vectors[..Dimension]);
            Person person = gallery.People[gallery.People.Length / 2];
            double verify = Time(() => matcher.Verify(person, probe)), identify = Time(() => matcher.Identify(probe));
            Console.WriteLine($"| {encodings:#,0} | {verify:0.00} | {identify:#,0.0} | {encodings * Dimension * sizeof(float) / identify / 1000:0.0} GB |");
        }
    }

    private static Gallery Make(int encodings)
    {
        Random random = new(1);
        float[] vectors = new float[encodings * Dimension];
        for (int row = 0; row < encodings; row++)
        {
            float[] raw = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
            FaceEncoding.Normalised(raw).Vector.CopyTo(vectors.AsSpan(row * Dimension));
        }

        ImmutableArray<Person> people = [.. Enumerable.Range(0, encodings / EncodingsEach)
            .Select(i => new Person(i, $"person {i}", true, false, "always", EncodingsEach * i, EncodingsEach))];
        return new Gallery(1, "made up", Dimension, people, new Dictionary<string, BadgeOwner>(), vectors);
    }

    /// <summary>Microseconds of one call: the median of several bursts.</summary>
    private static double Time(Action run)
    {
        List<double> times = [];
        for (int burst = 0; burst < 15; burst++)
        {
            long start = Stopwatch.GetTimestamp();
            int calls = 0;
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(20) || calls == 0)
            {
                run();
                calls++;
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
