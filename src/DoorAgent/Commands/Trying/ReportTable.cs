using DoorAgent.Simulation;
using Spectre.Console;

namespace DoorAgent.Commands.Trying;

/// <summary>Shows what a simulation expected and what happened.</summary>
internal static class ReportTable
{
    public static void Write(ScenarioReport report, string title)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(title)).AddColumns("time", "line", "step", "expected", "actual", "");
        foreach (ReportRow row in report.Rows)
        {
            table.AddRow(row.Time, row.Line.Number > 0 ? $"{row.Line.Number}" : "", Markup.Escape(row.Step), Markup.Escape(row.Expected),
                Markup.Escape(row.Actual), row.IsDifference ? $"[red]{row.Verdict}[/]" : "[green]ok[/]");
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine(report.IsAsExpected ? $"[green]{Markup.Escape(report.Summary)}[/]" : $"[red]{Markup.Escape(report.Summary)}[/]");
    }
}
