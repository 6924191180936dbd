using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Modes;
using DoorAgent.Operating;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Door;

/// <summary>Shows the state of a running door to people.</summary>
internal static class StatusView
{
    public static IRenderable Of(DoorStatus status)
    {
        Grid facts = new();
        facts.AddColumn(new GridColumn().NoWrap()).AddColumn();
        Fact(facts, "door", DoorWords(status));
        // The most important facts come first: a small terminal shows the top.
        Fact(facts, "faults", status.Faults.Count == 0 ? "[green]none[/]" : $"[red]{Markup.Escape(string.Join("; ", status.Faults))}[/]");
        if (status.Mode is { } mode)
            Fact(facts, "mode", mode.Mode == DoorMode.Normal ? Markup.Escape(mode.Words) : $"[yellow]{Markup.Escape(mode.Words)}[/]");
        if (status.Fleet is { } fleet)
            Fact(facts, "fleet", fleet.Stale is null ? Markup.Escape(fleet.Words) : $"[red]{Markup.Escape($"STALE; {fleet.Words}")}[/]");
        Known(facts, "contact", status.Contact);
        Known(facts, "exit button", status.ExitButton);
        Known(facts, "reader", status.Reader);
        Known(facts, "exit reader", status.ExitReader);
        Known(facts, "display", status.Display);
        Known(facts, "camera", status.FramesASecond is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} frames a second") : null);
        Known(facts, "error rates", status.Rates);
        Known(facts, "liveness", status.Liveness);
        Fact(facts, "lights", $"[grey]{status.Lights}[/]");
        Fact(facts, "looking for", Markup.Escape(status.LookingFor ?? "nobody"));
        Fact(facts, "gallery", status.Gallery is { } gallery ? Markup.Escape(gallery) : "[red]none, so nobody is let in[/]");
        Known(facts, "rollback", status.Rollback);
        Fact(facts, "running", Markup.Escape(status.Running));
        Known(facts, "version", status.Version);
        Fact(facts, "since", $"{status.Since:yyyy-MM-dd HH:mm:ss} ({Words(status.Now - status.Since)})");
        foreach (string note in status.Notes)
            Fact(facts, "note", $"[yellow]{Markup.Escape(note)}[/]");
        return new Rows([facts, Text.Empty, .. status.Events.Select(Line)]);
    }

    private static Markup Line(DoorEvent made) => new(string.Create(
        CultureInfo.InvariantCulture, $"[grey]{made.Time:HH:mm:ss}[/]  {Markup.Escape(DoorLog.WordsOf(made))}"));

    private static string DoorWords(DoorStatus status) => status.Door switch
    {
        DoorPhase.Locked => "[green]locked[/]",
        DoorPhase.Unlocked when status.Mode is { Mode: DoorMode.Unlocked } => "[yellow]unlocked[/]",
        DoorPhase.Unlocked => string.Create(CultureInfo.InvariantCulture,
            $"[yellow]unlocked, the relay stays on for {status.RelaySecondsLeft:0.0} s[/]"),
        DoorPhase.Open => "[yellow]open[/]",
        DoorPhase.HeldOpen => "[red]HELD OPEN (alarm)[/]",
        _ => "[red]FORCED (alarm)[/]",
    };

    private static string Words(TimeSpan time) =>
        time.TotalDays >= 1 ? $"{time.Days} d {time.Hours} h" : time.TotalHours >= 1 ? $"{time.Hours} h {time.Minutes} min"
            : $"{time.Minutes} min {time.Seconds} s";

    /// <summary>Adds a fact that a door of an older version does not report.</summary>
    private static void Known(Grid facts, string name, string? value)
    {
        if (value is not null)
            Fact(facts, name, Markup.Escape(value));
    }

    private static void Fact(Grid facts, string name, string value) => facts.AddRow($"[grey]{name}[/]", value);
}
