using System.Globalization;

namespace DoorAgent.Simulation;

/// <summary>Reads and writes steps, each with its keyword. A new step needs both here and a record in <see cref="StepAction"/>.</summary>
internal static class StepSyntax
{
    private static readonly string[] Kinds =
        ["camera", "badge", "bits", "keys", "glitch", "door", "exit", "people", "badges", "clock", "mode", "fleet", "restart", "kill", "end"];

    /// <exception cref="ScenarioSyntaxException">The text is not a step.</exception>
    public static StepAction Read(ScenarioLine line) => Read(line.Choice("a step", Kinds), line);

    /// <summary>Reads a step after its keyword.</summary>
    /// <exception cref="ScenarioSyntaxException">The text is not a step of this kind.</exception>
    public static StepAction Read(string kind, ScenarioLine line) => kind switch
    {
        "camera" => Camera(line),
        "badge" => new PresentBadge(line.Badge(), line.Skip("gap") ? Gap(line) : PresentBadge.DefaultGap),
        "bits" => new SendBits(line.Letters("a row of bits", "01", 128), line.Skip("swapped")),
        "keys" => new PressKeys(line.Letters("a row of keys", "0123456789*#", 32)),
        "glitch" => new Glitch(line.Whole("a number of edges", 1, 1000)),
        "door" => Door(line),
        "exit" => Exit(line),
        "people" => PeopleSyntax.Read(line),
        "badges" => Badges(line),
        "clock" => ClockSyntax.Read(line),
        "mode" => ModeSyntax.Read(line),
        "fleet" => FleetSyntax.Read(line),
        "restart" => new Restart([]),
        "kill" => new Kill(),
        _ => new EndScenario(),
    };

    /// <summary>Formats a step as in a file. The settings of a <see cref="Restart"/> are written on separate lines.</summary>
    public static string Write(StepAction action) => action switch
    {
        ShowPictures pictures => Write(pictures),
        ShowPresentation presentation => Write(presentation),
        ShowView view => $"camera {Lower(view.View)}",
        PresentBadge badge when badge.Gap == PresentBadge.DefaultGap => $"badge {badge.Badge.Number}",
        PresentBadge badge => $"badge {badge.Badge.Number} gap {ScenarioNumber.Milliseconds(badge.Gap)}",
        SendBits bits => $"bits {bits.Bits}{(bits.Swapped ? " swapped" : "")}",
        PressKeys keys => $"keys {ScenarioWords.Write(keys.Keys)}",
        Glitch glitch => string.Create(CultureInfo.InvariantCulture, $"glitch {glitch.Edges}"),
        MoveDoor door => door.Open ? "door open" : "door close",
        BounceDoor bounce => string.Create(CultureInfo.InvariantCulture, $"door bounce {bounce.Times}"),
        PressExit press => press.For == PressExit.Default ? "exit press" : $"exit press {ScenarioNumber.Seconds(press.For)}",
        ChangePerson change => PeopleSyntax.Write(change),
        ChangeSchedule change => PeopleSyntax.Write(change),
        ChangeValidity change => PeopleSyntax.Write(change),
        ChangeMark change => PeopleSyntax.Write(change),
        ChangeHost change => PeopleSyntax.Write(change),
        LeaveWithBadge leave => $"exit badge {leave.Badge.Number}",
        BlockBadge block => $"badges {(block.IsLost ? "lost" : "block")} {block.Badge.Number}",
        AddBadge add => $"badges add {ScenarioWords.Write(add.Name)} {add.Badge.Number}",
        SetClock set => ClockSyntax.Write(set),
        MoveClock move => ClockSyntax.Write(move),
        ChangeMode change => ModeSyntax.Write(change),
        ChangeFleet change => FleetSyntax.Write(change),
        Restart => "restart",
        Kill => "kill",
        EndScenario => "end",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static readonly string[] Views = [.. Enum.GetValues<CameraView>().Select(Lower)];

    private static readonly string[] LoopModes = [.. Enum.GetValues<LoopMode>().Select(Lower)];

    private static readonly string[] Presentations = ["print", "replay", "still", "live", "turn", "wrong-turn"];

    private static StepAction Camera(ScenarioLine line)
    {
        Word glob = line.Take("a glob of pictures, or one of none, unplugged, frozen, dark");
        if (!glob.IsQuoted && Views.Contains(glob.Text))
            return new ShowView(Enum.Parse<CameraView>(glob.Text, ignoreCase: true));
        if (line.Skip("as"))
            return Presented(glob.Text, line);
        ShowPictures pictures = new(glob.Text, ShowPictures.DefaultRate, LoopMode.Loop, Noise: 0);
        if (line.Skip("beside"))
            pictures = pictures with { Beside = line.Take("a glob of pictures").Text };
        pictures = pictures with { Rate = Rate(line) };
        if (line.Peek() is { IsQuoted: false } mode && LoopModes.Contains(mode.Text))
            pictures = pictures with { Mode = Enum.Parse<LoopMode>(line.Take("").Text, ignoreCase: true) };
        if (line.Skip("noise"))
            pictures = pictures with { Noise = line.Number("the noise in grey levels", 0, 64) };
        line.End(["as", "beside", "rate", .. LoopModes, "noise"]);
        return pictures;
    }

    private static ShowPresentation Presented(string glob, ScenarioLine line)
    {
        int kind = Array.IndexOf(Presentations, line.Choice("how the picture is presented", Presentations));
        ShowPresentation presentation = new(glob, (Presentation)kind, Rate(line));
        line.End(["rate"]);
        return presentation;
    }

    private static decimal Rate(ScenarioLine line) =>
        line.Skip("rate") ? line.Number("the frames a second", 0.1, 240) : ShowPictures.DefaultRate;

    private static StepAction Door(ScenarioLine line) => line.Choice("what is done to the door", ["open", "close", "bounce"]) switch
    {
        "open" => new MoveDoor(Open: true),
        "close" => new MoveDoor(Open: false),
        _ => new BounceDoor(line.Whole("a number of bounces", 1, 100)),
    };

    private static StepAction Exit(ScenarioLine line)
    {
        if (line.Choice("what is done at the exit", ["press", "badge"]) == "badge")
            return new LeaveWithBadge(line.Badge());
        return new PressExit(line.AtEnd ? PressExit.Default : line.Seconds("how long it is pressed, in seconds", 0.001, 60));
    }

    private static StepAction Badges(ScenarioLine line) => line.Choice("what is done to a badge", ["block", "lost", "add"]) switch
    {
        "block" => new BlockBadge(line.Badge(), IsLost: false),
        "lost" => new BlockBadge(line.Badge(), IsLost: true),
        _ => new AddBadge(line.Person(), line.Badge()),
    };

    private static string Write(ShowPresentation presentation) =>
        $"camera {ScenarioWords.Write(presentation.Pictures)} as {Presentations[(int)presentation.As]}{WriteRate(presentation.Rate)}";

    private static string WriteRate(decimal rate) =>
        rate == ShowPictures.DefaultRate ? "" : $" rate {ScenarioNumber.Write(rate)}";

    private static string Write(ShowPictures pictures)
    {
        string text = $"camera {ScenarioWords.Write(pictures.Pictures)}";
        if (pictures.Beside is not null)
            text += $" beside {ScenarioWords.Write(pictures.Beside)}";
        text += WriteRate(pictures.Rate);
        if (pictures.Mode != LoopMode.Loop)
            text += $" {Lower(pictures.Mode)}";
        if (pictures.Noise != 0)
            text += $" noise {ScenarioNumber.Write(pictures.Noise)}";
        return text;
    }

    private static TimeSpan Gap(ScenarioLine line) =>
        TimeSpan.FromTicks((long)(line.Number("the gap in milliseconds", 0.2, 20) * TimeSpan.TicksPerMillisecond));

    private static string Lower<T>(T value) where T : struct, Enum => ScenarioWords.Lower(value.ToString());
}
