using System.Globalization;
using DoorAgent.Office;
using Spectre.Console;

namespace DoorAgent.Commands.Fleet;

/// <summary>Shows the plans of a publication in a table, and how many people each step concerns.</summary>
internal static class PublicationView
{
    // Of ten thousand people nobody reads every row; whoever is refused is always shown.
    private const int MostRows = 40;

    /// <summary>Shows the plans.</summary>
    /// <param name="plans">The plans, one for each group.</param>
    /// <param name="absent">Number of people whom a group has and who are not published, by name of the group.</param>
    public static void Show(IReadOnlyList<PublicationPlan> plans, IReadOnlyDictionary<string, int> absent)
    {
        foreach (PublicationPlan plan in plans)
        {
            ShowRows(plan);
            Console.WriteLine(SummaryOf(plan));
            if (absent.TryGetValue(plan.Group, out int count) && count > 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {count:N0} more in {plan.Group} stay as they are; --exact removes whoever is not published here."));
            }
        }
    }

    /// <summary>Returns how many people each step concerns, as a sentence.</summary>
    public static string SummaryOf(PublicationPlan plan)
    {
        string[] parts =
        [
            .. Enum.GetValues<PlannedStep>().Select(step => (step, count: plan.Of(step).Count())).Where(part => part.count > 0)
                .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.count:N0} {Word(part.step)}")),
        ];
        return $"{plan.Group}: {(parts.Length > 0 ? string.Join(", ", parts) : "nobody")}";
    }

    /// <summary>Returns a step as a word.</summary>
    public static string Word(PlannedStep step) => step.ToString().ToLowerInvariant();

    private static void ShowRows(PublicationPlan plan)
    {
        PlannedPerson[] shown = [.. plan.People.Where(person => person.Step != PlannedStep.Unchanged)];
        if (shown.Length == 0)
            return;
        PlannedPerson[] rows = shown.Length <= MostRows ? shown
            : [.. plan.Of(PlannedStep.Refused), .. shown.Where(person => person.Step != PlannedStep.Refused).Take(MostRows)];
        Table table = new Table().Border(TableBorder.Simple).AddColumns("group", "name", "what", "");
        foreach (PlannedPerson person in rows)
            table.AddRow(Markup.Escape(plan.Group), Markup.Escape(person.Person.Name), Word(person.Step), Markup.Escape(person.Why));
        AnsiConsole.Write(table);
        if (rows.Length < shown.Length)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {shown.Length - rows.Length:N0} more"));
    }
}
