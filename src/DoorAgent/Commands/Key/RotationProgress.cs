using DoorAgent.Diagnostics;
using Spectre.Console;

namespace DoorAgent.Commands.Key;

/// <summary>Shows the progress of a rotation: a bar for each part with the time left on a terminal, and elsewhere a line for each.</summary>
internal static class RotationProgress
{
    /// <summary>Runs work that asks for the progress of each part.</summary>
    public static T Show<T>(Func<Func<RotatedPart, IProgress<double>>, T> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            return work(part =>
            {
                Console.WriteLine($"  sealing the {part.Name} again");
                return new Reporter(_ => { });
            });
        }

        return AnsiConsole.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
            work(part =>
            {
                ProgressTask task = context.AddTask($"sealing the {part.Name} again", maxValue: 1);
                return new Reporter(share => task.Value = share);
            }));
    }

    /// <summary>Turns a number of things that are done into a share.</summary>
    internal sealed class Count(IProgress<double> share, int all) : IProgress<int>
    {
        public void Report(int value) => share.Report((double)value / all);
    }

    private sealed class Reporter(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
