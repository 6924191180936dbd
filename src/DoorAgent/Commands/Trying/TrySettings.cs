using DoorAgent.Running;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>The settings of a trial: the simulated door's wiring, the shipped defaults, and what is assigned.</summary>
internal static class TrySettings
{
    // A key that is pressed twice is meant twice; a reader that repeats itself is not at hand.
    private const string EveryReadCounts = "Decisions:RepeatedRead=0 s";

    /// <summary>Checked settings.</summary>
    /// <param name="assignments">As Section:Key=value; a later one wins.</param>
    /// <exception cref="UserErrorException">A key is unknown, or a value cannot be used.</exception>
    public static DoorSettings With(IEnumerable<string> assignments)
    {
        DoorSettings settings = SimulatedSettings.With("--set", assignments.Prepend(EveryReadCounts));
        settings.NeedAll();
        if (settings["Hardware:Kind"] != "simulated")
            throw new UserErrorException("A trial's hardware is simulated, whatever Hardware:Kind says. 'dooragent run' works with what a board has.");
        if (settings.Decisions.NeedsPin)
            throw new UserErrorException("A trial has no keypad, and its people have no PIN. 'dooragent simulate keypad' plays a door that asks for one; 'dooragent run' takes Decisions:Pin=required.");
        return settings;
    }
}
