using System.Text;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Fuzz.Targets;

/// <summary>The configuration: a JSON file, or after a first byte of 1 lines of Section:Key=value.</summary>
internal sealed class SettingsTarget : FuzzTarget
{
    private const byte File = (byte)'{', Assignments = 1;

    public override string Name => "settings";

    public override IReadOnlyList<string> Tokens =>
    [
        "\"Doors\":", "\"AccessTime\":", "\"5 s\"", "\"Hardware\":", "\"Kind\":", "\"simulated\"", "\"Badges\":", "\"Formats\":",
        "[\"H10301\"]", "\"Schedules\":", "\"office\":", "\"Mon-Fri 07:00-19:00\"", "\"Decisions\":", "\"Mode\":", "\"face-only\"",
        "\"Matching\":", "\"Fmr\":",
        "\"Serilog\":", "\"WriteTo\":", "\"Args\":", "\"MinimumLevel\":", "\"Name\":", "\"File\"", "\"path\":", "\"Using\":",
        "\"AuditTo\":",
        "\"Console\"", "\"LevelSwitches\":", "\"$a\":", "true", "null", "1e999", "-1", "[]", "{}", "\\ud800", "/*", "*/", "//", ":0", "\n",
        "Doors:AccessTime=5s", "Badges:Formats:0=H10301", "Serilog:WriteTo:0:Name=Console",
    ];

    public override IEnumerable<byte[]> Seeds() =>
    [
        """
        { "Doors": { "AccessTime": "5 s" }, "Badges": { "Formats": ["H10301"], "Reader": "wiegand" },
          "Matching": { "Fmr": 0.001 }, "Hardware": { "Kind": "simulated", "Contact": "none" } }
        """u8.ToArray(),
        """{ "Schedules": { "office": "Mon-Fri 07:00-19:00" }, "Decisions": { "Mode": "face-only" }, "Hardware": { "Kind": "gpio" } }"""u8
            .ToArray(),
        """
        { // A log
          "Hardware": { "Kind": "simulated", "Contact": "none" },
          "Serilog": { "MinimumLevel": { "Default": "Information", "Override": { "System": "Warning" } },
            "WriteTo": [{ "Name": "File", "Args": { "path": "/tmp/never/log.txt", "rollingInterval": "Day" } }, { "Name": "Console" }] } }
        """u8.ToArray(),
        [Assignments, .. "Doors:AccessTime=5s\nBadges:Formats:0=H10301\nSerilog:WriteTo:0:Name=Console\n"u8,
            .. "People:KeepCrops=true\nHardware:Kind=simulated\nHardware:Contact=none"u8],
    ];

    public override void Read(ReadOnlySpan<byte> input)
    {
        LoadedSettings loaded = input is [Assignments, .. var lines]
            ? SettingsFile.FromAssignments("fuzzed", Encoding.UTF8.GetString(lines).Split('\n'))
            : SettingsFile.FromText("fuzzed", [.. input is [File, ..] ? [] : "{"u8, .. input]);
        foreach (EffectiveSetting one in loaded.Effective)
            _ = one.ToString();
        DoorSettings settings = new(loaded);
        settings.NeedAll();
        // A door that starts has hours, and finds out whether its hardware is real.
        _ = (settings.HoursBy(new SteppedTime(), DateTimeOffset.UnixEpoch), settings.IsSimulated);
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;
}
