namespace DoorAgent.Diagnostics;

/// <summary>Names in a sentence.</summary>
internal static class SomeNames
{
    private const int Most = 5;

    /// <summary>All of a few, else the first and how many more.</summary>
    public static string Of(IReadOnlyCollection<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more";
}
