using System.Text.Json;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

/// <summary>Runs the seed's network on the seed's pictures with the input of its notebook: 96 x 96, no detection, no alignment.</summary>
public sealed class SeedNotebookTests(ITestOutputHelper output)
{
    // Another JPEG decoder and other kernels stay within this tolerance; another network does not.
    private const double Tolerance = 0.01;

    [Fact]
    public void TheSeedsNetworkReproducesThePrintedDistances()
    {
        string pictures = Shared.Need("faces/seed");
        using JsonDocument notebook = JsonDocument.Parse(File.ReadAllText(Shared.Need("vectors/seed-notebook.json")));
        JsonElement root = notebook.RootElement;
        using TempFolder folder = new();
        OpenFaceImport.Run(NeedWeights(), folder.Path);
        using FaceEncoder encoder = FaceEncoder.Open(Catalogue.Embedded.Find("openface"), new ModelStore([folder.Path]));
        Dictionary<string, FaceEncoding> people = root.GetProperty("people").EnumerateArray().Select(name => name.GetString()!)
            .ToDictionary(name => name, name => Encode(Directory.GetFiles(pictures, name + ".*").Single()));

        foreach (JsonElement verified in root.GetProperty("verify").EnumerateArray())
        {
            float distance = people[verified.GetProperty("identity").GetString()!].DistanceTo(Camera(verified));
            output.WriteLine(FormattableString.Invariant($"{verified}: {distance}"));
            Assert.Equal(verified.GetProperty("distance").GetDouble(), distance, Tolerance);
            Assert.Equal(verified.GetProperty("door_open").GetBoolean(), distance < root.GetProperty("threshold").GetDouble());
        }

        Assert.All(root.GetProperty("identify").EnumerateArray(), identified =>
            Assert.Equal(identified.GetProperty("identity").GetString(),
                people.MinBy(person => person.Value.DistanceTo(Camera(identified))).Key));

        FaceEncoding Camera(JsonElement line) => Encode(Path.Combine(pictures, line.GetProperty("image").GetString()!));

        FaceEncoding Encode(string file)
        {
            Frame frame = new();
            PictureFile.Read(file, frame);
            return encoder.Parts[0].Encode(frame.Pixels);
        }
    }

    private static string NeedWeights()
    {
        string? folder = Environment.GetEnvironmentVariable("DOORAGENT_OPENFACE_CSV");
        Assert.SkipWhen(folder is null,
            "needs OpenFace's weights as CSV files (the folder 'weights' of github.com/iwantooxxoox/Keras-OpenFace): "
            + "set DOORAGENT_OPENFACE_CSV to it");
        return folder!;
    }
}
