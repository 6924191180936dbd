using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Faces;

namespace DoorAgent.Encodings;

/// <summary>
/// Tests whether a face is like the faces of the calibration. A detector places its landmarks upright on any face, so an upside-down,
/// negative or squeezed face reaches the encoder like any other, and such faces of different people are alike: at the default rate a
/// quarter of all pairs match. Each test is linear in the encoding and the detector's score, and separates upright faces from faces
/// changed in one way (Fisher's discriminant, on 321 people of LFW's View 1). Pure.
/// </summary>
internal sealed class Typicality
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<UnusableReason>() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly TypicalityTest[] _tests;

    private Typicality(TypicalityTable table) => _tests = table.Tests;

    /// <summary>The tables that are embedded in the program.</summary>
    public static IReadOnlyList<TypicalityTable> Tables { get; } = Load();

    /// <summary>Returns the tests of a pair of networks; null if the pair has no tests.</summary>
    public static Typicality? Of(string encoder, string detector) =>
        Tables.FirstOrDefault(table => table.Encoder == encoder && table.Detector == detector) is { } found ? new Typicality(found) : null;

    /// <summary>Returns the reason of the test that the face fails by the largest margin; None if the face passes all tests.</summary>
    /// <param name="encoding">The face's encoding by the pair's encoder.</param>
    /// <param name="score">The detector's score, 0 to 1.</param>
    public UnusableReason Judge(FaceEncoding encoding, float score)
    {
        (float margin, UnusableReason reason) = _tests.Min(test => (test.Margin(encoding, score), test.Reason));
        // The comparison is written so that NaN is unusable too.
        return margin >= 0 ? UnusableReason.None : reason;
    }

    private static TypicalityTable[] Load()
    {
        using Stream stream = typeof(Typicality).Assembly.GetManifestResourceStream("typicality.json")!;
        return JsonSerializer.Deserialize<Document>(stream, Json)!.Tables;
    }

    private sealed record Document(TypicalityTable[] Tables);
}
