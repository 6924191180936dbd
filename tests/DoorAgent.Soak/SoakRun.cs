using System.Diagnostics;
using System.Globalization;

namespace DoorAgent.Soak;

/// <summary>Runs a door under traffic, samples it, and judges it.</summary>
internal static class SoakRun
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(30);

    /// <summary>Runs a soak and writes its samples and its page.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="tell">Receives lines for people.</param>
    /// <param name="stop">Ends the soak early; the report is of what was measured.</param>
    /// <returns>The verdicts.</returns>
    public static IReadOnlyList<SoakResult> Run(SoakOptions options, Action<string> tell, CancellationToken stop)
    {
        Directory.CreateDirectory(options.Out);
        string table = Path.Combine(options.Out, options.Name + ".csv"), page = Path.Combine(options.Out, options.Name + ".html");
        using SoakDoor door = new(options);
        Traffic traffic = new(door, options);
        traffic.Prepare();
        door.Run();
        Stopwatch clock = Stopwatch.StartNew();
        List<Sample> samples = [];
        string? failure = null;
        Task[] tasks = [.. new Action[] { () => traffic.Visit(HasEnded), () => traffic.Change(HasEnded), Measure }.Select(work =>
            Task.Factory.StartNew(() => Try(work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WaitAll(tasks, CancellationToken.None);
        door.Stop();
        SoakTimes times = traffic.Times;
        IReadOnlyList<SoakResult> results = [.. SoakLimits.Judge(samples, times),
            new SoakResult("door and traffic run to the end", failure ?? "they ran", failure is null)];
        if (samples.Count > 0)
        {
            File.WriteAllText(page, SoakPicture.Page(options, samples, times, results));
            tell($"{page}, samples in {table}");
        }

        return results;

        bool HasEnded() => clock.Elapsed >= options.Length || stop.IsCancellationRequested || Volatile.Read(ref failure) is not null;

        // What fails is a result, and the report is of what was measured before.
        void Try(Action work)
        {
            try
            {
                work();
            }
            catch (Exception why) when (why is InvalidOperationException or UserErrorException or IOException)
            {
                Interlocked.CompareExchange(ref failure, why.Message, null);
            }
        }

        void Measure()
        {
            using StreamWriter lines = new(table);
            lines.WriteLine(Sample.Head);
            TimeSpan told = TimeSpan.Zero;
            for (int number = 1; !HasEnded(); number++)
            {
                Sample sample = door.Measure(clock.Elapsed);
                samples.Add(sample);
                lines.WriteLine(sample.Line);
                lines.Flush();
                if (sample.At >= told)
                {
                    told = sample.At + TellEvery;
                    tell(Words(sample, options.Length - sample.At));
                }

                TimeSpan left = (number * options.Sample) - clock.Elapsed;
                if (left > TimeSpan.Zero)
                    stop.WaitHandle.WaitOne(left);
            }
        }
    }

    private static string Words(Sample sample, TimeSpan left) => string.Create(CultureInfo.InvariantCulture,
        $"{sample.At:hh\\:mm\\:ss}, {left:hh\\:mm\\:ss} left: {sample.Rss >> 20} MB, heap {sample.Heap >> 20} MB, "
        + $"{sample.Handles} handles, {sample.Threads} threads, {sample.FrameRate} frames a second, "
        + $"{sample.Events} events, load {sample.Load}");
}
