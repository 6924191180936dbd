using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>Makes the one path from a picture to an encoding, of networks that have proven themselves.</summary>
internal static class FacePipelineFactory
{
    /// <summary>Opens the networks and lets them prove themselves.</summary>
    /// <exception cref="UserErrorException">A network is not there, is another file, or fails its proof: nothing may be opened with it.</exception>
    public static FacePipeline Open(Places places, FaceOptions options, string encoderId)
    {
        ModelStore store = new(places.ModelDirectories);
        CatalogueEntry detector = Catalogue.Embedded.Find(options.Detector, ModelTask.Detector);
        CatalogueEntry encoder = Catalogue.Embedded.Find(encoderId, ModelTask.Encoder);
        FaceDetector? finder = null;
        try
        {
            finder = new FaceDetector(detector, new Network(detector.Id, store.Open(detector).Content));
            DetectorSelfTest.Prove(finder);
            FaceEncoder maker = FaceEncoder.Open(encoder, store);
            EncoderSelfTest.Prove(maker, finder);
            return new FacePipeline(finder, maker, options)
            {
                Files = [.. new[] { detector, maker.Entry }.Where(entry => entry.HasFile).Select(entry => new LoadedFile(store.Locate(entry)!, entry.Sha256))],
            };
        }
        catch
        {
            finder?.Dispose();
            throw;
        }
    }

    /// <summary>The networks with an encoder, proven, and their thresholds.</summary>
    /// <param name="places">Where networks lie.</param>
    /// <param name="faces">Which detector, and what a usable face is.</param>
    /// <param name="matching">How strict.</param>
    /// <param name="encoder">Catalogue id of the encoder.</param>
    /// <exception cref="UserErrorException">A network is missing, fails its proof, or has no calibration.</exception>
    public static LoadedNetworks OpenWithThresholds(Places places, FaceOptions faces, MatchingOptions matching, string encoder)
    {
        FacePipeline pipeline = Open(places, faces, encoder);
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

    /// <summary>Networks with their thresholds.</summary>
    /// <exception cref="UserErrorException">They have no calibration together, and no raw distance is set.</exception>
    public static LoadedNetworks WithThresholds(FacePipeline pipeline, MatchingOptions options) => new(pipeline, ThresholdsOf(pipeline, options));

    /// <summary>The thresholds for commands, which open no door: without a calibration the raw distance of the encoder's makers counts.</summary>
    /// <param name="pipeline">The networks.</param>
    /// <param name="options">How strict; takes the raw distance.</param>
    /// <exception cref="UserErrorException">They have neither.</exception>
    public static Thresholds ThresholdsForCommands(FacePipeline pipeline, MatchingOptions options)
    {
        options.Distance ??= pipeline.RawDistance;
        return ThresholdsOf(pipeline, options);
    }

    /// <summary>The thresholds of these networks.</summary>
    /// <exception cref="UserErrorException">They have no calibration together, and no raw distance is set; the message names the pair that has one.</exception>
    public static Thresholds ThresholdsOf(FacePipeline pipeline, MatchingOptions options)
    {
        if (pipeline.Calibration is { Count: > 0 } rows)
            return new Thresholds(options, new CalibrationTable(rows.Select(row => (row.Fmr, row.Distance))));
        if (options.Distance is not null)
            return new Thresholds(options, null);
        IEnumerable<string> detectors = Catalogue.Embedded.Find(pipeline.EncoderId, ModelTask.Encoder).Calibration.Keys;
        string help = detectors.Any()
            ? $"It has one with {string.Join(" and ", detectors)}: set Faces:Detector."
            : pipeline.RawDistance is { } raw ? string.Create(CultureInfo.InvariantCulture, $"Its makers' raw distance, {raw}, is for looking only: a door that is not real may take it as {MatchingOptions.Section}:{nameof(MatchingOptions.Distance)}.")
            : "It has none at all: take another encoder ('dooragent models list' shows those that have).";
        throw new UserErrorException($"The encoder {pipeline.EncoderId} has no calibration with the detector {pipeline.DetectorId}, so no error rate can be promised. {help}");
    }
}
