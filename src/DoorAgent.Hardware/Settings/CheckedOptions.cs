using System.Reflection;

namespace DoorAgent.Hardware.Settings;

/// <summary>
/// The options of one section, checked at the start. Each property that can be set is a setting: a <see cref="SettingAttribute"/> says
/// what it means, an <see cref="AllowedAttribute"/> which values it takes.
/// </summary>
internal interface ICheckedOptions
{
    /// <summary>The section's name in the configuration.</summary>
    static abstract string Section { get; }

    /// <summary>Reports what no attribute can express: values that conflict, or that need code to be read. The caller has checked each
    /// value by itself before.</summary>
    void Check(OptionErrors errors)
    {
    }
}

/// <summary>Collects the errors of a section, each with name, value and range.</summary>
internal sealed class OptionErrors(string section)
{
    private readonly List<string> _messages = [];

    public IReadOnlyList<string> Messages => _messages;

    /// <summary>The errors of a section's options: each value by itself, and then all together.</summary>
    public static IReadOnlyList<string> Of<T>(T options) where T : ICheckedOptions => Of(options, T.Section);

    /// <summary>The errors of options whose type is known only at run time.</summary>
    public static IReadOnlyList<string> Of(ICheckedOptions options, string section)
    {
        OptionErrors errors = new(section);
        PropertyInfo[] properties = options.GetType().GetProperties();
        foreach (PropertyInfo property in properties.Where(one => one.CanWrite && one.GetIndexParameters().Length == 0))
            errors.CheckValue(property.Name, property.GetValue(options), property.GetCustomAttribute<AllowedAttribute>(), options);
        options.Check(errors);
        return errors.Messages;
    }

    /// <summary>Reports a broken rule that is not a range; the message says the rule.</summary>
    public void Require(bool isMet, string key, object? value, string rule)
    {
        if (!isMet)
            Add(key, value, rule);
    }

    /// <summary>Reports a value that cannot be read; <paramref name="why"/> is whole sentences.</summary>
    public void Refuse(string key, object? value, string why) => _messages.Add($"{section}:{key} is {Text(value)}: {why}");

    /// <summary>Reports two values that are in their ranges and conflict.</summary>
    /// <param name="one">The key and value that the message names first.</param>
    /// <param name="other">The other key and value, of the same section.</param>
    /// <param name="why">What a door with both would do, as the end of a sentence.</param>
    /// <param name="change">What to change, as sentences.</param>
    public void Clash((string Key, object Value) one, (string Key, object Value) other, string why, string change) =>
        _messages.Add($"{section}:{one.Key} is {Text(one.Value)} and {section}:{other.Key} is {Text(other.Value)}: {why}. {change}");

    private void CheckValue(string key, object? value, AllowedAttribute? allowed, ICheckedOptions among)
    {
        if (value is not null && allowed?.Allows(value, among) == false)
            Add(key, value, allowed.Words(among));
        else if (value is Enum word && !Enum.IsDefined(word.GetType(), word))
            Add(key, value, SettingText.WordsOf(word.GetType()));
    }

    private void Add(string key, object? value, string allowed) =>
        _messages.Add($"{section}:{key} is {Text(value)}; allowed: {allowed}.");

    private static string Text(object? value) => SettingText.Shortened(SettingText.Of(value));
}
