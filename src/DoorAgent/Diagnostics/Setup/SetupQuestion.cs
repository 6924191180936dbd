namespace DoorAgent.Diagnostics.Setup;

/// <summary>One question of setup, answered on a terminal or by an option.</summary>
/// <param name="Option">The option that answers the question, such as --relay.</param>
/// <param name="Key">The setting that the answer sets.</param>
/// <param name="Text">The question.</param>
internal sealed record SetupQuestion(string Option, string Key, string Text)
{
    /// <summary>The word for "not set"; null where an answer is required.</summary>
    public string? Unset { get; init; }

    /// <summary>The proposed answer where the setting has no default; null to propose nothing.</summary>
    public string? Proposed { get; init; }

    /// <summary>Whether the question is answered by yes or no; its option without a value means yes.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Whether the answer is a list of words.</summary>
    public bool IsList { get; init; }

    /// <summary>Converts an answer to the value that is written.</summary>
    public Func<string, string> Means { get; init; } = answer => answer;

    /// <summary>Returns whether the question matters, given the earlier answers.</summary>
    public Func<SetupDraft, bool> Applies { get; init; } = _ => true;

    /// <summary>Returns a note about an accepted answer; null for none.</summary>
    public Func<string, string?> Warns { get; init; } = _ => null;

    /// <summary>Returns the risks of an answer, each with the switch that must be on to accept it; empty for an answer without
    /// risk.</summary>
    public Func<string, SetupDraft, ISetupDevices, IEnumerable<(string Key, string Risk)>> Risks { get; init; } = (_, _, _) => [];
}
