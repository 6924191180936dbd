using System.Text.RegularExpressions;

namespace DoorAgent.Auditing;

/// <summary>Templates with parts in [brackets] that are left out when one of their {fields} is not known.</summary>
internal static partial class OptionalParts
{
    /// <summary>The template with the parts that can be told, without brackets.</summary>
    public static string Choose(string template, Predicate<string> isKnown) => Part().Replace(template, part =>
        Field().Matches(part.Value).All(field => isKnown(field.Groups[1].Value)) ? part.Groups[1].Value : "");

    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Part();

    [GeneratedRegex(@"\{(\w+)")]
    private static partial Regex Field();
}
