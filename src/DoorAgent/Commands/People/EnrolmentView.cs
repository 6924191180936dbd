using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Shows an enrolment on the screen: a progress bar, then a line for each picture.</summary>
internal static class EnrolmentView
{
    private const int LinesEvery = 25, MostLines = 10;

    /// <summary>Runs work with a progress bar on a terminal, and elsewhere with an occasional line.</summary>
    /// <param name="doing">The activity, such as "reading".</param>
    /// <param name="total">Number of things to process.</param>
    /// <param name="things">The things, such as "pictures".</param>
    /// <param name="work">The work, which reports how many things are done.</param>
    public static T WithProgress<T>(string doing, int total, string things, Func<IProgress<int>, T> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return work(new Told(done => Line(doing, done, total, things)));
        return AnsiConsole.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
        {
            ProgressTask task = context.AddTask($"{doing} {things}", maxValue: total);
            return work(new Told(done => task.Value = done));
        });
    }

    public static void Show(string name, EnrolmentResult enrolled, FacePipeline pipeline)
    {
        foreach (string line in FindingLines.Of(enrolled.Findings))
            Console.WriteLine($"  {line}");
        int added = enrolled.Findings.Count(finding => finding.IsKept);
        string dropped = enrolled.Dropped > 0 ? $", replacing {enrolled.Dropped}" : "";
        Console.WriteLine($"{name}: {added} of {enrolled.Findings.Count} pictures added{dropped}, {enrolled.Pictures.Count} in all "
            + $"(encoder {pipeline.EncoderId}, detector {pipeline.DetectorId}).");
    }

    private static void Line(string doing, int done, int total, string things)
    {
        if (done % Math.Max(LinesEvery, total / MostLines) == 0)
            Console.WriteLine($"  {doing}: {done} of {total} {things}");
    }

    /// <summary>Reports progress synchronously and in order, which <see cref="Progress{T}"/> does not guarantee.</summary>
    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
