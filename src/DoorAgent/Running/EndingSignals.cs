using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DoorAgent.Running;

/// <summary>
/// Turns every signal that would kill the process into an orderly end, as SIGTERM does: the door is locked, the end is recorded,
/// temporary folders are deleted. Signals that the parent set to be ignored (HUP, by nohup) stay ignored, except INT, QUIT and
/// TERM, which are the ways to stop a program: a shell ignores the first two for a background job. Signals of a crash (SEGV, ABRT
/// and others) and those that the runtime uses are not changed.
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

    /// <param name="patience">The time for an orderly end; after that the process exits.</param>
    /// <param name="time">The clock.</param>
    public EndingSignals(TimeSpan patience, TimeProvider time)
    {
        (_patience, _time) = (patience, time);
        ulong ignored = Ignored(File.ReadLines("/proc/self/status"));
        _registrations = [.. Numbers.Where(number => NeverIgnored.Contains(number) || (ignored >> (number - 1) & 1) == 0)
            .Select(number => PosixSignalRegistration.Create((PosixSignal)number, context => End(context, number)))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _ending.Token;

    /// <summary>Returns the set of signals that the process ignores: bit n - 1 for signal n.</summary>
    internal static ulong Ignored(IEnumerable<string> status) =>
        status.FirstOrDefault(line => line.StartsWith(IgnoredMask, StringComparison.Ordinal)) is { } mask
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
        // Not on the signal's thread: cancellation callbacks may take a while.
        _ = Task.Run(_ending.CancelAsync);
        const int endedBySignal = 128;
        _ = Task.Delay(_patience, _time).ContinueWith(_ => Environment.Exit(endedBySignal + number), TaskScheduler.Default);
    }
}
