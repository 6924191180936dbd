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
    /// <summary>Opens the gallery's own encoder; for an empty gallery the wanted one, else the configured one
    /// (Encodings:Encoder).</summary>
    /// <exception cref="UserErrorException">The gallery has another encoder than the wanted one, or a network is missing, fails its proof,
    /// or differs from the gallery's.</exception>
    public static FacePipeline Open(Places places, FaceOptions faces, EncodingOptions encodings, GalleryFile gallery, string? wanted = null)
    {
        if (wanted is not null)
            _ = Catalogue.Embedded.Find(wanted, ModelTask.Encoder);
        string? made = gallery.Encoder?.Name;
        if (wanted is not null && made is not null && made != wanted)
        {
            throw new UserErrorException($"The gallery {places.GalleryFile} was made with {made}, and encodings of two encoders cannot "
                + "be compared. "
                + $"Try {wanted} in a separate gallery: 'dooragent people add NAME --images DIR --encoder {wanted} --data ANOTHER-DIR', "
                + "then repeat the question with the same --data.");
        }

        return FacePipelineFactory.Open(places, faces, made ?? wanted ?? encodings.Encoder);
    }

    /// <summary>Opens and proves the networks with an encoder, and determines their thresholds.</summary>
    /// <param name="places">Directories that hold networks.</param>
    /// <param name="faces">The detector, and the measures of a usable face.</param>
    /// <param name="matching">How strict comparisons are.</param>
    /// <param name="encoder">Catalogue id of the encoder.</param>
    /// <exception cref="UserErrorException">A network is missing, fails its proof, or has no calibration.</exception>
    public static NetworksInUse Open(Places places, FaceOptions faces, MatchingOptions matching, string encoder)
    {
        FacePipeline pipeline = FacePipelineFactory.Open(places, faces, encoder);
        try
        {
            return WithThresholds(pipeline, matching);
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    /// <summary>Combines networks with their thresholds.</summary>
    /// <exception cref="UserErrorException">Encoder and detector have no common calibration, and no raw distance is set.</exception>
    public static NetworksInUse WithThresholds(FacePipeline pipeline, MatchingOptions options) =>
        new(pipeline, ThresholdsOf(pipeline, options));

    /// <summary>Returns the thresholds for commands, which open no door: without a calibration, the raw distance of the encoder's makers
    /// applies.</summary>
    /// <param name="pipeline">The networks.</param>
    /// <param name="options">How strict comparisons are.</param>
    /// <exception cref="UserErrorException">The networks have neither a calibration nor a raw distance.</exception>
    public static Thresholds ThresholdsToLook(FacePipeline pipeline, MatchingOptions options) =>
        ThresholdsOf(pipeline, options.WithDistance(options.Distance ?? pipeline.RawDistance));

    /// <summary>Returns the thresholds of networks.</summary>
    /// <exception cref="UserErrorException">Encoder and detector have no common calibration, and no raw distance is set; the message names
    /// a calibrated pair.</exception>
    public static Thresholds ThresholdsOf(FacePipeline pipeline, MatchingOptions options)
    {
        if (pipeline.Calibration is { Count: > 0 } rows)
            return new Thresholds(options, new CalibrationTable(rows.Select(row => (row.Fmr, row.Distance))));
        if (options.Distance is not null)
            return new Thresholds(options, null);
        IEnumerable<string> detectors = Catalogue.Embedded.Find(pipeline.EncoderId, ModelTask.Encoder).Calibration.Keys;
        string help = detectors.Any()
            ? $"It has one with {string.Join(" and ", detectors)}: set Faces:Detector."
            : pipeline.RawDistance is { } raw ? string.Create(CultureInfo.InvariantCulture, $"Its makers' raw distance, {raw}, is only "
                + $"for trials: a simulated door may use it as {MatchingOptions.Section}:{nameof(MatchingOptions.Distance)}.")
            : "The encoder has no calibration at all: use another encoder ('dooragent models list' shows the calibrated ones).";
        throw new UserErrorException($"The encoder {pipeline.EncoderId} has no calibration with the detector {pipeline.DetectorId}, "
            + $"so no error rate can be promised. {help}");
    }
}
