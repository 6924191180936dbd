using System.CommandLine;
using System.Globalization;
using DoorAgent.Commands.Evaluating;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Faces;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Makes a calibration table from a data set.</summary>
internal static class DatasetTableRun
{
    public static int Run(ParseResult result, DatasetTableOptions options, CancellationToken stopping)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.PlacesOf(result);
        string? output = result.GetValue(options.Out);
        if (output is not null)
            OutputFile.EnsureNew(output, result, places, result.GetValue(options.Force));
        ComparisonRule rule = ComparisonRule.Parse(result.GetRequiredValue(options.Rule))!;
        PictureSet set = PictureSetFolder.Open(result.GetRequiredValue(options.Dataset)!);
        if (result.GetValue(options.Except) is { } list)
            set = LeftOutList.Apply(set, LeftOutList.Read(list));
        FaceOptions faces = result.GetValue(options.Detector) is { } detector ? settings.Faces.WithDetector(detector) : settings.Faces;
        string encoder = result.GetValue(options.Encoder) ?? DoorHost.EncoderOf(settings.Encodings, places);
        CachedEncoding encoding = new(result.GetValue(options.Cache) ?? places.Evaluation, KeyPlaces.Find(places.Data).Newest, isQuiet: false);
        CalibrationFile file;
        using (FacePipeline pipeline = FacePipelineFactory.Open(places, faces, encoder, isForTable: true))
            file = Measure(pipeline, set);
        DatasetTableView.Show(file);
        if (output is not null)
        {
            PrivateFile.Write(output, [.. file.ToJson(), (byte)'\n']);
            Console.WriteLine($"{output}: the table."
                + (AddedNetwork.IsId(file.Encoder) ? $" 'dooragent models calibration {file.Encoder} {output}' adds it." : ""));
        }

        return 0;

        CalibrationFile Measure(FacePipeline pipeline, PictureSet pictures)
        {
            EncodedPictures probes = Encode(pipeline, rule.Flip == FlipUse.Both);
            EncodedPictures enrolled = rule.Flip == FlipUse.Enrolment ? Encode(pipeline, flips: true) : probes;
            foreach (string note in pictures.Notes.Concat(probes.Notes).Distinct())
                Console.WriteLine($"note: {note}");
            DatasetTableView.ShowFailures(probes.Encodings);
            DatasetCalibration table = WorkProgress.ShowShare("comparing", "all pairs", progress =>
                DatasetCalibration.Measure(enrolled.Encodings, probes.Encodings, rule, progress, stopping));
            DatasetTableView.ShowParts(table);
            return FileOf(pipeline, probes, table);
        }

        EncodedPictures Encode(FacePipeline pipeline, bool flips)
        {
            pipeline.Flips = flips;
            return encoding.Encode(set, pipeline, Another, flips ? $"{encoder}, with mirror images" : encoder, stopping);

            FacePipeline Another()
            {
                FacePipeline another = FacePipelineFactory.Open(places, faces, encoder, isForTable: true);
                another.Flips = flips;
                return another;
            }
        }

        CalibrationFile FileOf(FacePipeline pipeline, EncodedPictures probes, DatasetCalibration table)
        {
            EncodedSet encoded = probes.Encodings;
            string name = result.GetValue(options.Name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(set.Folder));
            CalibrationRow[] rows = [.. table.Rows.Select(DatasetTableView.Rounded)];
            return rows.Any(row => !row.IsEstimate)
                ? new CalibrationFile(pipeline.EncoderId, Convert.ToHexStringLower(pipeline.EncoderDigest), pipeline.DetectorId, rule.Name,
                    rows, name, probes.Digest, encoded.Rows, encoded.CountOf.Count(count => count > 0), table.Comparisons,
                    DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date)) { DetectorSha256 = pipeline.DetectorDigest }
                : throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
                    $"{set.Folder} gives {table.Comparisons:#,0} comparisons of two people, which are too few for a table: the "
                    + $"largest rate is {DatasetCalibration.Rates[0]:0.#e-0}, and it takes at least "
                    + $"{NonMatedTail.LeastExpected / DatasetCalibration.Rates[0]:#,0} comparisons to count it. Name a "
                    + $"folder with more people, or with more pictures of each."));
        }
    }
}
