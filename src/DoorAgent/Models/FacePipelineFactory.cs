using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>Opens networks, runs their self-tests, and builds face pipelines and thresholds from them.</summary>
internal static class FacePipelineFactory
{
    /// <summary>Opens a face pipeline after its networks passed their self-tests.</summary>
    /// <param name="places">Where the networks are.</param>
    /// <param name="options">The detector and the limits of quality.</param>
    /// <param name="encoderId">Catalogue id of the encoder.</param>
    /// <param name="isForTable">Whether a table is measured: then the detector is the set one, and not that of the tables there are.</param>
    /// <exception cref="UserErrorException">A network is missing, is another file, or fails its self-test: the door stays
    /// locked.</exception>
    public static FacePipeline Open(Places places, FaceOptions options, string encoderId, bool isForTable = false)
    {
        ModelStore store = new(places.ModelDirectories);
        CatalogueEntry encoder = store.Catalogue.Find(encoderId, ModelTask.Encoder);
        CatalogueEntry detector = isForTable ? store.Catalogue.Find(options.Detector, ModelTask.Detector)
            : store.Catalogue.DetectorFor(encoder, options.Detector);
        FaceDetector? openDetector = null;
        FaceEncoder? openEncoder = null;
        try
        {
            openDetector = new FaceDetector(detector, new Network(detector.Id, store.Open(detector).Content));
            DetectorSelfTest.Run(openDetector);
            openEncoder = FaceEncoder.Open(encoder, store);
            EncoderSelfTest.Run(openEncoder, openDetector);
            IEnumerable<CatalogueEntry> files =
                openEncoder.Parts.Select(part => part.Entry).Prepend(detector).Where(entry => entry.HasFile);
            return new FacePipeline(openDetector, openEncoder, options)
            {
                Files = [.. files.Select(entry => new LoadedFile(store.Locate(entry)!, entry.Sha256))],
            };
        }
        catch
        {
            openDetector?.Dispose();
            // A running door tries a network that fails its self-test again and again.
            openEncoder?.Dispose();
            throw;
        }
    }

    /// <summary>Opens a face pipeline with its thresholds.</summary>
    /// <param name="places">Paths of the network directories.</param>
    /// <param name="faces">Detector and quality limits.</param>
    /// <param name="matching">Error rates.</param>
    /// <param name="encoder">Catalogue id of the encoder.</param>
    /// <param name="rule">Chooses the rule of comparison when the networks are open.</param>
    /// <exception cref="UserErrorException">A network is missing, fails its self-test, or the pair is not calibrated for the
    /// rule.</exception>
    public static LoadedNetworks OpenWithThresholds(Places places, FaceOptions faces, MatchingOptions matching, string encoder,
        Func<FacePipeline, ComparisonRule> rule)
    {
        FacePipeline pipeline = Open(places, faces, encoder);
        try
        {
            return WithThresholds(pipeline, matching, rule(pipeline));
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    /// <summary>Adds the thresholds to an open pipeline.</summary>
    /// <exception cref="UserErrorException">The pair is not calibrated, and no raw distance is set.</exception>
    public static LoadedNetworks WithThresholds(FacePipeline pipeline, MatchingOptions options, ComparisonRule? rule = null) =>
        new(pipeline, ThresholdsOf(pipeline, options, rule));

    /// <summary>Computes the thresholds for commands, which open no door: an uncalibrated pair uses the distance of the encoder's
    /// authors.</summary>
    /// <exception cref="UserErrorException">The pair has neither a calibration nor such a distance.</exception>
    public static Thresholds ThresholdsForCommands(FacePipeline pipeline, MatchingOptions options, ComparisonRule? rule = null) =>
        ThresholdsOf(pipeline, options.WithDistance(options.Distance ?? pipeline.RawDistance), rule);

    /// <summary>Computes the thresholds of a pair of networks.</summary>
    /// <param name="pipeline">The networks.</param>
    /// <param name="options">Error rates.</param>
    /// <param name="rule">The rule by which the gallery is compared; null for <see cref="ComparisonRule.Nearest"/>.</param>
    /// <exception cref="UserErrorException">The pair is not calibrated for the rule, and no raw distance is set; the message names a
    /// calibrated pair, or the command that changes the rule. Or the site's distance was measured with other networks or another
    /// rule.</exception>
    public static Thresholds ThresholdsOf(FacePipeline pipeline, MatchingOptions options, ComparisonRule? rule = null)
    {
        rule ??= ComparisonRule.Nearest;
        if (TableOf(pipeline, rule) is { } table)
        {
            options.EnsureSiteFits(pipeline.EncoderId, pipeline.DetectorId, rule.Name);
            return new Thresholds(options, table, rule) { Pair = TableOf(pipeline, rule with { Template = TemplateKind.Nearest }) };
        }

        if (options.Distance is not null)
            return new Thresholds(options, null, rule);
        IReadOnlyList<CalibrationEntry> tables = pipeline.Calibrations;
        throw new UserErrorException(tables.Any(one => one.Detector == pipeline.DetectorId)
            ? NotForRule(pipeline, rule, [.. tables.Where(one => one.Detector == pipeline.DetectorId).Select(one => one.Rule)])
            : NotForPair(pipeline, [.. tables.Select(one => one.Detector).Distinct()]));
    }

    private static CalibrationTable? TableOf(FacePipeline pipeline, ComparisonRule rule) =>
        pipeline.CalibrationOf(rule) is { Rows.Length: > 0 } table
            ? CalibrationTable.Of(table) : null;

    private static string NotForRule(FacePipeline pipeline, ComparisonRule rule, string[] known)
    {
        string next = rule.IsCentred && known.Contains((rule with { IsCentred = false }).Name)
            ? "'dooragent calibrate --centre none' takes a gallery that names this rule back"
            : $"'dooragent people rule {known[0]}' changes a gallery that names this rule";
        return $"The encoder {pipeline.EncoderId} has no calibration with the detector {pipeline.DetectorId} for the rule of comparison "
            + $"{rule.Name} ({rule.Words}), so no error rate can be promised. It has one for {string.Join(", ", known)}: {next}.";
    }

    private static string NotForPair(FacePipeline pipeline, string[] detectors)
    {
        string help = detectors.Length > 0
            ? $"It has one with {string.Join(" and ", detectors)}: set Faces:Detector."
            : pipeline.RawDistance is { } raw ? string.Create(CultureInfo.InvariantCulture, $"Its makers' raw distance, {raw}, is for "
                + $"looking only: a door that is not real may take it as {MatchingOptions.Section}:{nameof(MatchingOptions.Distance)}.")
            : "It has none at all: take another encoder ('dooragent models list' shows those that have).";
        return $"The encoder {pipeline.EncoderId} has no calibration with the detector "
            + $"{pipeline.DetectorId}, so no error rate can be promised. {help}";
    }
}
