using DoorAgent.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Setup;

/// <summary>Shows the doctor's findings to people.</summary>
internal static class DoctorView
{
    public static IRenderable Of(IReadOnlyList<CheckResult> results)
    {
        Table table = new Table().Border(TableBorder.Minimal).AddColumns("check", "", "found");
        foreach (CheckResult result in results)
        {
            string name = result.Name;
            foreach (Finding finding in result.Findings)
            {
                table.AddRow(Markup.Escape(name), Word(finding.Level), Text(finding));
                name = "";
            }
        }

        return new Rows(table, new Markup(Summary(results)));
    }

    private static string Text(Finding finding) => finding.Next is null
        ? Markup.Escape(finding.What)
        : $"{Markup.Escape(finding.What)}\n[grey]next:[/] {Markup.Escape(finding.Next)}";

    private static string Word(FindingLevel level) => level switch
    {
        FindingLevel.Ok => "[green]OK[/]",
        FindingLevel.Warning => "[yellow]warning[/]",
        _ => "[red]FAULT[/]",
    };

    private static string Summary(IReadOnlyList<CheckResult> results)
    {
        int faults = Count(FindingLevel.Fault), warnings = Count(FindingLevel.Warning);
        return faults > 0 ? $"[red]{Words(faults, "fault")}[/], {Words(warnings, "warning")}: the door is not as it should be."
            : warnings > 0 ? $"No fault, [yellow]{Words(warnings, "warning")}[/]."
            : "[green]All is well.[/]";

        int Count(FindingLevel level) => results.Sum(result => result.Findings.Count(finding => finding.Level == level));
    }

    private static string Words(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
