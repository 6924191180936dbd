namespace DoorAgent.Hardware.Settings;

/// <summary>
/// Says what a setting means, in the words of the guide. The property's name is the key, the property's first value is the default, and an
/// <see cref="AllowedAttribute"/> beside this one gives the values: the check, the messages, `config show` and the guide read them here.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
internal sealed class SettingAttribute(string meaning) : Attribute
{
    /// <summary>One or more sentences, without values and default.</summary>
    public string Meaning => meaning;

    /// <summary>What may be written, where neither the type nor an <see cref="AllowedAttribute"/> says so.</summary>
    public string? Form { get; init; }

    /// <summary>Whether nobody at a door can choose the value well: the setting works, and is in a separate table.</summary>
    public bool IsAdvanced { get; init; }
}

/// <summary>Says what applies where a setting without a default is not set, in the words of the guide.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
internal sealed class UnsetAttribute(string words) : Attribute
{
    /// <summary>The words, such as "none".</summary>
    public string Words => words;
}
