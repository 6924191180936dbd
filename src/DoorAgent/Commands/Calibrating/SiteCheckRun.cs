using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Commands.Setup;
using DoorAgent.Evaluation;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Checks the encoder's table against the gallery, and writes a stricter distance into the configuration where the gallery
/// contradicts the table.</summary>
internal static class SiteCheckRun
{
    public static int Run(ParseResult result, SiteCheckOptions options, CancellationToken stopping)
    {
        bool isJson = result.GetValue(options.Json);
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result, isJson);
        using GalleryFile file = GalleryFile.OpenToRead(places.GalleryFile);
        EncoderIdentity encoder = file.Encoder ?? throw new UserErrorException("Nobody is enrolled yet, so there is nothing to compare: "
            + "'dooragent people add NAME --images DIR --badge next' enrols a person.");
        ComparisonRule rule = file.Rule ?? ComparisonRule.Nearest;
        (SiteConditions conditions, Thresholds thresholds) = Judged(settings, places, encoder, rule, result.GetValue(options.Fmr));
        // Single encodings, centred where the rule is: templates of fewer are formed from them.
        Gallery gallery = file.Read(encoder, rule with { Template = TemplateKind.Nearest });
        EncodedSet set = SetOf(gallery);
        SiteReport report = isJson ? Measure(null)
            : WorkProgress.Show("comparing", set.People.Count, "people with everybody else", Measure);
        if (isJson)
            SiteReportJson.Write(report);
        else
            SiteReportView.Show(report);
        if (result.GetValue(options.Write))
            return Write(result, options, settings, report);
        if (!isJson && report.Findings.Proposed is not null)
            Console.WriteLine("'dooragent calibrate --write' writes the proposed distance into the configuration file.");
        return report.Findings.Contradictions.Count == 0 ? 0 : 1;

        SiteReport Measure(IProgress<int>? progress) => SiteReport.Measure(set, conditions,
            templates => thresholds.Verification(templates), progress, stopping);
    }

    /// <summary>Returns the table that judges the gallery, and the thresholds that the table alone gives.</summary>
    /// <exception cref="UserErrorException">There is no table.</exception>
    private static (SiteConditions Conditions, Thresholds Thresholds) Judged(
        DoorSettings settings, Places places, EncoderIdentity encoder, ComparisonRule rule, double? fmr)
    {
        Catalogue catalogue = Catalogue.Of(places.ModelDirectories);
        CatalogueEntry made = catalogue.Find(encoder.Id, ModelTask.Encoder);
        string detector = catalogue.DetectorFor(made, settings.Faces.Detector).Id;
        CalibrationEntry entry = made.CalibrationOf(detector, rule)
            ?? throw new UserErrorException($"{encoder.Id} has no table with {detector} for the rule {rule.Name}, so there is nothing to "
                + $"check. 'dooragent calibrate --dataset DIR --detector {detector} --encoder {encoder.Id} --rule {rule.Name} "
                + "--out table.json' makes one.");
        MatchingOptions table = settings.Matching.WithoutSite().WithDistance(null);
        table.Fmr = fmr ?? table.Fmr;
        CalibrationTable calibration = CalibrationTable.Of(entry);
        return (new SiteConditions(encoder.Id, detector, rule, table.Fmr, entry.MeasuredOn, calibration),
            new Thresholds(table, calibration, rule));
    }

    private static EncodedSet SetOf(Gallery gallery) => new([.. gallery.People.Select(person => person.Name)],
        [.. gallery.People.SelectMany((person, at) => Enumerable.Repeat(at, person.EncodingCount))], [.. gallery.Vectors],
        gallery.Dimension);

    /// <summary>Writes the proposed distance, if it makes the door stricter.</summary>
    /// <exception cref="UserErrorException">There is nothing to write, or the distance would make the door less strict.</exception>
    private static int Write(ParseResult result, SiteCheckOptions options, DoorSettings settings, SiteReport report)
    {
        if (report.Findings.Proposed is not { } distance)
            throw new UserErrorException($"Nothing is written: {report.Findings.WhyNot}.");
        string value = SiteWords.Distance(distance);
        if (result.GetValue(options.Fmr) is { } fmr && fmr > settings.Matching.Fmr)
        {
            throw new UserErrorException("Nothing is written: --fmr is less strict than this door's Matching:Fmr. Leave --fmr out, or give "
                + "a smaller rate.");
        }

        if (settings.Matching.SiteDistance is { } present && present <= distance)
        {
            throw new UserErrorException($"Nothing is written: Matching:SiteDistance is {SiteWords.Distance(present)} already, and {value} "
                + "is not stricter. 'dooragent config unset Matching:SiteDistance Matching:SiteEvidence' removes the old distance "
                + "first, where the gallery has changed.");
        }

        if (!result.GetValue(options.Yes) && !Confirmation.Asks($"Write Matching:SiteDistance {value}?"))
        {
            Console.Error.WriteLine("Nothing is written. --yes writes without asking.");
            return 1;
        }

        string distanceKey = $"{MatchingOptions.Section}:{nameof(MatchingOptions.SiteDistance)}";
        string evidenceKey = $"{MatchingOptions.Section}:{nameof(MatchingOptions.SiteEvidence)}";
        return ConfigFileChange.Change(result, [distanceKey, evidenceKey], document =>
        {
            document.Set(distanceKey, value);
            document.Set(evidenceKey, SiteWords.Evidence(report, TimeProvider.System.GetLocalNow()));
        });
    }
}
