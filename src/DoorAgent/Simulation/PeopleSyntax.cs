using DoorAgent.Galleries;
using DoorAgent.Matching;

namespace DoorAgent.Simulation;

/// <summary>Reads and writes changes that another process makes to a person: <c>people disable NAME</c>, <c>people schedule NAME
/// office</c>, <c>people two-person NAME on</c>, <c>people escort NAME HOST</c>, <c>people until NAME 2026-03-31</c>, <c>people until NAME never</c>, <c>people from NAME always</c>.</summary>
internal static class PeopleSyntax
{
    private const string Lockdown = "lockdown", TwoPerson = "two-person", Escort = "escort", None = "none", On = "on", Off = "off";

    private static readonly string[] Kinds =
    [
        .. Enum.GetNames<PersonChange>().Select(ScenarioWords.Lower), "schedule", Lockdown, TwoPerson, Escort,
            .. Enum.GetNames<ValidityLimit>().Select(ScenarioWords.Lower),
    ];

    /// <exception cref="ScenarioSyntaxException">The text is not a change of a person.</exception>
    public static StepAction Read(ScenarioLine line)
    {
        string kind = line.Choice("what is done to a person", Kinds);
        string name = line.Person();
        if (kind == "schedule")
            return new ChangeSchedule(name, line.Take("the name of a schedule").Text);
        if (kind == Escort)
            return new ChangeHost(name, line.Skip(None) ? null : line.Person());
        if (kind is Lockdown or TwoPerson)
        {
            return new ChangeMark(name, kind == Lockdown ? PersonMark.Lockdown : PersonMark.TwoPerson,
                line.Choice("on or off", [On, Off]) == On);
        }

        if (Enum.TryParse(kind, ignoreCase: true, out ValidityLimit limit))
            return new ChangeValidity(name, limit, line.Skip(WithoutEnd(limit)) ? null : line.Date());
        return new ChangePerson(Enum.Parse<PersonChange>(kind, ignoreCase: true), name);
    }

    public static string Write(ChangePerson change) =>
        $"people {ScenarioWords.Lower($"{change.Change}")} {ScenarioWords.Write(change.Name)}";

    public static string Write(ChangeSchedule change) =>
        $"people schedule {ScenarioWords.Write(change.Name)} {ScenarioWords.Write(change.Schedule)}";

    public static string Write(ChangeMark change) =>
        $"people {(change.Mark == PersonMark.Lockdown ? Lockdown : TwoPerson)} {ScenarioWords.Write(change.Name)} {(change.IsSet ? On : Off)}";

    public static string Write(ChangeHost change) =>
        $"people {Escort} {ScenarioWords.Write(change.Name)} {(change.Host is { } host ? ScenarioWords.Write(host) : None)}";

    public static string Write(ChangeValidity change) =>
        $"people {ScenarioWords.Lower($"{change.Limit}")} {ScenarioWords.Write(change.Name)} "
            + $"{change.Date?.ToString() ?? WithoutEnd(change.Limit)}";

    private static string WithoutEnd(ValidityLimit limit) => limit == ValidityLimit.From ? "always" : "never";
}
