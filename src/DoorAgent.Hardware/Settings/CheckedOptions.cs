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

    /// <summary>Reports what no attribute can say: values that cannot stand together, or that only some code can read. It is called after
    /// each value has been checked by itself.</summary>
    void Check(OptionErrors errors)
    {
    }
}

/// <summary>Collects what is wrong with a section, each with name, value and range.</summary>
internal sealed class OptionErrors(string section)
{
    private readonly List<string> _messages = [];

    public IReadOnlyList<string> Messages => _messages;

    /// <summary>What is wrong with the options of a section: each value by itself, and then all together.</summary>
    public static IReadOnlyList<string> Of<T>(T options) where T : ICheckedOptions => Of(options, T.Section);

    /// <summary>The same of options whose type is not known here.</summary>
    public static IReadOnlyList<string> Of(ICheckedOptions options, string section)
    {
        OptionErrors errors = new(section);
        PropertyInfo[] properties = options.GetType().GetProperties();
        foreach (PropertyInfo property in properties.Where(one => one.CanWrite && one.GetIndexParameters().Length == 0))
            errors.CheckValue(property.Name, property.GetValue(options), property.GetCustomAttribute<AllowedAttribute>(), options);
        options.Check(errors);
        return errors.Messages;
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
