namespace DoorAgent.Diagnostics;

/// <summary>What came of one check.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Findings">What it found, at least one.</param>
internal sealed record CheckResult(string Name, IReadOnlyList<Finding> Findings);
