using System.Numerics;

namespace DoorAgent.Hardware.Settings;

/// <summary>Options that check themselves at start. The section is the folder's name.</summary>
internal interface ICheckedOptions
{
    static abstract string Section { get; }

    /// <summary>Reports every value that cannot be used.</summary>
    void Check(OptionErrors errors);
}

/// <summary>Collects what is wrong with a section, each with name, value and range.</summary>
internal sealed class OptionErrors(string section)
{
    private readonly List<string> _messages = [];

    public IReadOnlyList<string> Messages => _messages;

    public void Range<T>(string key, T value, T min, T max) where T : INumber<T>
    {
        if (!(value >= min && value <= max))
            Add(key, value, $"{SettingText.Of(min)} to {SettingText.Of(max)}");
    }

    public void Range(string key, TimeSpan value, TimeSpan min, TimeSpan max)
    {
        if (value < min || value > max)
            Add(key, value, $"{SettingText.Of(min)} to {SettingText.Of(max)}");
    }

    /// <summary>A rule that is not a range; the message says it, with what to do.</summary>
    public void Require(bool isMet, string key, object? value, string rule)
    {
        if (!isMet)
            Add(key, value, rule);
    }

    /// <summary>A value that cannot be read; the message says why, as whole sentences.</summary>
    public void Refuse(string key, object? value, string why) => _messages.Add($"{section}:{key} is {Text(value)}: {why}");

    /// <summary>Two values that are in their ranges and cannot stand together.</summary>
    /// <param name="one">The key and value that is named first.</param>
    /// <param name="other">The other one, of the same section.</param>
    /// <param name="why">What becomes of a door with both, as the end of a sentence.</param>
    /// <param name="change">What to change, as sentences.</param>
    public void Clash((string Key, object Value) one, (string Key, object Value) other, string why, string change) =>
        _messages.Add($"{section}:{one.Key} is {Text(one.Value)} and {section}:{other.Key} is {Text(other.Value)}: {why}. {change}");

    private void Add(string key, object? value, string allowed) =>
        _messages.Add($"{section}:{key} is {Text(value)}; allowed: {allowed}.");

    private static string Text(object? value) => SettingText.Shortened(SettingText.Of(value));
}
