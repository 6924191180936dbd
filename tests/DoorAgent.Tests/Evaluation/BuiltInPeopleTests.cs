using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Tests the statements of the README about the shipped people at the default settings.</summary>
public sealed class BuiltInPeopleTests(ITestOutputHelper output)
{
    private const float LeastClearance = 0.03f;

    [Slow]
    [Fact]
    public void AtTheDefaultRatesClaimsAndTheLookAlikeStayClearOfTheThreshold()
    {
        using FacePipeline pipeline = TestNetworks.BuiltIn();
        Frame frame = new();
        string[] names = [.. Directory.EnumerateDirectories(Places.BuiltInPeople)
            .Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        Dictionary<string, FaceEncoding[]> enrolled = names.Where(name => !name.StartsWith("stranger", StringComparison.Ordinal))
            .ToDictionary(name => name, name => Encode(name, "enrol-*.jpg"));
        Dictionary<string, FaceEncoding[]> seen = names.ToDictionary(name => name, name => Encode(name, "door-*/*.jpg"));

        float threshold = FacePipelineFactory.ThresholdsOf(pipeline, new MatchingOptions()).Verification(3);
        float right = enrolled.Keys.Max(name => seen[name].Max(probe => Nearest(name, probe)));
        float wrong = enrolled.Keys.Min(claim => enrolled.Keys.Where(name => name != claim)
            .Min(name => seen[name].Min(probe => Nearest(claim, probe))));
        float lookAlike = seen["stranger-1"].Min(probe => Nearest("adam", probe));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"threshold {threshold:0.000}; right claims at most {right:0.000}, wrong ones at least {wrong:0.000}, "
            + $"stranger-1 as adam at least {lookAlike:0.000}"));
        Assert.True(right < threshold - LeastClearance);
        Assert.True(lookAlike > threshold + LeastClearance);

        float Nearest(string claim, FaceEncoding probe) => enrolled[claim].Min(probe.DistanceTo);

        FaceEncoding[] Encode(string name, string pictures) => [.. Files(Path.Combine(Places.BuiltInPeople, name), pictures).Select(Read)];

        FaceEncoding Read(string file)
        {
            PictureFile.Read(file, frame);
            return file.Contains("/door-", StringComparison.Ordinal)
                ? pipeline.ReadFrame(frame).Encoding!
                : pipeline.ReadPicture(frame, PictureUse.Recognise).Encoding!;
        }
    }

    private static IEnumerable<string> Files(string folder, string pattern)
    {
        string[] parts = pattern.Split('/');
        IEnumerable<string> folders = parts.Length == 1 ? [folder] : Directory.EnumerateDirectories(folder, parts[0]);
        return folders.SelectMany(inner => Directory.EnumerateFiles(inner, parts[^1])).Order(StringComparer.Ordinal);
    }
}
