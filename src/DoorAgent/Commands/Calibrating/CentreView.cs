using System.Globalization;
using DoorAgent.Evaluation;
using Spectre.Console;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Shows what a change of the centre does to everybody's distances.</summary>
internal static class CentreView
{
    private const int MostLines = 30;

    public static void Show(CentringPlan plan)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("person", "pictures", "own spread", "nearest other", "at distance", "must be below");
        foreach (CentredPerson person in plan.People.Take(MostLines))
        {
            SitePerson after = person.After;
            table.AddRow(Markup.Escape(after.Name), $"{after.Encodings}",
                FromTo(person.Before?.Spread, after.Spread),
                Markup.Escape(person.Before?.NearestOther is { } earlier && earlier != after.NearestOther
                    ? $"{earlier} -> {after.NearestOther}" : after.NearestOther ?? "-"),
                FromTo(person.Before?.NearestDistance, after.NearestDistance),
                FromTo(person.Before?.Threshold, after.Threshold));
        }

        AnsiConsole.Write(table);
        if (plan.People.Count > MostLines)
            Console.WriteLine($"And {plan.People.Count - MostLines} more people with more room.");
        Console.WriteLine("Before -> after, those with the least room first. Own spread: the person's farthest picture, compared with "
            + "their others as at the door; it must be below the last column. The nearest other person must not be.");
        Console.WriteLine($"Too far from themselves: {Count(plan, TooFar)}. Too near to another: {Count(plan, TooNear)}.");
    }

    public static void ShowResult(CentringPlan plan, bool isSwitched)
    {
        if (!isSwitched)
        {
            Console.WriteLine("Nothing was changed. With --yes the gallery is switched without a question.");
            return;
        }

        Console.WriteLine($"The gallery is compared by the rule {plan.After.Name} ({plan.After.Words}); before by {plan.Before.Name}. "
            + "A running door follows within a second.");
        Console.WriteLine(plan.Centre is null ? "The stored centre is deleted."
            : "The centre stays as it is, whoever is enrolled later, until the next 'dooragent calibrate --centre'; "
                + "'dooragent calibrate --centre none' goes back.");
    }

    public static object Json(CentringPlan plan, bool isSwitched) => new
    {
        Switched = isSwitched,
        Before = plan.Before.Name,
        After = plan.After.Name,
        People = plan.People.Select(person => new
        {
            person.After.Name,
            person.After.Encodings,
            Before = person.Before is { } before ? Numbers(before) : null,
            After = Numbers(person.After),
        }),
    };

    private static object Numbers(SitePerson person) => new
    {
        Spread = Known(person.Spread),
        person.NearestOther,
        NearestDistance = Known(person.NearestDistance),
        Threshold = Known(person.Threshold),
    };

    private static string Count(CentringPlan plan, Func<SitePerson, bool> isWrong)
    {
        int after = plan.People.Count(person => isWrong(person.After));
        return plan.People.All(person => person.Before is not null)
            ? $"{plan.People.Count(person => isWrong(person.Before!))} people before, {after} after" : $"{after} people";
    }

    private static bool TooFar(SitePerson person) => person.Spread >= person.Threshold;

    private static bool TooNear(SitePerson person) => person.NearestDistance < person.Threshold;

    private static double? Known(double distance) => double.IsFinite(distance) ? Math.Round(distance, 4) : null;

    private static string FromTo(double? before, double after) => $"{Words(before)} -> {Words(after)}";

    private static string Words(double? distance) => distance is { } known && double.IsFinite(known)
        ? known.ToString("0.000", CultureInfo.InvariantCulture) : "-";
}
