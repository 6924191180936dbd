using DoorAgent.Events;
using DoorAgent.Modes;
using DoorAgent.Operating;

namespace DoorAgent.Running;

/// <summary>Finds out which mode the previous run left. In doubt that is a lockdown.</summary>
internal static class PreviousModes
{
    /// <summary>Reads the file of the mode; where there is none, the journal's last word.</summary>
    /// <param name="file">The file of the mode.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="now">Wall time, at the door's offset.</param>
    /// <exception cref="UserErrorException">The journal is damaged, foreign or newer, or cannot be read.</exception>
    public static PreviousMode Read(ModeFile file, string journal, DateTimeOffset now)
    {
        try
        {
            if (file.Read() is { } lasting)
                return new PreviousMode(lasting, MustBeWritten: false);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new PreviousMode(Locked(now, $"because the mode of the run before cannot be read: {failure.Message.TrimEnd('.')}"), true);
        }

        // The file is missing at the first start with this version, too: only then the whole journal is searched.
        DoorEvent? last = PreviousEnd.Newest(journal, DoorEventKind.LockdownStarted, DoorEventKind.LockdownEnded);
        return new PreviousMode(last?.Kind == DoorEventKind.LockdownStarted
            ? Locked(last.Time ?? now, "by the journal: the file of the mode is missing") : LastingMode.Normal, MustBeWritten: true);
    }

    private static LastingMode Locked(DateTimeOffset since, string by) => new(new Lockdown(since, by));
}
