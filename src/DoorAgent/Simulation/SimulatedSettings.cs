using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Simulation;

/// <summary>The settings of a simulated door: its wiring and the shipped defaults. A scenario may change any of them.</summary>
internal static class SimulatedSettings
{
    private static readonly Setting[] Wiring =
    [
        new("Hardware:Kind", "simulated"), new("Hardware:Contact", "23"), new("Hardware:Exit", "24"),
        new("Hardware:Green", "5"), new("Hardware:Red", "6"), new("Hardware:Buzzer", "7"),
        new("Hardware:LeftLight", "8"), new("Hardware:RightLight", "9"),
    ];

    /// <summary>Returns the wiring together with a scenario's settings; a later setting wins.</summary>
    /// <exception cref="UserErrorException">A key is unknown, or a value has the wrong form.</exception>
    public static DoorSettings With(IEnumerable<Setting> settings) => new(SettingsFile.FromAssignments(
    [
        ("simulated door", Wiring.Select(Assigned)),
        .. settings.Select(setting => ($"{setting.Line}", (IEnumerable<string>)[Assigned(setting)])),
    ]));

    /// <summary>Returns the wiring together with assignments in the form Section:Key=value; a later one wins.</summary>
    /// <exception cref="UserErrorException">A key is unknown, or a value has the wrong form; the message names the origin.</exception>
    public static DoorSettings With(string origin, IEnumerable<string> assignments) =>
        new(SettingsFile.FromAssignments(origin, Wiring.Select(Assigned).Concat(assignments)));

    private static string Assigned(Setting setting) => $"{setting.Key}={setting.Value}";
}
