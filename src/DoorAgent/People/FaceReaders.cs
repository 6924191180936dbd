using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Matching;
using DoorAgent.Models;
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

    /// <summary>The networks with an encoder, proven, and their thresholds.</summary>
    /// <param name="places">Where networks lie.</param>
    /// <param name="faces">Which detector, and what a usable face is.</param>
    /// <param name="matching">How strict.</param>
    /// <param name="encoder">Catalogue id of the encoder.</param>
    /// <exception cref="UserErrorException">A network is missing, fails its proof, or has no calibration.</exception>
    public static NetworksInUse Open(Places places, FaceOptions faces, MatchingOptions matching, string encoder)
    {
        FaceReader reader = FaceReader.Open(places, faces, encoder);
        try
        {
            return WithThresholds(reader, matching);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Networks with their thresholds.</summary>
    /// <exception cref="UserErrorException">They have no calibration together, and no raw distance is set.</exception>
    public static NetworksInUse WithThresholds(FaceReader reader, MatchingOptions options) => new(reader, ThresholdsOf(reader, options));

    /// <summary>The thresholds of these networks.</summary>
    /// <exception cref="UserErrorException">They have no calibration together, and no raw distance is set; the message names the pair that has one.</exception>
    public static Thresholds ThresholdsOf(FaceReader reader, MatchingOptions options)
    {
        if (reader.Calibration is { Count: > 0 } rows)
            return new Thresholds(options, new CalibrationTable(rows.Select(row => (row.Fmr, row.Distance))));
        if (options.Distance is not null)
            return new Thresholds(options, null);
        IEnumerable<string> detectors = Catalogue.Embedded.Find(reader.EncoderId, ModelTask.Encoder).Calibration.Keys;
        string help = detectors.Any()
            ? $"It has one with {string.Join(" and ", detectors)}: set Faces:Detector."
            : "It has none at all: take another encoder ('dooragent models list' shows those that have).";
        throw new UserErrorException($"The encoder {reader.EncoderId} has no calibration with the detector {reader.DetectorId}, so no error rate can be promised. {help}");
    }
}
