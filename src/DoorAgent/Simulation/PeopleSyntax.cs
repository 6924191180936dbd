using DoorAgent.Matching;

namespace DoorAgent.Simulation;

/// <summary>Reads and writes changes that another process makes to a person: <c>people disable NAME</c>, <c>people schedule NAME
/// office</c>, <c>people until NAME 2026-03-31</c>, <c>people until NAME never</c>, <c>people from NAME always</c>.</summary>
internal static class PeopleSyntax
{
    private static readonly string[] Kinds =
    [
        .. Enum.GetNames<PersonChange>().Select(ScenarioWords.Lower), "schedule",
            .. Enum.GetNames<ValidityLimit>().Select(ScenarioWords.Lower),
    ];

    /// <exception cref="ScenarioSyntaxException">The text is not a change of a person.</exception>
    public static StepAction Read(ScenarioLine line)
    {
        string kind = line.Choice("what is done to a person", Kinds);
        string name = line.Person();
        if (kind == "schedule")
            return new ChangeSchedule(name, line.Take("the name of a schedule").Text);
        if (Enum.TryParse(kind, ignoreCase: true, out ValidityLimit limit))
            return new ChangeValidity(name, limit, line.Skip(WithoutEnd(limit)) ? null : line.Date());
        return new ChangePerson(Enum.Parse<PersonChange>(kind, ignoreCase: true), name);
    }

    public static string Write(ChangePerson change) =>
        $"people {ScenarioWords.Lower($"{change.Change}")} {ScenarioWords.Write(change.Name)}";

    public static string Write(ChangeSchedule change) =>
        $"people schedule {ScenarioWords.Write(change.Name)} {ScenarioWords.Write(change.Schedule)}";

    public static string Write(ChangeValidity change) =>
        $"people {ScenarioWords.Lower($"{change.Limit}")} {ScenarioWords.Write(change.Name)} "
            + $"{change.Date?.ToString() ?? WithoutEnd(change.Limit)}";

    private static string WithoutEnd(ValidityLimit limit) => limit == ValidityLimit.From ? "always" : "never";
}
