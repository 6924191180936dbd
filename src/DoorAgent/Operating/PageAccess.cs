namespace DoorAgent.Operating;

/// <summary>Which requests a session of the page may send: each verb with the least role, and whether it is a sign of somebody at the page.
/// A verb that is not in the table is refused.</summary>
internal static class PageAccess
{
    private static readonly Dictionary<OperatorVerb, (PageRole Least, bool IsActivity)> Table = new()
    {
        [OperatorVerb.Session] = (PageRole.View, false),
        [OperatorVerb.EndSession] = (PageRole.View, false),
        // The page asks for these by itself, as long as it is open.
        [OperatorVerb.Status] = (PageRole.View, false),
        [OperatorVerb.Picture] = (PageRole.View, false),
        [OperatorVerb.Events] = (PageRole.View, true),
        [OperatorVerb.Metrics] = (PageRole.View, false),
        [OperatorVerb.Records] = (PageRole.View, true),
        [OperatorVerb.Explain] = (PageRole.View, true),
        [OperatorVerb.People] = (PageRole.Enrol, true),
        [OperatorVerb.ChangePerson] = (PageRole.Enrol, true),
        [OperatorVerb.ErasePerson] = (PageRole.Enrol, true),
        [OperatorVerb.Enrol] = (PageRole.Enrol, true),
        [OperatorVerb.Enrolment] = (PageRole.Enrol, false),
        [OperatorVerb.EndEnrolment] = (PageRole.Enrol, true),
        [OperatorVerb.NextBadge] = (PageRole.Enrol, true),
        [OperatorVerb.Frames] = (PageRole.Enrol, true),
        [OperatorVerb.ChangeGallery] = (PageRole.Enrol, true),
        [OperatorVerb.Unlock] = (PageRole.Technician, true),
        [OperatorVerb.Lock] = (PageRole.Technician, true),
        [OperatorVerb.Mode] = (PageRole.Technician, true),
        [OperatorVerb.Acknowledge] = (PageRole.Technician, true),
        [OperatorVerb.Check] = (PageRole.Technician, true),
        [OperatorVerb.Settings] = (PageRole.Technician, true),
        [OperatorVerb.Links] = (PageRole.Technician, true),
    };

    /// <summary>Whether a request of a session prolongs the session.</summary>
    public static bool IsActivity(OperatorVerb verb) => Table.TryGetValue(verb, out var rule) && rule.IsActivity;

    /// <summary>The least role that may send a request; null where no role may.</summary>
    public static PageRole? LeastOf(OperatorVerb verb) => Table.TryGetValue(verb, out var rule) ? rule.Least : null;
}
