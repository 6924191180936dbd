using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Benchmarks;

/// <summary>What sealing costs a gallery of 10,000 made-up people with three encodings and a badge each: reading it as a starting door does,
/// one change, and a claim's comparison; sealed and open in turns.</summary>
internal static class GalleryBenchmark
{
    private const int People = 10_000, EncodingsEach = 3, Dimension = 128;

    private static readonly EncoderIdentity Encoder = new("made up", new string('a', 64), 1, Dimension);

    /// <summary>Measures, writes the rows, and returns the ratios in words.</summary>
    public static string Run()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dooragent-benchmark-");
        try
        {
            string open = Make(Path.Combine(folder.FullName, "open", "gallery.db")), closed = Path.Combine(folder.FullName, "sealed", "gallery.db");
            Directory.CreateDirectory(Path.GetDirectoryName(closed)!);
            File.Copy(open, closed);
            KeyRing none = new([], null), key = new([DoorKey.Generate()], null);
            GallerySealing.RunIfDue(closed, TimeProvider.System, key);
            string with = $"{People:#,0} people, {People * EncodingsEach:#,0} encodings";
            double read = Compare("gallery read", with, () => Read(closed, key), () => Read(open, none));
            double change = Compare("gallery change", with, () => Change(closed, key), () => Change(open, none));
            double claim = Compare("claim in that gallery", with, Claim(Read(closed, key)), Claim(Read(open, none)));
            return FormattableString.Invariant(
                $"A sealed gallery in place of an open one, in turns: read {read:0.00}, one change {change:0.00}, a claim {claim:0.00} times as long.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Compare(string step, string with, Action closed, Action open)
    {
        (Timing own, Timing? other) = Timing.Compare([0], _ => closed(), _ => open());
        ResultTable.Add(step, $"{with}, open", other!);
        ResultTable.Add(step, $"{with}, sealed", own);
        double[] times = ProcessorTime.InTurns(Enumerable.Range(0, own.Median < 1000 ? 10_000 : 1).ToArray(), [_ => closed(), _ => open()]);
        Console.Error.WriteLine($"{step}: processor time {times[0]:#,0.00} us sealed, {times[1]:#,0.00} us open");
        return times[0] / times[1];
    }

    private static Gallery Read(string path, KeyRing keys)
    {
        using GalleryFile file = GalleryFile.OpenToRead(path, keys);
        return file.Read(Encoder);
    }

    private static void Change(string path, KeyRing keys)
    {
        using GalleryFile file = new(path, TimeProvider.System, keys);
        file.SetEnabled("Person 00007", true);
    }

    private static Action Claim(Gallery gallery)
    {
        MatchingOptions options = new() { Distance = 1 };
        FaceMatcher matcher = new(gallery, new Thresholds(options, null), options, identifies: false);
        Person person = gallery.People[People / 2];
        FaceEncoding probe = Some(new Random(2));
        return () => matcher.Verify(person, probe);
    }

    private static string Make(string path)
    {
        Random random = new(1);
        using GalleryFile file = new(path, TimeProvider.System, new KeyRing([], null));
        file.Change((connection, now) =>
        {
            long encoder = GalleryRules.Begin(connection, new GalleryMethod(Encoder, ComparisonRule.Nearest));
            for (int i = 0; i < People; i++)
            {
                string name = FormattableString.Invariant($"Person {i:00000}");
                long person = GalleryIds.OfPerson(connection, TimeProvider.System.GetUtcNow());
                Sqlite.Run(connection, "INSERT INTO person (id, name, name_key, added) VALUES ($id, $name, $key, $now)",
                    ("$id", person), ("$name", name), ("$key", PersonName.KeyOf(name)), ("$now", now));
                GalleryBadges.Insert(connection, Badge.Of("H10301", 12, (ulong)i), person, now);
                for (int k = 0; k < EncodingsEach; k++)
                {
                    byte[] picture = new byte[32];
                    random.NextBytes(picture);
                    GalleryEncoders.Insert(connection, person, encoder, new EnrolledPicture(picture, 1, Some(random)), now);
                }
            }
        });
        return path;
    }

    private static FaceEncoding Some(Random random)
    {
        Span<float> raw = stackalloc float[Dimension];
        foreach (ref float value in raw)
            value = random.NextSingle() - 0.5f;
        return FaceEncoding.Normalised(raw);
    }
}
