namespace DoorAgent.Diagnostics.Setup;

/// <summary>One thing that setup must know: asked on a terminal, or given by its option.</summary>
/// <param name="Option">The option that answers it, such as --relay.</param>
/// <param name="Key">The setting that the answer becomes.</param>
/// <param name="Text">What is asked.</param>
internal sealed record SetupQuestion(string Option, string Key, string Text)
{
    /// <summary>The word for "not set"; null where something must be set.</summary>
    public string? Unset { get; init; }

    /// <summary>What is proposed where the setting itself has no default; null to propose nothing.</summary>
    public string? Proposed { get; init; }

    /// <summary>Whether the option may stand without a value, which is yes.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Whether the answer is several words.</summary>
    public bool IsList { get; init; }

    /// <summary>What an answer is written as.</summary>
    public Func<string, string> Means { get; init; } = answer => answer;

    /// <summary>Whether it matters, after the answers before it.</summary>
    public Func<SetupDraft, bool> Applies { get; init; } = _ => true;

    /// <summary>What to know about an answer that was taken; null for nothing.</summary>
    public Func<string, string?> Warns { get; init; } = _ => null;

    /// <summary>The switch that must be on for a risky answer, and what is accepted with it; null for an answer without risk.</summary>
    public Func<string, (string Key, string Risk)?> Risks { get; init; } = _ => null;
}
