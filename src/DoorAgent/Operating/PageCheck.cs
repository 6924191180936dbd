namespace DoorAgent.Operating;

/// <summary>A finding of the doctor.</summary>
/// <param name="Check">The check that made it.</param>
/// <param name="Level">ok, warning or fault.</param>
/// <param name="What">What was found.</param>
/// <param name="Next">What to do; null for nothing.</param>
internal sealed record CheckFinding(string Check, string Level, string What, string? Next);

/// <summary>The findings of the doctor.</summary>
/// <param name="Result">The worst level.</param>
/// <param name="Findings">In the order of the checks.</param>
internal sealed record CheckReport(string Result, IReadOnlyList<CheckFinding> Findings);

/// <summary>A setting with the value that applies; a secret value is not shown.</summary>
/// <param name="Key">Section:Key.</param>
/// <param name="Value">The value in the form that people write.</param>
/// <param name="Origin">The file, "environment", "command line" or "default".</param>
internal sealed record ShownSetting(string Key, string Value, string Origin);
