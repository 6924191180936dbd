using System.Globalization;
using System.Text;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

/// <summary>Formats a scenario so that <see cref="ScenarioParser"/> reads an equal one. Times are counted from the start.</summary>
internal static class ScenarioPrinter
{
    private const int Indent = 10;

    public static string Print(Scenario scenario)
    {
        StringBuilder text = new();
        Line(text, string.Create(CultureInfo.InvariantCulture, $"start {scenario.Start.Local:yyyy-MM-dd HH:mm:ss} {scenario.Start.Zone}"));
        foreach (Setting setting in scenario.Settings)
            Line(text, Write(setting));
        foreach (EnrolLine enrolment in scenario.Enrolments)
            Line(text, Write(enrolment));
        foreach (Step step in scenario.Steps)
        {
            Line(text, "");
            Line(text, $"{(ScenarioNumber.Seconds(step.At) + " ").PadRight(Indent)}{StepSyntax.Write(step.Action)}");
            if (step.Action is Restart restart)
            {
                foreach (Setting setting in restart.Settings)
                    Line(text, new string(' ', Indent) + Write(setting));
            }

            foreach (Expectation expectation in step.Expectations)
                Line(text, $"{new string(' ', Indent)}expect {ExpectationSyntax.Write(expectation)}");
        }

        return text.ToString();
    }

    private static string Write(Setting setting) => $"set {ScenarioWords.Write(setting.Key)} {ScenarioWords.Write(setting.Value)}";

    private static string Write(EnrolLine enrolment) =>
        $"enrol {ScenarioWords.Write(enrolment.Name)}{(enrolment.Badge is { } badge ? $" badge {badge.Number}" : "")}"
        + $"{(enrolment.Pin is { } pin ? $" pin {pin.Digits}" : "")}{(enrolment.Duress is { } duress ? $" duress {duress.Digits}" : "")}"
        + $"{(enrolment.Schedule is { } schedule ? $" schedule {ScenarioWords.Write(schedule)}" : "")}{(enrolment.ValidUntil is { } last ? $" until {last}" : "")}"
        + $" from {ScenarioWords.Write(enrolment.Pictures)}";

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
