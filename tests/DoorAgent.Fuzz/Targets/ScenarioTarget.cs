using System.Text;
using DoorAgent.Schedules;
using DoorAgent.Simulation;

namespace DoorAgent.Fuzz.Targets;

/// <summary>Scenario files. They come with a report of an error, from people whom nobody knows.</summary>
internal sealed class ScenarioTarget : FuzzTarget
{
    // Every wrong line is an exception, which takes a tenth of a millisecond with its stack.
    private const int Longest = 1024;

    public override string Name => "scenario";

    public override int MaxLength => Longest;

    public override IReadOnlyList<string> Tokens =>
    [
        "start 2026-03-02 07:55:00 Europe/Berlin", "set ", "enrol ", " badge H10301:123:4567", " pin 4711", " duress 1177", " from ",
        " until 2026-03-31", " schedule office", "expect ", "granted ", "denied ", "event ", "state ", "relay on for 5", "lights ",
        "nothing for 4", " within 3", "camera ", "builtin:adam/*.jpg", " rate 10", "keys 4711#", "bits 10110", "door open", "restart",
        "clock set 2026-03-29 02:30:00", "clock +2h", "people disable ", "end", "\n+1 ", "\n08:00:00 ", "\"", "# ", "1e9", "-1",
    ];

    public override IEnumerable<byte[]> Seeds() =>
    [
        .. ScenarioFiles.Names.Select(name => File.ReadAllLines(ScenarioFiles.Find(name)).Where(line => line.Length > 0 && line[0] != '#'))
            .Select(lines => Encoding.UTF8.GetBytes(string.Join('\n', lines))[..Longest]),
        Encoding.UTF8.GetBytes("start 2026-03-02 07:55:00 Europe/Berlin\nset Decisions:Mode face-only\nenrol \"anna b\""
            + " until 2026-03-31 from builtin:a/*.jpg\n0 camera none\n expect state Locked\n+1 clock set 2026-03-29 03:30:00\n"
            + "08:00:00 people until \"anna b\" never\n"
            + "+1 restart\n set Doors:AccessTime 5s\n+10 end\n"),
    ];

    public override void Read(ReadOnlySpan<byte> input)
    {
        Scenario read = ScenarioParser.Parse(Encoding.UTF8.GetString(input), "fuzzed");
        BrokenPromiseException.Unless(read.Steps.Zip(read.Steps.Skip(1)).All(pair => pair.First.At <= pair.Second.At),
            "A step is before the one above it.");
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;
}

/// <summary>The text of a schedule in the configuration.</summary>
internal sealed class ScheduleTarget : FuzzTarget
{
    public override string Name => "schedule";

    public override int MaxLength => 512;

    public override IReadOnlyList<string> Tokens => ["Mon", "Fri-Mon", "Mon-Sun", " 07:00-19:00", "24:00", "00:00", ",", ";", "-", " "];

    public override IEnumerable<byte[]> Seeds() =>
    [
        "Mon-Fri 07:00-19:00; Sat 08:00-12:00, 14:00-18:00"u8.ToArray(), "Fri-Mon 22:00-06:00"u8.ToArray(),
        "Sun,Wed 00:00-24:00"u8.ToArray(),
    ];

    public override void Read(ReadOnlySpan<byte> input) => _ = Schedule.Parse(Encoding.UTF8.GetString(input));

    public override bool Allows(Exception failure) => failure is FormatException;
}
