using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Matching;

namespace DoorAgent.Evaluation;

/// <summary>Finds what became old or was forgotten in a gallery: pictures, badges, hours. Pure.</summary>
/// <param name="now">The time of the audit.</param>
/// <param name="oldAfter">The age from which pictures are old.</param>
/// <param name="unusedAfter">The time after which a badge that nobody presented is unused.</param>
internal sealed class UpkeepAudit(DateTimeOffset now, TimeSpan oldAfter, TimeSpan unusedAfter)
{
    /// <summary>Finds people whose newest picture is old.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="sources">The source of each row of the gallery.</param>
    public IEnumerable<AuditFinding> OldPictures(Gallery gallery, IReadOnlyList<EncodingSource> sources) =>
        from person in gallery.People
        where person.EncodingCount > 0
        let newest = Enumerable.Range(person.FirstEncoding, person.EncodingCount).Max(row => sources[row].Added)
        where now - newest > oldAfter
        select new AuditFinding(AuditKind.OldPictures, person.Name) { Detail = Date(newest) };

    /// <summary>Finds active badges that nobody presented.</summary>
    /// <param name="people">Everybody, with their badges.</param>
    /// <param name="use">When badges were presented.</param>
    /// <returns>The findings; none where the journal does not reach back far enough.</returns>
    public IEnumerable<AuditFinding> UnusedBadges(IReadOnlyList<PersonEntry> people, BadgeUse use) => !Reaches(use) ? [] :
        from person in people
        from badge in person.Badges
        where badge.State == BadgeState.Active && IsUnused(Moment(badge.Added))
        let last = use.Last.TryGetValue((person.Id, badge.Hint), out DateTimeOffset time) ? time : (DateTimeOffset?)null
        where last is null || IsUnused(last.Value)
        select new AuditFinding(AuditKind.UnusedBadge, person.Name)
        {
            Detail = $"{badge.Hint}, {(last is { } seen ? $"last presented {Date(seen)}" : $"added {Date(Moment(badge.Added))}")}",
        };

    /// <summary>Returns whether a journal reaches back as far as the time after which a badge is unused.</summary>
    public bool Reaches(BadgeUse use) => use.Since is { } since && IsUnused(since);

    /// <summary>Finds hours that the configuration does not define: everybody with them is denied.</summary>
    /// <param name="people">Everybody.</param>
    /// <param name="isKnown">Whether the configuration defines hours of this name.</param>
    public static IEnumerable<AuditFinding> UnknownHours(IReadOnlyList<PersonEntry> people, Func<string, bool> isKnown) =>
        people.Where(person => !isKnown(person.Schedule))
            .Select(person => new AuditFinding(AuditKind.UnknownHours, person.Name) { Detail = person.Schedule });

    private bool IsUnused(DateTimeOffset last) => now - last > unusedAfter;

    private static DateTimeOffset Moment(string utc) =>
        DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Date(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
