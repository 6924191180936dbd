using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>Decides which requests each user of the operator's socket may send.</summary>
/// <param name="LinkUser">User id of <c>dooragent link</c>; null where this machine has no such user.</param>
/// <param name="PageUser">User id of <c>dooragent page</c>; null where this machine has no such user.</param>
/// <param name="MayLinkUnlock">Whether the link may unlock (<c>Mqtt:Unlock</c> in the daemon's own configuration).</param>
internal sealed record OperatorAccess(uint? LinkUser, uint? PageUser, bool MayLinkUnlock)
{
    /// <summary>The refusal of everybody else.</summary>
    public const string OnlyOwners = "Only root and the door's own user may operate the door: try sudo.";

    private const string LinkName = "dooragent-link";

    private const string PageName = "dooragent-page";

    /// <summary>The sessions of the page; null where there are none.</summary>
    public PageSessions? Sessions { get; init; }

    /// <summary>Looks up the users of link and page.</summary>
    public static OperatorAccess OfThisMachine(bool mayLinkUnlock) =>
        new(OtherThanRoot(AccountNumbers.User(LinkName)), OtherThanRoot(AccountNumbers.User(PageName)), mayLinkUnlock);

    /// <summary>Returns the kind of a peer. A user who is the owner and the link's is judged as the link: the stricter one.</summary>
    public OperatorPeer PeerOf(PeerCredentials who) => who.UserId switch
    {
        var user when user == LinkUser => OperatorPeer.Link,
        var user when user == PageUser => OperatorPeer.Page,
        _ when who.MayOperate => OperatorPeer.Owner,
        _ => OperatorPeer.Stranger,
    };

    /// <summary>Judges a request.</summary>
    /// <returns>The request's session, null without one; and the refusal, or null.</returns>
    public (PageSession? Session, OperatorAnswer? Refusal) Judge(OperatorPeer peer, OperatorRequest request)
    {
        PageSession? session = request.Session is { } token ? Sessions?.Find(token, PageAccess.IsActivity(request.Verb)) : null;
        if (request.Session is not null && session is null)
            return (null, OperatorAnswer.Refused("The session has ended: pair again.") with { Problem = PageProblem.NoSession });
        return RefusalOf(peer, request.Verb, session?.Role, MayLinkUnlock) is { } why
            ? (session, OperatorAnswer.Refused(why) with { Problem = PageProblem.NotAllowed }) : (session, null);
    }

    /// <summary>Returns why a verb is refused, or null. Pure.</summary>
    /// <param name="peer">Who asks.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="role">The role of the request's session; null without a session. It binds the owner too.</param>
    /// <param name="mayLinkUnlock">Whether the link may unlock.</param>
    public static string? RefusalOf(OperatorPeer peer, OperatorVerb verb, PageRole? role, bool mayLinkUnlock) => peer switch
    {
        OperatorPeer.Owner when role is null => null,
        OperatorPeer.Link => RefusalOfLink(verb, mayLinkUnlock),
        OperatorPeer.Owner or OperatorPeer.Page => RefusalOfRole(verb, role),
        _ => OnlyOwners,
    };

    private static string? RefusalOfLink(OperatorVerb verb, bool mayLinkUnlock) => verb switch
    {
        OperatorVerb.Status or OperatorVerb.Events or OperatorVerb.Metrics => null,
        OperatorVerb.FleetStanding or OperatorVerb.FleetApply or OperatorVerb.FleetContact => null,
        OperatorVerb.Unlock or OperatorVerb.Lock when mayLinkUnlock => null,
        OperatorVerb.Unlock or OperatorVerb.Lock =>
            "The link may neither unlock nor lock: Mqtt:Unlock is not set in the daemon's own configuration.",
        _ => "The link may only read status, events and metrics, and deliver what the fleet sends.",
    };

    private static string? RefusalOfRole(OperatorVerb verb, PageRole? role) => PageAccess.LeastOf(verb) switch
    {
        _ when verb == OperatorVerb.Pair => null,
        null => "Only root and the door's own user may do that: use the command line at the door.",
        _ when role is null => "The page may do that only in a session: pair first.",
        { } least when role < least =>
            $"The role of this session may not do that: it is {WordOf(role.Value)}, and {WordOf(least)} is needed.",
        _ => null,
    };

    /// <summary>A role as people write it.</summary>
    public static string WordOf(PageRole role) => role.ToString().ToLowerInvariant();

    // An entry with root's number would give root the rights of the link.
    private static uint? OtherThanRoot(uint? user) => user is 0 ? null : user;
}
