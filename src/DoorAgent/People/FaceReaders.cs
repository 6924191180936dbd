using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Matching;
using DoorAgent.Settings;

namespace DoorAgent.People;

/// <summary>Opens the networks that a gallery needs.</summary>
internal static class FaceReaders
{
    /// <summary>The gallery's own encoder; for an empty gallery the configured one (Encodings:Encoder).</summary>
    /// <exception cref="UserErrorException">A network is missing, fails its proof, or is another file than the gallery's.</exception>
    public static FaceReader Open(Places places, IConfiguration settings, GalleryFile gallery)
    {
        FaceOptions faces = OptionsRegistration.Bind<FaceOptions>(settings);
        EncodingOptions encodings = OptionsRegistration.Bind<EncodingOptions>(settings);
        return FaceReader.Open(places, faces, gallery.Encoder?.Name ?? encodings.Encoder);
    }

    /// <summary>The thresholds of these networks.</summary>
    /// <exception cref="UserErrorException">They have no calibration together, and no raw distance is set.</exception>
    public static Thresholds ThresholdsOf(FaceReader reader, MatchingOptions options) => new(
        options, reader.Calibration is { Count: > 0 } rows ? new CalibrationTable(rows.Select(row => (row.Fmr, row.Distance))) : null);
}
