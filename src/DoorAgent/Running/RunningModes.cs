using DoorAgent.Auditing;
using DoorAgent.Modes;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>Connects the door's mode with its file, its hours and its journal.</summary>
internal static class RunningModes
{
    /// <summary>Returns the parts of <see cref="DoorModes"/>.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="places">The data directory.</param>
    /// <param name="calendar">The unlock hours and the wall clock.</param>
    /// <param name="recorder">Knows whether records can be written.</param>
    /// <exception cref="UserErrorException">The journal cannot be read.</exception>
    public static ModeParts PartsOf(DoorSettings settings, Places places, Calendar calendar, EventRecorder recorder)
    {
        ModeFile file = new(places.ModeFile);
        bool needsRecord = settings.Auditing.OnFailure == OnAuditFailure.Deny;
        return new ModeParts
        {
            Rule = new ModeRule(settings.Doors.UnlockHours, settings.Doors.FirstPersonIn),
            File = file,
            Hours = settings.Doors.UnlockHours,
            ReadHours = calendar.ReadUnlockHours,
            Wall = () => calendar.Now,
            ToNextMinute = () => calendar.ToNextMinute,
            IsClockSet = () => calendar.IsClockSet,
            Next = calendar.Next,
            Previous = PreviousModes.Read(file, places.JournalFile, calendar.Now),
            NeedsRecord = needsRecord,
            MayUnlock = () => !needsRecord || recorder.Fault is null,
        };
    }
}
