using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Faces;

namespace DoorAgent.Encodings;

/// <summary>
/// Whether a face is like those that the calibration was made of. A detector puts its landmarks upright on any face, so a face that
/// stands on its head, a negative or a squeezed one comes to the encoder like any other, and there different people are alike: at
/// the default rate a quarter of all pairs match. Each test is linear in the encoding and the detector's score, made to tell upright
/// faces from faces changed in one way (Fisher's discriminant, on 321 people of LFW's View 1). Pure.
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

    /// <summary>The tests of a pair of networks; null where nobody has made any.</summary>
    public static Typicality? Of(string encoder, string detector) =>
        Tables.FirstOrDefault(table => table.Encoder == encoder && table.Detector == detector) is { } found ? new Typicality(found) : null;

    /// <summary>Why a face is not like those of the calibration: the test that it fails by most. None when it passes all.</summary>
    /// <param name="encoding">The face's encoding, of the pair's encoder.</param>
    /// <param name="score">The detector's score, 0 to 1.</param>
    public UnusableReason Judge(FaceEncoding encoding, float score)
    {
        (float margin, UnusableReason reason) = _tests.Min(test => (test.Margin(encoding, score), test.Reason));
        // Asked so that what is not a number is not usable either.
        return margin >= 0 ? UnusableReason.None : reason;
    }

    private static TypicalityTable[] Load()
    {
        using Stream stream = typeof(Typicality).Assembly.GetManifestResourceStream("typicality.json")!;
        return JsonSerializer.Deserialize<Document>(stream, Json)!.Tables;
    }

    private sealed record Document(TypicalityTable[] Tables);
}
