using System.Globalization;
using DoorAgent.Hardware.Badges;
using DoorAgent.People;

namespace DoorAgent.Simulation;

/// <summary>The lines before the first step.</summary>
internal sealed class ScenarioHead
{
    private static readonly string[] Kinds = ["start", "set", "enrol"];

    public ScenarioStart? Start { get; private set; }

    public List<Setting> Settings { get; } = [];

    public List<EnrolLine> Enrolments { get; } = [];

    /// <summary>The names enrolled so far.</summary>
    public IReadOnlyCollection<string> People => [.. Enrolments.Select(enrolment => enrolment.Name)];

    /// <summary>Reads what stands behind a line's first word.</summary>
    /// <exception cref="ScenarioSyntaxException">It is no line of the head.</exception>
    public void Read(ScenarioLine line, Word first, SourceLine number)
    {
        switch (first.Text)
        {
            case "start" when Start is not null:
                throw new ScenarioSyntaxException(first.Column, "start stands here a second time.");
            case "start":
                Start = ReadStart(line);
                break;
            case "set":
                Settings.Add(ReadSetting(line));
                break;
            case "enrol":
                Enrolments.Add(ReadEnrolment(line, number));
                break;
            default:
                throw new ScenarioSyntaxException(
                    first.Column, $"'{first.Text}' begins no line; a step begins with its time.{NearestWord.Hint(first.Text, Kinds)}");
        }

        line.End();
    }

    /// <summary>Reads what stands behind <c>set</c>.</summary>
    public static Setting ReadSetting(ScenarioLine line)
    {
        Word key = line.Take("a key of the configuration");
        if (!key.Text.Contains(':', StringComparison.Ordinal))
            throw new ScenarioSyntaxException(key.Column, $"'{key.Text}' is not a key of the configuration, such as Matching:Fmr.");
        Setting setting = new(key.Text, line.Take($"the value of {key.Text}").Text);
        line.End();
        return setting;
    }

    private static ScenarioStart ReadStart(ScenarioLine line)
    {
        Word date = line.Take("the date, such as 2026-03-02,");
        Word time = line.Take("the time, such as 07:55:00,");
        Word zone = line.Take("the time zone, such as Europe/Berlin,");
        if (!DateOnly.TryParseExact(date.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            throw new ScenarioSyntaxException(date.Column, $"'{date.Text}' is not a date: YYYY-MM-DD is wanted.");
        if (!TimeOnly.TryParseExact(time.Text, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly clock))
            throw new ScenarioSyntaxException(time.Column, $"'{time.Text}' is not a time of day: hh:mm:ss is wanted.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone.Text, out TimeZoneInfo? found))
        {
            string[] known = [.. TimeZoneInfo.GetSystemTimeZones().Select(each => each.Id)];
            string nearest = known.MinBy(id => NearestWord.Edits(zone.Text, id)) ?? "UTC";
            throw new ScenarioSyntaxException(
                zone.Column, $"'{zone.Text}' is not a time zone that this machine knows. Did you mean {nearest}?");
        }

        DateTime local = day.ToDateTime(clock);
        return found.IsInvalidTime(local)
            ? throw new ScenarioSyntaxException(
                time.Column, $"{time.Text} does not exist on that day in {zone.Text}: the clock is put forward.")
            : new ScenarioStart(local, zone.Text);
    }

    private EnrolLine ReadEnrolment(ScenarioLine line, SourceLine number)
    {
        Word name = line.Take("the name of a person");
        if (Enrolments.Any(enrolment => enrolment.Name == name.Text))
            throw new ScenarioSyntaxException(name.Column, $"{name.Text} is enrolled already.");
        Badge? badge = line.Skip("badge") ? line.Badge() : null;
        Pin? pin = line.Skip("pin") ? ReadPin(line) : null;
        Pin? duress = pin is not null && line.Skip("duress") ? ReadPin(line) : null;
        line.Need("from");
        return new EnrolLine(name.Text, badge, line.Take("a glob of pictures").Text) { Pin = pin, Duress = duress, Line = number };
    }

    private static Pin ReadPin(ScenarioLine line)
    {
        Word digits = line.Take("a PIN");
        return Pin.WhyNot(digits.Text) is { } why ? throw new ScenarioSyntaxException(digits.Column, why) : Pin.Parse(digits.Text);
    }
}
