using DoorAgent.Hardware;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// Looks every few seconds whether the files are still those that the door was started with: the networks, which the next start would
/// refuse, and the configuration, which only the next start reads. The deciding loop looks at its clock and its journal then.
/// </summary>
/// <param name="networks">The files of the networks that are in use now.</param>
/// <param name="configuration">The configuration's; null where none could be.</param>
/// <param name="log">Looks after the log's files, and says why they cannot be written; null when they can.</param>
/// <param name="inbox">Is posted what is known after each look.</param>
/// <param name="time">The clock.</param>
internal sealed class FilesInUse(Func<IReadOnlyList<LoadedFile>> networks, LoadedFile? configuration, Func<string?> log, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Reading a network of some megabytes is worth it only when the file system says that something was done to it.
    private readonly Dictionary<LoadedFile, (FileStatus? Facts, string? Change)> _seen = [];

    /// <summary>Looks at once, before it returns to its caller, and then until it is to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => PeriodicWork.RunAsync(Look, Interval, time, stopping);

    private void Look() => inbox.Post(new DoorMessage.FilesLookedAt([
        .. networks().Select(file => (file, Change: Seen(file))).Where(one => one.Change is not null)
            .Select(one => $"the network {one.file.Path} {one.Change}: the door goes on with what it read, and the next start will be refused. "
                + "Put the right file back ('dooragent models verify' says whether it is)"),
        .. configuration is not null && Seen(configuration) is { } change
            ? [$"the configuration {configuration.Path} {change}: the door goes on with what it read. "
                + "'dooragent config show' says what a start would take; 'systemctl restart dooragent' takes it"]
            : Array.Empty<string>(),
    ], log()));

    private string? Seen(LoadedFile file)
    {
        FileStatus? facts = null;
        try
        {
            facts = Libc.Stat(file.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at is read, and that says why it cannot be.
        }

        if (!_seen.TryGetValue(file, out (FileStatus? Facts, string? Change) seen) || seen.Facts != facts || facts is null)
            seen = _seen[file] = (facts, file.Change());
        return seen.Change;
    }
}
