using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Enrolment;

/// <summary>Opens the networks that a gallery needs.</summary>
internal static class FacePipelines
{
    /// <summary>The gallery's own encoder; for an empty gallery the one wanted, else the configured one (Encodings:Encoder).</summary>
    /// <exception cref="UserErrorException">The gallery has another encoder than the one wanted, or a network is missing, fails its proof, or is another file than the gallery's.</exception>
    public static FacePipeline Open(Places places, FaceOptions faces, EncodingOptions encodings, GalleryFile gallery, string? wanted = null)
    {
        if (wanted is not null)
            _ = Catalogue.Embedded.Find(wanted, ModelTask.Encoder);
        string? made = gallery.Encoder?.Name;
        if (wanted is not null && made is not null && made != wanted)
        {
            throw new UserErrorException($"The gallery {places.GalleryFile} was made with {made}, and encodings of two encoders cannot be compared. "
                + $"Try {wanted} on a gallery of its own: 'dooragent people add NAME --images DIR --encoder {wanted} --data ANOTHER-DIR', then ask with the same --data.");
        }

        return FacePipelineFactory.Open(places, faces, made ?? wanted ?? encodings.Encoder);
    }

    /// <summary>The networks with an encoder, proven, and their thresholds.</summary>
    /// <param name="places">Where networks lie.</param>
    /// <param name="faces">Which detector, and what a usable face is.</param>
    /// <param name="matching">How strict.</param>
    /// <param name="encoder">Catalogue id of the encoder.</param>
    /// <exception cref="UserErrorException">A network is missing, fails its proof, or has no calibration.</exception>
    public static NetworksInUse Open(Places places, FaceOptions faces, MatchingOptions matching, string encoder)
    {
        FacePipeline reader = FacePipelineFactory.Open(places, faces, encoder);
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
    public static NetworksInUse WithThresholds(FacePipeline reader, MatchingOptions options) => new(reader, ThresholdsOf(reader, options));

    /// <summary>The thresholds for commands, which open no door: without a calibration the raw distance of the encoder's makers counts.</summary>
    /// <param name="reader">The networks.</param>
    /// <param name="options">How strict.</param>
    /// <exception cref="UserErrorException">They have neither.</exception>
    public static Thresholds ThresholdsToLook(FacePipeline reader, MatchingOptions options) =>
        ThresholdsOf(reader, options.WithDistance(options.Distance ?? reader.RawDistance));

    /// <summary>The thresholds of these networks.</summary>
    /// <exception cref="UserErrorException">They have no calibration together, and no raw distance is set; the message names the pair that has one.</exception>
    public static Thresholds ThresholdsOf(FacePipeline reader, MatchingOptions options)
    {
        if (reader.Calibration is { Count: > 0 } rows)
            return new Thresholds(options, new CalibrationTable(rows.Select(row => (row.Fmr, row.Distance))));
        if (options.Distance is not null)
            return new Thresholds(options, null);
        IEnumerable<string> detectors = Catalogue.Embedded.Find(reader.EncoderId, ModelTask.Encoder).Calibration.Keys;
        string help = detectors.Any()
            ? $"It has one with {string.Join(" and ", detectors)}: set Faces:Detector."
            : reader.RawDistance is { } raw ? string.Create(CultureInfo.InvariantCulture, $"Its makers' raw distance, {raw}, is for looking only: a door that is not real may take it as {MatchingOptions.Section}:{nameof(MatchingOptions.Distance)}.")
            : "It has none at all: take another encoder ('dooragent models list' shows those that have).";
        throw new UserErrorException($"The encoder {reader.EncoderId} has no calibration with the detector {reader.DetectorId}, so no error rate can be promised. {help}");
    }
}
