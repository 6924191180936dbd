namespace DoorAgent.Benchmarks;

/// <summary>Writes the table of results in Markdown.</summary>
internal static class ResultTable
{
    public static void Begin()
    {
        Console.WriteLine("| step | with | median us | p95 us | bytes allocated | OpenCV's median us | ours / OpenCV's |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
    }

    /// <summary>Measures a step and writes its row.</summary>
    /// <param name="step">The name of the measured step.</param>
    /// <param name="with">The networks, or the amount of data.</param>
    /// <param name="inputs">The inputs; each call processes one of them.</param>
    /// <param name="ours">The step of this program.</param>
    /// <param name="theirs">The same step of OpenCV; null if OpenCV has none.</param>
    public static void Add<T>(string step, string with, IReadOnlyList<T> inputs, Action<T> ours, Action<T>? theirs = null)
    {
        (Timing own, Timing? other) = Timing.Compare(inputs, ours, theirs);
        Add(step, with, own, other);
    }

    /// <summary>Writes the row of a step that was measured already.</summary>
    public static void Add(string step, string with, Timing own, Timing? other = null)
    {
        string compared = other is null ? "|" : $"{Micros(other.Median)} | {own.Median / other.Median:0.00}";
        Console.WriteLine($"| {step} | {with} | {Micros(own.Median)} | {Micros(own.P95)} | {own.Bytes:#,0} | {compared} |");
    }

    private static string Micros(double time) => time < 10 ? $"{time:0.00}" : $"{time:#,0}";
}
