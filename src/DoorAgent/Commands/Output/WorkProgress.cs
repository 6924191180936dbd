using Spectre.Console;

namespace DoorAgent.Commands.Output;

/// <summary>Shows the progress of long work: a bar with the time left on a terminal, and elsewhere, after two seconds, an
/// occasional line.</summary>
internal static class WorkProgress
{
    private const int LinesEvery = 25, MostLines = 10, PartsOfAShare = 100;

    // Of shorter work nobody waits for news.
    private static readonly TimeSpan ShortWork = TimeSpan.FromSeconds(2);

    /// <summary>Runs work and shows its progress.</summary>
    /// <param name="doing">The activity, such as "reading".</param>
    /// <param name="total">Number of things to process.</param>
    /// <param name="things">The things, such as "pictures".</param>
    /// <param name="work">The work, which reports how many things are done.</param>
    /// <param name="isQuiet">Whether to show nothing, because the output belongs to a program.</param>
    public static T Show<T>(string doing, int total, string things, Func<IProgress<int>, T> work, bool isQuiet = false) =>
        Run($"{doing} {things}", total, done => $"{doing}: {done} of {total} {things}", work, isQuiet);

    /// <summary>Runs work that reports the share that is done, 0 to 1, from any thread, and shows its progress.</summary>
    /// <inheritdoc cref="Show"/>
    public static T ShowShare<T>(string doing, string things, Func<IProgress<double>, T> work, bool isQuiet = false) =>
        Run($"{doing} {things}", PartsOfAShare, done => $"{doing} {things}: {done} %", parts => work(new Share(parts)), isQuiet);

    private static T Run<T>(string what, int total, Func<int, string> line, Func<IProgress<int>, T> work, bool isQuiet)
    {
        if (isQuiet)
            return work(new Reporter(_ => { }));
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            long begun = TimeProvider.System.GetTimestamp();
            return work(new Reporter(done =>
            {
                if (done % Math.Max(LinesEvery, total / MostLines) == 0 && TimeProvider.System.GetElapsedTime(begun) > ShortWork)
                    Console.WriteLine($"  {line(done)}");
            }));
        }

        return AnsiConsole.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
        {
            ProgressTask task = context.AddTask(what, maxValue: total);
            return work(new Reporter(done => task.Value = done));
        });
    }

    /// <summary>Reports progress synchronously and in order, which <see cref="Progress{T}"/> does not guarantee.</summary>
    private sealed class Reporter(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }

    /// <summary>Turns shares into whole parts, each reported once.</summary>
    private sealed class Share(IProgress<int> parts) : IProgress<double>
    {
        private readonly Lock _lock = new();
        private int _last;

        public void Report(double value)
        {
            lock (_lock)
            {
                for (int now = (int)(value * PartsOfAShare); _last < now;)
                    parts.Report(++_last);
            }
        }
    }
}
