using System.CommandLine;
using DoorAgent.Commands.Pad;
using DoorAgent.Liveness;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Trying;

/// <summary>Creates dooragent simulate, which plays a scenario and compares the result with the expected one.</summary>
internal static class SimulateCommand
{
    private static readonly Argument<string> What = new("scenario")
    {
        Description = "A *.door file, or the name of a built-in scenario: day, hours, keypad, passback, people, face-only, badge-or-face, "
            + "badge-only, liveness, liveness-turn (needs --models), attacks, seed, seed-identify (the seed's need --models and --root seed=DIR).",
        DefaultValueFactory = _ => "day",
    };

    private static readonly Option<string[]> Roots = new("--root")
    {
        Description = "Folder with the pictures of a root: --root seed=DIR. The root 'builtin' always exists.",
    };

    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Shows only the table, not the log." };

    internal static Command Create()
    {
        Command simulate = new("simulate", $"""
            Plays a day at a simulated door and compares the result with the expected one.

            Real pictures and networks, simulated hardware, simulated time. Shows the log as a technician sees it, then a
            table of what was expected and what happened. Nothing real is touched. Exit code 1 on any difference.
            An example, and what counts as a difference: deploy/guide/scenarios.md, or guide/scenarios.md beside the package's README.

            {ScenarioGrammar.Text}
            """) { What, Roots, Quiet };
        simulate.Validators.Add(result =>
        {
            // Every verb accepts these options; here they have no meaning and are refused rather than ignored.
            foreach (Option option in new Option[] { CommonOptions.Set, CommonOptions.Config, CommonOptions.Data })
            {
                if (result.GetResult(option) is { Implicit: false })
                    result.AddError($"simulate does not accept {option.Name}: the scenario contains the settings ('set Doors:AccessTime "
                        + $"5s'), and its data are deleted afterwards.");
            }
        });
        simulate.SetAction(PlayAsync);
        return simulate;
    }

    private static async Task<int> PlayAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string file = ScenarioFiles.Find(result.GetRequiredValue(What));
        (ScenarioReport report, _) = await ScenarioRun.PlayAsync(file, ScenarioFiles.Roots(result.GetValue(Roots) ?? []),
            Places.Resolve(null, result.GetValue(CommonOptions.Models)).ModelDirectories, !result.GetValue(Quiet), cancellationToken);
        Write(report, Path.GetFileName(file));
        return report.IsAsExpected ? 0 : 1;
    }

    /// <summary>Prints a table of expected and actual events.</summary>
    private static void Write(ScenarioReport report, string title)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(title))
            .AddColumns("time", "line", "step", "expected", "actual", "");
        foreach (ReportRow row in report.Rows)
        {
            table.AddRow(row.Time, row.Line.Number > 0 ? $"{row.Line.Number}" : "", Markup.Escape(row.Step), Markup.Escape(row.Expected),
                Markup.Escape(row.Actual), row.IsDifference ? $"[red]{row.Verdict}[/]" : "[green]ok[/]");
        }

        AnsiConsole.Write(table);
        if (report.Liveness != LivenessStrength.Off)
            AnsiConsole.MarkupLine(Markup.Escape($"Liveness was judged by {PadWords.Of(report.Liveness)}."));
        AnsiConsole.MarkupLine(report.IsAsExpected ? $"[green]{Markup.Escape(report.Summary)}[/]"
            : $"[red]{Markup.Escape(report.Summary)}[/]");
    }
}
