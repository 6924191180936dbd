using System.Globalization;
using DoorAgent.Evaluation;
using Spectre.Console;

namespace DoorAgent.Commands.Evaluating;

/// <summary>Shows a report on the terminal: tables for each encoder, and one beside another at the end.</summary>
internal static class EvaluationView
{
    // A folder of the wrong files would otherwise fill the screen; JSON and HTML have all.
    private const int MostLines = 10;

    // Accuracy, accuracy over folds and VAL of a set that is too small for folds.
    private static readonly string[] NoPairs = ["-", "-", "-"];

    /// <summary>The false match rates of the table of all encoders.</summary>
    private static readonly double[] Compared = [1e-3, 1e-4, 1e-5];

    public static void Show(EvaluationReport report)
    {
        Console.WriteLine(EvaluationWords.Of(report.Set));
        Notes(report.Set.Notes);
        foreach (EncoderEvaluation one in report.Encoders)
            Show(one);
        if (report.Encoders.Count > 1)
            Compare(report.Encoders);
        Console.WriteLine(EvaluationReport.Limits);
    }

    private static void Show(EncoderEvaluation one)
    {
        Console.WriteLine();
        Console.WriteLine(EvaluationWords.Title(one));
        foreach (FaceFailure failure in one.Failures.Take(MostLines))
            Console.WriteLine($"  {failure.Name}: {failure.Reason}");
        if (one.Failures.Count > MostLines)
            Console.WriteLine($"  and {EvaluationWords.Count(one.Failures.Count - MostLines)} more (--json and --html name all)");
        Notes(one.Notes);
        foreach (string line in one.Pairs is { } pairs ? EvaluationWords.Of(pairs) : [])
            Console.WriteLine(line);
        AllPairs(one.AllPairs);
        if (one.Identification.Count > 0)
            Galleries(one.Identification);
        if (one.Templates.Count > 0)
            Templates(one.Templates);
        if (one.Triplets is { } triplets)
            Console.WriteLine(EvaluationWords.Of(triplets));
    }

    private static void AllPairs(AllPairsEvaluation pairs)
    {
        Table table = TableOf("all pairs, FMR asked for", "distance below", "FMR", "FNMR", "balanced FMR", "balanced FNMR");
        foreach (OperatingPoint point in pairs.AtRates)
            Row(table, point, point.IsSupported ? EvaluationWords.Target(point.Target) : $"({EvaluationWords.Target(point.Target)})");
        foreach (OperatingPoint point in pairs.AtCatalogue)
            Row(table, point, $"catalogue's {EvaluationWords.Target(point.Target)}");
        AnsiConsole.Write(table);
        Console.WriteLine(EvaluationWords.Support(pairs));
        Console.WriteLine($"equal error rate {EvaluationWords.Percent(pairs.EqualErrorRate)} at "
            + $"{EvaluationWords.Distance(pairs.EqualErrorThreshold)}; "
            + $"{EvaluationWords.Count((long)pairs.Histogram.Plain.Mated.Total)} pairs of one person");
    }

    private static void Row(Table table, OperatingPoint point, string asked) => Add(table, asked, EvaluationWords.Distance(point.Threshold),
        EvaluationWords.Small(point.Fmr), EvaluationWords.Percent(point.Fnmr),
        point.Fmr.Rate is null ? "-" : EvaluationWords.Small(point.BalancedFmr),
        point.Fnmr.Rate is null ? "-" : EvaluationWords.Percent(point.BalancedFnmr));

    private static void Galleries(IReadOnlyList<IdentificationTrial> trials)
    {
        IdentificationTrial first = trials[0];
        Console.WriteLine($"Galleries at this door's settings: Matching:Fpir {EvaluationWords.Target(first.TargetFpir)}, "
            + $"Matching:Fmr {EvaluationWords.Target(first.TargetFmr)}, Matching:Margin {first.Margin:0.0#}, "
            + $"compared by the rule {first.Rule}; "
            + $"{EvaluationWords.Count(first.Strangers.Trials)} strangers with {EvaluationWords.Count(first.Fpir.Trials)} pictures.");
        Table table = TableOf("people (templates)", "below", "FPIR", "strangers taken", "FNIR", "as another", "wrong claims",
            "right claims refused");
        foreach (IdentificationTrial trial in trials)
        {
            Add(table, $"{EvaluationWords.Count(trial.People)} ({EvaluationWords.Count(trial.Encodings)})",
                EvaluationWords.Distance(trial.IdentificationThreshold), EvaluationWords.Small(trial.Fpir),
                $"{trial.Strangers.Errors} of {EvaluationWords.Count(trial.Strangers.Trials)}", EvaluationWords.Rough(trial.Fnir),
                $"{trial.TakenForAnother.Errors} of {EvaluationWords.Count(trial.TakenForAnother.Trials)}",
                EvaluationWords.Small(trial.WrongClaims), EvaluationWords.Rough(trial.RightClaims));
        }

        AnsiConsole.Write(table);
    }

    private static void Templates(IReadOnlyList<TemplateTrial> trials)
    {
        Console.WriteLine($"Templates of {trials[0].Pictures} pictures of {EvaluationWords.Count(trials[0].People)} people, "
            + $"compared at equal rates of wrong claims ({EvaluationWords.Count((long)trials[0].Claims.NonMated.Total)}); "
            + $"{EvaluationWords.Count((long)trials[0].Claims.Mated.Total)} right claims, of which are refused:");
        double[] rates = [.. AllPairsEvaluation.Rates.Where(rate => rate * trials[0].Claims.NonMated.Total >= 1)];
        Table table = TableOf(["template", .. rates.Select(rate => $"FNMR at {EvaluationWords.Target(rate)}")]);
        foreach (TemplateTrial trial in trials)
        {
            Add(table, [trial.Kind.ToString().ToLowerInvariant(),
                .. rates.Select(rate => trial.Claims.CountsAt(trial.Claims.ThresholdAt(rate)).Fnmr)
                    .Select(fnmr => EvaluationWords.Percent(MeasuredRate.Of(fnmr)))]);
        }

        AnsiConsole.Write(table);
    }

    private static void Compare(IReadOnlyList<EncoderEvaluation> encoders)
    {
        Console.WriteLine();
        Table table = TableOf(["in percent", "best accuracy", "over folds", $"VAL at {EvaluationWords.Target(FoldedEvaluation.FaceNetFar)}",
            "equal error", .. Compared.Select(rate => $"FNMR at {EvaluationWords.Target(rate)}")]);
        foreach (EncoderEvaluation one in encoders)
        {
            Add(table, [one.Networks.Name, .. one.Pairs is { } pairs
                ? [Hundredths(pairs.BestAccuracy), Of(pairs.Accuracy), Of(pairs.Validation)] : NoPairs,
                Hundredths(one.AllPairs.EqualErrorRate), .. one.AllPairs.AtRates.Where(point => Compared.Contains(point.Target))
                    .Select(point => point.IsSupported && point.Fnmr.Rate is { } rate ? Hundredths(rate) : "-")]);
        }

        AnsiConsole.Write(table);
    }

    private static string Hundredths(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Of(FoldedRate rate) => $"{Hundredths(rate.Mean)} +- {Hundredths(rate.StandardError)}";

    private static void Notes(IReadOnlyList<string> notes)
    {
        foreach (string note in notes.Take(MostLines))
            Console.WriteLine($"note: {note}");
        if (notes.Count > MostLines)
            Console.WriteLine($"note: and {notes.Count - MostLines} more (--json and --html have all)");
    }

    private static Table TableOf(params string[] columns) => new Table().Border(TableBorder.Simple)
        .AddColumns([.. columns.Select((name, at) => new TableColumn(name) { NoWrap = at == 0 })]);

    private static void Add(Table table, params string[] cells) => table.AddRow(cells.Select(Markup.Escape).ToArray());
}
