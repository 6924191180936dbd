namespace DoorAgent.Hardware.Settings;

/// <summary>
/// What a setting means, in the words of the guide. Its key is the name of the property, its default is the property's first value, and an
/// <see cref="AllowedAttribute"/> beside this one holds its values: the check, the messages, `config show` and the guide read them here.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
internal sealed class SettingAttribute(string meaning) : Attribute
{
    /// <summary>One or more sentences, without values and default.</summary>
    public string Meaning => meaning;

    /// <summary>What may be written, where neither the type nor an <see cref="AllowedAttribute"/> says so.</summary>
    public string? Form { get; init; }

    /// <summary>Whether nobody at a door can choose the value well: the setting works, and stands in a table of its own.</summary>
    public bool IsAdvanced { get; init; }
}

/// <summary>What holds where nobody sets a setting that has no value of its own, in the words of the guide.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
internal sealed class UnsetAttribute(string words) : Attribute
{
    /// <summary>Such as none.</summary>
    public string Words => words;
}
