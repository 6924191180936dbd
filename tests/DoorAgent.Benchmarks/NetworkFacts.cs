using System.Globalization;
using System.Text.Json;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Benchmarks;

/// <summary>Measures what is said of the built-in networks in catalogue and model card, and prints it as JSON (the recipe in
/// src/DoorAgent/BuiltIn/training takes it).</summary>
internal static class NetworkFacts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Prints the face that a detector finds on the picture of its self-test.</summary>
    /// <param name="path">Path of the detector's file.</param>
    public static void ShowKnownFace(string path)
    {
        using FaceDetector detector = new(Catalogue.Embedded.Find(Catalogue.BuiltInDetector), new Network(path, File.ReadAllBytes(path)));
        Frame frame = new();
        SelfTestPicture.Read("adam", 1, frame);
        Face face = detector.Detect(frame).Single();
        FaceBox box = face.Box;
        KnownFace known = new([Rounded(box.X), Rounded(box.Y), Rounded(box.Width), Rounded(box.Height)],
            [.. Enumerable.Range(0, Landmarks.Count).Select(k => new[] { Rounded(face.Landmarks[k].X), Rounded(face.Landmarks[k].Y) })]);
        Console.WriteLine(JsonSerializer.Serialize(known, Json));
    }

    /// <summary>Prints the distances of the built-in people with each detector, as rows of the model card.</summary>
    /// <param name="models">Folder of yunet-n.</param>
    public static void ShowPeople(string models)
    {
        Dictionary<string, Dictionary<string, string>> rows = [];
        foreach (string detector in new[] { Catalogue.StrongPair[0], Catalogue.BuiltInDetector })
        {
            using FacePipeline pipeline = FacePipelineFactory.Open(new Places("", [Path.GetFullPath(models), Places.BuiltInModels]),
                new FaceOptions { Detector = detector }, Catalogue.BuiltInEncoder);
            foreach ((string row, string cell) in RowsOf(pipeline))
                (rows.TryGetValue(row, out Dictionary<string, string>? cells) ? cells : rows[row] = []).Add(detector, cell);
        }

        Console.WriteLine(JsonSerializer.Serialize(rows));
    }

    private static IEnumerable<(string Row, string Cell)> RowsOf(FacePipeline pipeline)
    {
        Picture[] all = [.. Directory.GetDirectories(Places.BuiltInPeople).Order(StringComparer.Ordinal).SelectMany(person =>
            PictureFile.In(person).Concat(Directory.GetDirectories(person).Order(StringComparer.Ordinal).SelectMany(PictureFile.In))
                .Select(path => Read(pipeline, Path.GetFileName(person), Path.GetRelativePath(person, path), path)))];
        Picture[] enrolled = [.. all.Where(one => one.IsEnrolment)], seen = [.. all.Where(one => !one.IsEnrolment)];
        (Picture One, Picture Other, float Distance) within = Pairs(all).Where(pair => pair.One.Person == pair.Other.Person)
            .MaxBy(pair => pair.Distance);
        (Picture One, Picture Other, float Distance) between = Pairs(all).Where(pair => pair.One.Person != pair.Other.Person)
            .MinBy(pair => pair.Distance);
        yield return ("largest distance within a person, any two pictures", $"{Text(within.Distance)} ({within.One.Person})");
        yield return ("smallest between two people, any two pictures",
            $"{Text(between.Distance)} ({between.One.Person}, {between.Other.Person})");
        float[] right = [.. seen.Where(one => enrolled.Any(other => other.Person == one.Person)).Select(one => ToClaim(one, one.Person)).Order()];
        yield return ($"door frame to the nearest of 3 enrolment pictures, right person, {right.Length} frames: median, 95 %, largest",
            $"{Text(right[right.Length / 2])}, {Text(right[(int)(right.Length * 0.95)])}, {Text(right[^1])}");
        string[] claims = [.. enrolled.Select(one => one.Person).Distinct()];
        (Picture Seen, string Claim, float Distance) wrong = seen.Where(one => claims.Contains(one.Person))
            .SelectMany(one => claims.Where(claim => claim != one.Person).Select(claim => (one, claim, ToClaim(one, claim))))
            .MinBy(one => one.Item3);
        yield return ("the same, claim of another enrolled person: smallest",
            $"{Text(wrong.Distance)} ({wrong.Seen.Person} {wrong.Seen.Name} as {wrong.Claim})");
        float[] alike = [.. seen.Where(one => one.Person == "stranger-1").Select(one => ToClaim(one, "adam"))];
        yield return ($"the same, stranger-1 as adam, {alike.Length} frames", $"{Text(alike.Min())} to {Text(alike.Max())}");

        float ToClaim(Picture one, string claim) =>
            enrolled.Where(other => other.Person == claim).Min(other => one.Encoding.DistanceTo(other.Encoding));
    }

    private static IEnumerable<(Picture One, Picture Other, float Distance)> Pairs(Picture[] all)
    {
        for (int i = 0; i < all.Length; i++)
        {
            for (int j = 0; j < i; j++)
                yield return (all[j], all[i], all[i].Encoding.DistanceTo(all[j].Encoding));
        }
    }

    private static Picture Read(FacePipeline pipeline, string person, string name, string path)
    {
        Frame frame = new();
        PictureFile.Read(path, frame);
        return new Picture(person, name, pipeline.ReadPicture(frame, PictureUse.Measure).Encoding
            ?? throw new InvalidOperationException($"{path} shows no face to {pipeline.DetectorId}."));
    }

    private static float Rounded(float pixels) => MathF.Round(pixels, 2);

    private static string Text(float distance) => distance.ToString("0.000", CultureInfo.InvariantCulture);

    private sealed record Picture(string Person, string Name, FaceEncoding Encoding)
    {
        public bool IsEnrolment => Name.StartsWith("enrol-", StringComparison.Ordinal);
    }
}
