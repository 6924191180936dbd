namespace DoorAgent.Benchmarks;

/// <summary>The one table, in Markdown.</summary>
internal static class ResultTable
{
    public static void Begin()
    {
        Console.WriteLine("| step | with | median us | p95 us | bytes allocated | OpenCV's median us | ours / OpenCV's |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
    }

    /// <summary>Measures a step and writes its row.</summary>
    /// <param name="step">What is done.</param>
    /// <param name="with">With which networks, or on how much.</param>
    /// <param name="inputs">Done to each of these.</param>
    /// <param name="ours">By us.</param>
    /// <param name="theirs">The same by OpenCV, where it can.</param>
    public static void Add<T>(string step, string with, IReadOnlyList<T> inputs, Action<T> ours, Action<T>? theirs = null)
    {
        (Timing own, Timing? other) = Timing.Compare(inputs, ours, theirs);
        string compared = other is null ? "|" : $"{Micros(other.Median)} | {own.Median / other.Median:0.00}";
        Console.WriteLine($"| {step} | {with} | {Micros(own.Median)} | {Micros(own.P95)} | {own.Bytes:#,0} | {compared} |");
    }

    private static string Micros(double time) => time < 10 ? $"{time:0.00}" : $"{time:#,0}";
}
