using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Evaluation;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Evaluating;

/// <summary>Creates dooragent evaluate, which measures the error rates of encoders on a set of pictures.</summary>
internal static class EvaluateCommand
{
    private const int DefaultSeed = 1;

    internal static Command Create()
    {
        Argument<string?> folder = new("DIR")
        {
            Description = "The folder with a folder of pictures for each person.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> pairs = new("--pairs")
        {
            Description = "A list of pairs in LFW's format; without DIR its pictures lie beside it.",
            HelpName = "FILE",
        };
        Option<string?> encoders = new("--encoder")
        {
            Description = "Encoders to measure, such as mobilefacenet,mobilefacenet+flip,pixels; default: this door's encoder.",
            HelpName = "IDS",
        };
        Option<string?> except = new("--except")
        {
            Description = $"A list of pictures to leave out: name, a tab, and the reason; {LeftOutList.LfwErrata}: the wrong names of LFW.",
            HelpName = "FILE",
        };
        Option<int[]> galleries = new("--gallery")
        {
            Description = "How many people the galleries have that are tried; default 10 100 300.",
            HelpName = "PEOPLE",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int?> seed = new("--seed") { Description = $"Start of the random draws; default {DefaultSeed}." };
        Option<string?> cache = new("--cache")
        {
            Description = "Directory of the kept encodings; default: evaluation in the data directory.",
            HelpName = "DIR",
        };
        ReportFiles files = new("Writes the report with plots and the worst pairs of pictures into one file.",
            "Writes the report as JSON into a file; - prints it.");
        Command command = new("evaluate", """
            Measures on a set of pictures how often an encoder takes two people for one (FMR), and one for two (FNMR).

            DIR has a folder for each person, with their pictures, as LFW has. Each picture's main face is encoded as it is, and all
            pictures are compared with one another. With --pairs the accuracy and VAL of the papers are those of the listed pairs;
            else pairs are drawn. Galleries of some of the people are tried at this door's own thresholds, with everybody else as
            strangers (FPIR, FNIR).

            Rates hold for these pictures: one camera, one light and people who are alike bring all distances nearer. Encodings are
            kept, as personal as the pictures and readable by their owner only, so that the next run is quick.

            The HTML file has ROC, DET and histograms and opens without a network. It contains pictures of people: only its owner
            can read it (0600).
            Examples: dooragent evaluate lfw --html report.html     dooragent evaluate staff --encoder mobilefacenet,mobilefacenet+flip
            """) { folder, pairs, encoders, except, galleries, seed, cache };
        foreach (Option option in files.Options)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(folder) is null && result.GetValue(pairs) is null)
                result.AddError("Name the folder of the pictures, or a list of pairs with --pairs.");
            if (result.GetValue(encoders) is { } ids && IdsOf(ids).Length == 0)
                result.AddError("--encoder takes the ids of encoders, separated by commas: 'dooragent models list' shows them.");
            if (result.GetValue(galleries) is { } sizes && sizes.Any(size => size < 1))
                result.AddError("--gallery takes numbers of people, at least 1.");
        });
        command.SetAction((result, stopping) =>
        {
            bool isPrinted = files.IsPrinted(result);
            Places places = CommonOptions.ShowPlaces(result, isPrinted);
            files.EnsureNew(result, places);
            DoorSettings settings = CommonOptions.SettingsOf(result);
            PictureSet set = Read(result.GetValue(folder), result.GetValue(pairs), result.GetValue(except));
            EvaluationRunner runner = new(places, settings, result.GetValue(cache) ?? places.Evaluation, isPrinted)
            {
                FindsWorst = files.HasHtml(result),
            };
            EvaluationReport report = runner.Run(set, result.GetValue(pairs),
                result.GetValue(encoders) is { } names ? IdsOf(names) : [DoorHost.EncoderOf(settings.Encodings, places)],
                result.GetValue(galleries) is { Length: > 0 } sizes ? sizes : EvaluationRunner.DefaultGalleries,
                result.GetValue(seed) ?? DefaultSeed, stopping);
            files.Write(result, report, EvaluationJson.Of, EvaluationHtml.Of, EvaluationView.Show);
            return Task.FromResult(0);
        });
        return command;
    }

    private static string[] IdsOf(string list) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>Finds the pictures: all of a folder, or those that a list of pairs names beside itself.</summary>
    private static PictureSet Read(string? folder, string? pairsFile, string? except)
    {
        PairsFile? pairs = pairsFile is null ? null : PairsFile.Read(pairsFile);
        PictureSet set = folder is null ? pairs!.In(Path.GetDirectoryName(Path.GetFullPath(pairsFile!))!) : PictureSetFolder.Open(folder);
        if (folder is not null && pairs is not null)
            set = pairs.Among(set);
        return except is null ? set : LeftOutList.Apply(set, LeftOutList.Read(except));
    }
}
