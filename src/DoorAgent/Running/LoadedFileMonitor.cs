using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// Checks every few seconds whether the files still equal those of the start: the networks, which the next start would refuse, and
/// the configuration, which only the next start reads. The decision loop then checks its clock and its journal.
/// </summary>
/// <param name="networks">The files of the networks in use.</param>
/// <param name="configuration">The configuration file; null for settings without one.</param>
/// <param name="log">Checks the log files; returns why they cannot be written, or null.</param>
/// <param name="inbox">Receives the result of each check.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadedFileMonitor(
    Func<IReadOnlyList<LoadedFile>> networks, LoadedFile? configuration, Func<string?> log, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // A network of some megabytes is read only when its file's facts have changed.
    private readonly Dictionary<LoadedFile, (FileStatus? Facts, string? Change)> _checked = [];

    /// <summary>Checks once before returning to the caller, and then periodically until it is cancelled.</summary>
    public Task RunAsync(CancellationToken stopping) => PeriodicWork.RunAsync(Check, Interval, time, stopping);

    private void Check() => inbox.Post(new DoorMessage.FilesLookedAt([
        .. networks().Select(file => (file, Change: ChangeOf(file))).Where(one => one.Change is not null)
            .Select(one => $"the network {one.file.Path} {one.Change}: the door continues with the network in memory, but the next start "
                + $"will be refused{(one.file.IsOptional ? " or, without the file, weaker against pictures" : "")}. "
                + "Restore the file ('dooragent models verify' checks it)"),
        .. configuration is not null && ChangeOf(configuration) is { } change
            ? [$"the configuration {configuration.Path} {change}: the door continues with the settings in memory. "
                + "'dooragent config show' shows the new settings; 'systemctl restart dooragent' applies them"]
            : Array.Empty<string>(),
    ], log()));

    private string? ChangeOf(LoadedFile file)
    {
        FileStatus? facts = null;
        try
        {
            facts = Libc.Stat(file.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The file is read below, which reports the failure.
        }

        if (!_checked.TryGetValue(file, out (FileStatus? Facts, string? Change) seen) || seen.Facts != facts || facts is null)
            seen = _checked[file] = (facts, file.Change());
        return seen.Change;
    }
}

/// <summary>Records when the log files can no longer be written, and when they can be written again.</summary>
/// <param name="record">Records an event.</param>
internal sealed class LogFileMonitor(Action<DoorEvent> record)
{
    /// <summary>Why the log cannot be written; null when it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes the result of a check of the log files.</summary>
    public void Note(string? fault)
    {
        if (fault is null != Fault is null)
            record(new DoorEvent(fault is null ? DoorEventKind.LogRestored : DoorEventKind.LogFailed) { Detail = fault });
        Fault = fault;
    }
}
