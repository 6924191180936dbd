using DoorAgent.Running;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Creates the settings of a trial: the simulated door's wiring, the shipped defaults, and assignments.</summary>
internal static class TrySettings
{
    // A key pressed twice means two badge reads; only a real reader repeats a read by itself.
    private const string EveryReadCounts = "Decisions:RepeatedRead=0 s";

    // Whether the liveness check passes stills proves nothing, and some faces are too small for that check.
    private const string StillsCount = "Liveness:Mode=off";

    /// <summary>Returns checked settings.</summary>
    /// <param name="assignments">As Section:Key=value; a later one wins.</param>
    /// <param name="isOfStills">Whether the camera shows stills, such as those of the built-in people.</param>
    /// <exception cref="UserErrorException">A key is unknown, or a value cannot be used.</exception>
    public static DoorSettings With(IEnumerable<string> assignments, bool isOfStills)
    {
        string[] own = isOfStills ? [EveryReadCounts, StillsCount] : [EveryReadCounts];
        DoorSettings settings = SimulatedSettings.With("--set", own.Concat(assignments));
        settings.NeedAll();
        if (settings["Hardware:Kind"] != "simulated")
            throw new UserErrorException("A trial always uses simulated hardware, so Hardware:Kind must be simulated. "
                + "'dooragent run' uses the hardware of a board.");
        if (settings.Decisions.NeedsPin)
            throw new UserErrorException("A trial has no keypad, and its people have no PIN. 'dooragent simulate keypad' plays a door "
                + "that asks for a PIN; 'dooragent run' accepts Decisions:Pin=required.");
        return settings;
    }
}
