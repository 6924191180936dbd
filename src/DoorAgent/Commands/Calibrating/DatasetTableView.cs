using System.Globalization;
using DoorAgent.Evaluation;
using DoorAgent.Networks;
using Spectre.Console;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Shows a table that was made from a data set.</summary>
internal static class DatasetTableView
{
    private const int MostFailures = 5;

    // Rounded down: a smaller distance never has a larger rate.
    private const double Digits = 1e4;

    /// <summary>Rounds a row towards the strict side.</summary>
    public static CalibrationRow Rounded(RateRow row) => new(row.Fmr, Down(row.Distance))
    {
        Low = Down(row.Low), High = Down(row.High), IsEstimate = row.IsEstimate,
    };

    public static void ShowFailures(EncodedSet set)
    {
        if (set.Failures.Count == 0)
            return;
        Console.WriteLine($"Without an encoding, and in no comparison: {set.Failures.Count} pictures.");
        foreach (FaceFailure failure in set.Failures.Take(MostFailures))
            Console.WriteLine($"  {failure.Name}: {failure.Reason}");
    }

    public static void ShowParts(DatasetCalibration table)
    {
        foreach (TemplateMeasurement part in table.Parts.Where(_ => table.Parts.Count > 1))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  templates of {part.Pictures}: {part.Templates:#,0}, "
                + $"{part.Comparisons:#,0} comparisons; {string.Join(", ", part.Rows.Reverse().Select(Words))}"));
        }
    }

    public static void Show(CalibrationFile file)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("false match rate", "distance", "95 % interval", "");
        foreach (CalibrationRow row in file.Rows)
        {
            table.AddRow(Number(row.Fmr, "0.#e-0"), Number(row.Distance, "0.0000"),
                $"{Number(row.Low!.Value, "0.0000")} to {Number(row.High!.Value, "0.0000")}",
                row.IsEstimate ? "ESTIMATE: the lower end of its interval" : "");
        }

        Console.WriteLine($"{file.Encoder} with {file.Detector}, rule {file.Rule}, on {file.MeasuredOn}:");
        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{file.People:#,0} people, {file.Pictures:#,0} pictures, {file.Comparisons:#,0} comparisons of two people; data set "
            + $"{file.DatasetSha256[..12]}. Other cameras, light and people have other rates."));
    }

    private static string Words(RateRow row) =>
        $"{Number(row.Distance, "0.0000")} at {Number(row.Fmr, "0.#e-0")}{(row.IsEstimate ? " (estimate)" : "")}";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static double Down(double distance) => Math.Floor((distance * Digits) + 1e-9) / Digits;
}
