using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DoorAgent.Running;

/// <summary>
/// Every signal that would end the process on the spot ends a verb in order instead, as SIGTERM does: the door is locked, the record says
/// so, temporary folders go. What was to be ignored from the start (HUP, by nohup) stays ignored, but for INT, QUIT and TERM, which are
/// how a program is stopped: a shell ignores the first two for a job in the background. Signals of a broken process (SEGV, ABRT and the
/// like), and of the runtime's own, are left alone.
/// </summary>
internal sealed class EndingSignals : IDisposable
{
    // signal(7), the same on x86 and arm: HUP, INT, QUIT, USR1, USR2, ALRM, TERM, STKFLT, XCPU, XFSZ, VTALRM, PROF, POLL, PWR.
    private static readonly ImmutableArray<int> Numbers = [1, 2, 3, 10, 12, 14, 15, 16, 24, 25, 26, 27, 29, 30];

    private static readonly ImmutableArray<int> NeverIgnored = [2, 3, 15];

    private const string IgnoredMask = "SigIgn:";

    private readonly CancellationTokenSource _ending = new();
    private readonly ImmutableArray<PosixSignalRegistration> _registrations;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;

    /// <param name="patience">How long a verb may take to end; then the process ends without it.</param>
    /// <param name="time">The clock.</param>
    public EndingSignals(TimeSpan patience, TimeProvider time)
    {
        (_patience, _time) = (patience, time);
        ulong ignored = Ignored(File.ReadLines("/proc/self/status"));
        _registrations = [.. Numbers.Where(number => NeverIgnored.Contains(number) || (ignored >> (number - 1) & 1) == 0)
            .Select(number => PosixSignalRegistration.Create((PosixSignal)number, context => End(context, number)))];
    }

    /// <summary>Cancelled by the first of them.</summary>
    public CancellationToken Token => _ending.Token;

    /// <summary>The set of signals that the process ignores: bit n - 1 for signal n.</summary>
    internal static ulong Ignored(IEnumerable<string> status) => status.FirstOrDefault(line => line.StartsWith(IgnoredMask, StringComparison.Ordinal)) is { } mask
        ? ulong.Parse(mask.AsSpan(IgnoredMask.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : 0;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _ending.Dispose();
    }

    private void End(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        if (_ending.IsCancellationRequested)
            return;
        // Not on the signal's own thread: what is cancelled may take its time.
        _ = Task.Run(_ending.CancelAsync);
        const int endedBySignal = 128;
        _ = Task.Delay(_patience, _time).ContinueWith(_ => Environment.Exit(endedBySignal + number), TaskScheduler.Default);
    }
}
