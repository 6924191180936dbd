using System.Globalization;

namespace DoorAgent.Soak;

/// <summary>A promise, what was measured, and whether the promise was kept.</summary>
/// <param name="What">The promise.</param>
/// <param name="Found">What was measured.</param>
/// <param name="IsKept">Whether it was kept; null where this machine could not show it.</param>
internal sealed record SoakResult(string What, string Found, bool? IsKept)
{
    /// <summary>The verdict in words.</summary>
    public string Verdict => IsKept switch { true => "kept", false => "NOT KEPT", null => "not judged" };
}

/// <summary>What a soak measured beside its samples.</summary>
/// <param name="AccessTime">How long an unlock lasts by the settings.</param>
/// <param name="Pulses">Length of each unlock that nothing cut short, in order.</param>
/// <param name="PingEvery">How often the door should notify the watchdog.</param>
/// <param name="Pings">The times of the notifications.</param>
/// <param name="Grants">Number of visits that opened the door.</param>
/// <param name="Visits">Number of visits of a person with the right badge.</param>
/// <param name="Changes">Number of changes of the gallery.</param>
/// <param name="Journal">Size of the journal after the stop, in bytes.</param>
/// <param name="Denials">What the log said of visits that did not open the door.</param>
internal sealed record SoakTimes(TimeSpan AccessTime, IReadOnlyList<TimeSpan> Pulses, TimeSpan PingEvery, IReadOnlyList<TimeSpan> Pings,
    int Grants, int Visits, int Changes, long Journal, IReadOnlyList<string> Denials);

/// <summary>Judges a soak: what must stay flat after the warm-up, and what must stay below a limit.</summary>
internal static class SoakLimits
{
    /// <summary>Share of the time that counts as the warm-up: code is compiled, caches fill.</summary>
    public const double WarmUp = 0.25;

    private const double Growth = 0.05, Drift = 0.02, FrameDrift = 0.1, BusyLoad = 2;
    private const int MoreHandles = 2, MoreThreads = 2, Least = 6;
    private const long LargestWal = 8L << 20, LargestEvent = 1024, EmptyJournal = 256L << 10;
    private const double Megabyte = 1 << 20;

    // How much later than its time a timer may act on a busy machine, and the log may say that the relay moved.
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(250);

    /// <summary>Judges everything.</summary>
    public static IReadOnlyList<SoakResult> Judge(IReadOnlyList<Sample> samples, SoakTimes times)
    {
        Sample[] warm = samples.Count == 0 ? [] : [.. samples.Where(sample => sample.At >= samples[^1].At * WarmUp)];
        if (warm.Length < Least)
            return [new SoakResult("enough samples after the warm-up", $"{warm.Length} of at least {Least}", IsKept: false)];
        int third = warm.Length / 3;
        Sample[] early = warm[..third], late = warm[^third..];
        return
        [
            Flat("memory in RAM", sample => sample.Rss),
            Flat("managed heap", sample => sample.Heap),
            Count("open handles", sample => sample.Handles, MoreHandles),
            Count("threads", sample => sample.Threads, MoreThreads),
            Below("the journal's write-ahead log", samples.Max(sample => sample.JournalWal)),
            Below("the gallery's write-ahead log", samples.Max(sample => sample.GalleryWal)),
            Journal(samples[^1].Events, times.Journal),
            Frames(),
            .. Timers(times, warm),
            new SoakResult("every visit with the right badge and face opens",
                Text($"{times.Grants} of {times.Visits}")
                    + string.Concat(times.Denials.Take(1).Select(line => $"; the first other: {line}")),
                times.Visits > 0 && times.Grants == times.Visits),
        ];

        SoakResult Flat(string what, Func<Sample, double> value)
        {
            double before = Median(early, value), after = Median(late, value);
            return new SoakResult(Text($"{what} grows by less than {100 * Growth} %"),
                Text($"{before / Megabyte:0.0} to {after / Megabyte:0.0} MB ({100 * (after - before) / before:+0.0;-0.0} %)"),
                after <= before * (1 + Growth));
        }

        SoakResult Count(string what, Func<Sample, double> value, int more)
        {
            double before = Median(early, value), after = Median(late, value);
            return new SoakResult(Text($"{what} stay flat (at most {more} more)"),
                Text($"{before:0} to {after:0}, at most {samples.Max(value):0}"), after <= before + more);
        }

        SoakResult Frames()
        {
            double before = Median(early, sample => sample.FrameRate), after = Median(late, sample => sample.FrameRate);
            return IfIdle(new SoakResult(Text($"frames per second stay within {100 * FrameDrift} %"), Text($"{before:0.0} to {after:0.0}"),
                before > 0 && Math.Abs(after - before) <= before * FrameDrift), warm);
        }
    }

    private static IEnumerable<SoakResult> Timers(SoakTimes times, Sample[] warm)
    {
        TimeSpan[] pulses = [.. times.Pulses.Order()];
        if (pulses.Length > 0)
        {
            yield return IfIdle(new SoakResult(
                Text($"each unlock lasts {times.AccessTime.TotalSeconds} s, within {Late.TotalMilliseconds} ms"),
                Text($"{pulses[0].TotalMilliseconds:0} to {pulses[^1].TotalMilliseconds:0} ms over {pulses.Length}"),
                pulses[0] >= times.AccessTime - Late && pulses[^1] <= times.AccessTime + Late), warm);
            double early = Median(times.Pulses.Take((pulses.Length + 1) / 2)), late = Median(times.Pulses.Skip(pulses.Length / 2));
            yield return IfIdle(new SoakResult(Text($"unlocks do not become longer or shorter ({100 * Drift} %)"),
                Text($"{early:0} to {late:0} ms"), Math.Abs(late - early) <= Drift * early), warm);
        }
        else
        {
            yield return new SoakResult("unlocks are measured", "none", IsKept: false);
        }

        TimeSpan[] gaps = [.. times.Pings.Zip(times.Pings.Skip(1), (one, next) => next - one)];
        if (gaps.Length > 0)
        {
            double mean = (times.Pings[^1] - times.Pings[0]).TotalSeconds / gaps.Length;
            yield return new SoakResult(
                Text($"the watchdog is notified every {times.PingEvery.TotalSeconds} s, without drift ({100 * Drift} %)"),
                Text($"{mean:0.000} s on average, at most {gaps.Max().TotalSeconds:0.00} s, {gaps.Length} times"),
                Math.Abs(mean - times.PingEvery.TotalSeconds) <= Drift * times.PingEvery.TotalSeconds && gaps.Max() < 2 * times.PingEvery);
        }
        else
        {
            yield return new SoakResult("the watchdog is notified", "never", IsKept: false);
        }
    }

    /// <summary>Takes the verdict away from what other programs change, where more of them want the processor than there are
    /// cores.</summary>
    private static SoakResult IfIdle(SoakResult result, Sample[] warm)
    {
        double load = Median(warm, sample => sample.Load);
        return load <= BusyLoad * Environment.ProcessorCount || result.IsKept == true ? result : result with
        {
            Found = Text($"{result.Found}, while {load:0} processes wanted this machine's {Environment.ProcessorCount} cores"),
            IsKept = null,
        };
    }

    private static SoakResult Below(string what, long most) => new(Text($"{what} stays below {LargestWal / Megabyte:0} MB"),
        Text($"at most {most / Megabyte:0.0} MB"), most < LargestWal);

    private static SoakResult Journal(long events, long bytes) => new(
        Text($"the journal takes less than {LargestEvent} bytes an event, and {EmptyJournal >> 10} KB"),
        Text($"{bytes >> 10} KB after {events} events"), bytes < EmptyJournal + (LargestEvent * events));

    private static double Median(IEnumerable<Sample> samples, Func<Sample, double> value)
    {
        double[] sorted = [.. samples.Select(value).Order()];
        return sorted[sorted.Length / 2];
    }

    private static double Median(IEnumerable<TimeSpan> times)
    {
        double[] sorted = [.. times.Select(time => time.TotalMilliseconds).Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
