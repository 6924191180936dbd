using DoorAgent.Enrolment;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Shows a list of people on the screen: who can be enrolled, and who cannot and why.</summary>
internal static class ListEnrolmentView
{
    public static void Show(IReadOnlyList<PersonFinding> findings)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("", "name", "badges", "hours", "valid", "pictures", "");
        foreach (PersonFinding finding in findings)
            table.AddRow([.. Cells(finding).Select(Markup.Escape)]);
        AnsiConsole.Write(table);
        foreach (PersonFinding finding in findings.Where(finding => finding.Person is not null
            && finding.Findings.Any(picture => !picture.IsKept)))
        {
            Console.WriteLine($"{finding.Row.Name}: left out");
            foreach (string line in FindingLines.Of([.. finding.Findings.Where(picture => !picture.IsKept)]))
                Console.WriteLine($"  {line}");
        }
    }

    private static string[] Cells(PersonFinding finding)
    {
        PersonRow row = finding.Row;
        // A complete badge number is as good as a key, so only its last two digits are shown.
        string badges = finding.Person is { } person ? string.Join(", ", person.Badges.Select(badge => badge.Hint)) : row.Badges.Length > 0
            ? "given" : "";
        string pictures = finding.Findings.Count == 0 ? ""
            : $"{finding.Findings.Count(picture => picture.IsKept)} of {finding.Findings.Count}";
        return [row.Where, row.Name, badges, row.Schedule, $"{row.From}{(row.From.Length + row.Until.Length > 0 ? " to " : "")}{row.Until}",
            pictures, finding.WhyNot ?? "ok"];
    }
}
