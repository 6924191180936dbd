using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Faces;
using DoorAgent.Networks;

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
    private readonly Range _numbers;

    private Typicality(TypicalityTable table, Range numbers) => (_tests, _numbers) = (table.Tests, numbers);

    /// <summary>The tables that are embedded in the program.</summary>
    public static IReadOnlyList<TypicalityTable> Tables { get; } = Load();

    /// <summary>Returns the tests of an encoder with a detector; null if they have no tests. A composite encoder has the tests of its
    /// first part that has some: its encoding contains the part's.</summary>
    public static Typicality? Of(CatalogueEntry encoder, string detector)
    {
        int start = 0;
        foreach (CatalogueEntry part in Catalogue.Embedded.NetworksOf(encoder))
        {
            int end = start + part.Output!.Dimension;
            if (Tables.FirstOrDefault(table => table.Encoder == part.Id && table.Detector == detector) is { } found)
                return new Typicality(found, start..end);
            start = end;
        }

        return null;
    }

    /// <summary>Returns the reason of the test that the face fails by the largest margin; None if the face passes all tests.</summary>
    /// <param name="encoding">The face's encoding by the encoder.</param>
    /// <param name="score">The detector's score, 0 to 1.</param>
    public UnusableReason Judge(FaceEncoding encoding, float score)
    {
        FaceEncoding part = encoding.Part(_numbers);
        (float margin, UnusableReason reason) = _tests.Min(test => (test.Margin(part, score), test.Reason));
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
