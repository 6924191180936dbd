using System.Globalization;
using DoorAgent.Hardware.Settings;
using DoorAgent.Settings;

namespace DoorAgent.Galleries;

/// <summary>Reminds of people whose pictures are old: faces change, and the door refuses such people more and more often. Pure.</summary>
internal static class ReEnrolment
{
    private const int MostNames = 5;

    /// <summary>Returns the people who should be enrolled again, the oldest pictures first.</summary>
    /// <param name="people">All people.</param>
    /// <param name="after">The age of pictures from which a person is named (People:ReEnrolAfter); null for never.</param>
    /// <param name="now">The wall time. A clock that is not set names nobody.</param>
    public static IReadOnlyList<PersonEntry> DueOf(IEnumerable<PersonEntry> people, TimeSpan? after, DateTimeOffset now) =>
        after is not { } age || now < BuildInfo.Date ? [] :
        [
            .. people.Where(person => person is { IsEnabled: true, PicturesSince: { } since } && now - since >= age)
                .OrderBy(person => person.PicturesSince),
        ];

    /// <summary>Returns a reminder of the people who should be enrolled again; null where there are none.</summary>
    public static string? Words(IReadOnlyList<PersonEntry> due, TimeSpan? after)
    {
        if (due.Count == 0)
            return null;
        string names = string.Join(", ", due.Take(MostNames).Select(person => string.Create(
            CultureInfo.InvariantCulture, $"{person.Name} (pictures of {person.PicturesSince:yyyy-MM-dd})")));
        string more = due.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {due.Count - MostNames} more") : "";
        return $"pictures older than {SettingText.Of(after)} (People:ReEnrolAfter): {names}{more}";
    }

    /// <summary>What to do about it.</summary>
    public const string Remedy = "Take pictures again: 'dooragent people pictures NAME --camera door'.";
}
