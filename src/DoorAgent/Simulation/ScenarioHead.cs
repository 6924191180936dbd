using System.Globalization;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Simulation;

/// <summary>Reads the lines before the first step.</summary>
internal sealed class ScenarioHead
{
    // Outside these years no time zone has rules, and clock arithmetic overflows.
    public const int FirstYear = 1970;
    public const int LastYear = 2199;

    private static readonly string[] Kinds = ["start", "set", "enrol"];

    public ScenarioStart? Start { get; private set; }

    public List<Setting> Settings { get; } = [];

    public List<EnrolLine> Enrolments { get; } = [];

    /// <summary>Names of the people enrolled so far.</summary>
    public IReadOnlyCollection<string> People => [.. Enrolments.Select(enrolment => enrolment.Name)];

    /// <summary>Reads a line after its first word.</summary>
    /// <exception cref="ScenarioSyntaxException">The line does not belong in the head.</exception>
    public void Read(ScenarioLine line, Word first, SourceLine number)
    {
        switch (first.Text)
        {
            case "start" when Start is not null:
                throw new ScenarioSyntaxException(first.Column, "start is given a second time.");
            case "start":
                Start = ReadStart(line);
                break;
            case "set":
                Settings.Add(ReadSetting(line, number));
                break;
            case "enrol":
                Enrolments.Add(ReadEnrolment(line, number));
                break;
            default:
                throw new ScenarioSyntaxException(
                    first.Column, $"no line starts with '{first.Text}'; a step starts with its time.{DidYouMean.Hint(first.Text, Kinds)}");
        }

        line.End();
    }

    /// <summary>Reads a line after the word <c>set</c>.</summary>
    public static Setting ReadSetting(ScenarioLine line, SourceLine number)
    {
        Word key = line.Take("a key of the configuration");
        if (!key.Text.Contains(':', StringComparison.Ordinal))
            throw new ScenarioSyntaxException(key.Column, $"'{key.Text}' is not a key of the configuration, such as Matching:Fmr.");
        Setting setting = new(key.Text, line.Take($"the value of {key.Text}").Text) { Line = number };
        line.End();
        return setting;
    }

    private static ScenarioStart ReadStart(ScenarioLine line)
    {
        (DateTime local, int column) = ReadLocal(line);
        Word zone = line.Take("the time zone, such as Europe/Berlin,");
        TimeZoneInfo found = TimeZones.Find(zone.Text) ?? throw new ScenarioSyntaxException(zone.Column, TimeZones.Unknown(zone.Text));
        return found.IsInvalidTime(local)
            ? throw new ScenarioSyntaxException(column, string.Create(
                CultureInfo.InvariantCulture, $"{local:HH:mm:ss} does not exist on that day in {zone.Text}: the clock is put forward."))
            : new ScenarioStart(local, zone.Text);
    }

    /// <summary>Reads a date and a time of day; the column is that of the time.</summary>
    public static (DateTime Local, int Column) ReadLocal(ScenarioLine line)
    {
        Word date = line.Take("the date, such as 2026-03-02,");
        Word time = line.Take("the time, such as 07:55:00,");
        if (!DateOnly.TryParseExact(date.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            || day.Year is < FirstYear or > LastYear)
        {
            throw new ScenarioSyntaxException(
                date.Column, $"'{date.Text}' is not a date: YYYY-MM-DD is required, from {FirstYear} to {LastYear}.");
        }

        return TimeOnly.TryParseExact(time.Text, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly clock)
            ? (day.ToDateTime(clock), time.Column)
            : throw new ScenarioSyntaxException(time.Column, $"'{time.Text}' is not a time of day: hh:mm:ss is required.");
    }

    private EnrolLine ReadEnrolment(ScenarioLine line, SourceLine number)
    {
        Word name = line.Take("the name of a person");
        if (Enrolments.Any(enrolment => enrolment.Name == name.Text))
            throw new ScenarioSyntaxException(name.Column, $"{name.Text} is already enrolled.");
        Badge? badge = line.Skip("badge") ? line.Badge() : null;
        Pin? pin = line.Skip("pin") ? ReadPin(line) : null;
        Pin? duress = pin is not null && line.Skip("duress") ? ReadPin(line) : null;
        string? schedule = line.Skip("schedule") ? line.Take("the name of a schedule").Text : null;
        ValidityDate? last = line.Skip("until") ? line.Date() : null;
        line.Need("from");
        return new EnrolLine(name.Text, badge, line.Take("a glob of pictures").Text)
        {
            Pin = pin,
            Duress = duress,
            Schedule = schedule,
            ValidUntil = last,
            Line = number,
        };
    }

    private static Pin ReadPin(ScenarioLine line)
    {
        Word digits = line.Take("a PIN");
        return Pin.WhyNot(digits.Text) is { } why ? throw new ScenarioSyntaxException(digits.Column, why) : Pin.Parse(digits.Text);
    }
}
