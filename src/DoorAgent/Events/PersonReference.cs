using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Events;

/// <summary>
/// A person in the detail of an event. The event that is raised contains number and name, the journal's record the number alone, and what
/// people read the name alone; so an erased name is in no record.
/// </summary>
internal static partial class PersonReference
{
    /// <summary>Returns the reference to write into a detail: <c>{person 17: anna}</c>.</summary>
    public static string Of(long id, string name) => string.Create(CultureInfo.InvariantCulture, $"{{person {id}: {name}}}");

    /// <summary>Returns the words for a person without a known name.</summary>
    /// <param name="id">Number of the person.</param>
    /// <param name="isErased">Whether the name was erased.</param>
    public static string Nameless(long id, bool isErased) =>
        string.Create(CultureInfo.InvariantCulture, $"person {id}{(isErased ? " (erased)" : "")}");

    /// <summary>Returns the person of an event in words: the name, else the number; null where no person is known.</summary>
    public static string? Who(DoorEvent e) => e.PersonName ?? (e.PersonId is { } id ? Nameless(id, e.IsErased) : null);

    /// <summary>Returns a detail with names in place of references.</summary>
    public static string? Plain(string? detail) => Replaced(detail, (id, name) => name ?? Nameless(id, isErased: false));

    /// <summary>Returns a detail with references that contain no name, as the journal stores it.</summary>
    public static string? Stored(string? detail) => Replaced(detail, (id, _) => $"{{person {id}}}");

    /// <summary>Returns a stored detail with the words that a function gives for each number.</summary>
    public static string? Read(string? detail, Func<long, string> who) => Replaced(detail, (id, _) => who(id));

    /// <summary>Returns the people in a detail whose names it contains.</summary>
    public static IEnumerable<(long Id, string Name)> In(string? detail) => detail is null ? []
        : Reference().Matches(detail).Where(match => match.Groups[2].Success).Select(match => (Number(match), match.Groups[2].Value));

    private static string? Replaced(string? detail, Func<long, string?, string> word) => detail is null ? null
        : Reference().Replace(detail, match => word(Number(match), match.Groups[2].Success ? match.Groups[2].Value : null));

    private static long Number(Match match) => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{person ([0-9]{1,18})(?:: ([^{}]*))?\}")]
    private static partial Regex Reference();
}
