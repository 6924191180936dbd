using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Operating;

public sealed class OperatorAccessTests
{
    private static readonly OperatorVerb[] OfTheLink =
    [
        OperatorVerb.Status, OperatorVerb.Events, OperatorVerb.Metrics,
        OperatorVerb.FleetStanding, OperatorVerb.FleetApply, OperatorVerb.FleetContact,
    ];

    public static TheoryData<string> Verbs => [.. Enum.GetNames<OperatorVerb>()];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void TheOwnerMayDoEverythingAndAStrangerNothing(string name)
    {
        OperatorVerb verb = Verb(name);
        Assert.Null(OperatorAccess.RefusalOf(OperatorPeer.Owner, verb, role: null, mayLinkUnlock: false));
        Assert.NotNull(OperatorAccess.RefusalOf(OperatorPeer.Stranger, verb, role: null, mayLinkUnlock: true));
        Assert.NotNull(OperatorAccess.RefusalOf(OperatorPeer.Stranger, verb, PageRole.Technician, mayLinkUnlock: true));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void TheLinkReadsAndDeliversAndUnlocksOnlyWhereTheDoorAllowsIt(string name)
    {
        OperatorVerb verb = Verb(name);
        Assert.Equal(OfTheLink.Contains(verb), IsAllowed(mayUnlock: false));
        Assert.Equal(OfTheLink.Contains(verb) || verb is OperatorVerb.Unlock or OperatorVerb.Lock, IsAllowed(mayUnlock: true));

        bool IsAllowed(bool mayUnlock) => OperatorAccess.RefusalOf(OperatorPeer.Link, verb, role: null, mayUnlock) is null
            // A role does not give the link more.
            && OperatorAccess.RefusalOf(OperatorPeer.Link, verb, PageRole.Technician, mayUnlock) is null;
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void EachRoleMayDoWhatTheOneBeforeItMayAndTheOwnerInASessionNotMore(string name)
    {
        OperatorVerb verb = Verb(name);
        bool[] allowed = [.. Enum.GetValues<PageRole>().Select(role =>
            OperatorAccess.RefusalOf(OperatorPeer.Page, verb, role, mayLinkUnlock: true) is null)];
        Assert.Equal(allowed.Order(), allowed);
        Assert.Equal(allowed, Enum.GetValues<PageRole>().Select(role =>
            OperatorAccess.RefusalOf(OperatorPeer.Owner, verb, role, mayLinkUnlock: true) is null));
    }

    [Theory]
    [InlineData("Unlock", "Enrol", false)]
    [InlineData("Unlock", "Technician", true)]
    [InlineData("ChangeGallery", "View", false)]
    [InlineData("ChangeGallery", "Enrol", true)]
    [InlineData("Events", "View", true)]
    [InlineData("AcceptGallery", "Technician", false)]
    public void ARoleIsNeededForAVerb(string verb, string role, bool isAllowed) =>
        Assert.Equal(isAllowed, OperatorAccess.RefusalOf(
            OperatorPeer.Page, Verb(verb), Enum.Parse<PageRole>(role), mayLinkUnlock: false) is null);

    [Theory]
    [MemberData(nameof(Verbs))]
    public void ThePageMayOnlyPairBeforeItIsPaired(string name) => Assert.Equal(name == nameof(OperatorVerb.Pair),
        OperatorAccess.RefusalOf(OperatorPeer.Page, Verb(name), role: null, mayLinkUnlock: true) is null);

    [Theory]
    [InlineData("Unlock")]
    [InlineData("Status")]
    [InlineData("Events")]
    public void ThePageMayDoNothingBeforeItIsPairedAndNothingInASessionThatHasEnded(string name)
    {
        OperatorVerb verb = Verb(name);
        PageSessions sessions = new(TimeProvider.System);
        string good = sessions.Begin(PageRole.Technician).Token!;
        OperatorAccess access = new(1, 2, MayLinkUnlock: false) { Sessions = sessions };
        Assert.NotNull(access.Judge(OperatorPeer.Page, new OperatorRequest(verb)).Refusal);
        Assert.Contains("pair again", access.Judge(OperatorPeer.Page, new OperatorRequest(verb) { Session = "old" }).Refusal!.Refusal,
            StringComparison.Ordinal);
        Assert.Contains("pair again", access.Judge(OperatorPeer.Owner, new OperatorRequest(verb) { Session = "old" }).Refusal!.Refusal,
            StringComparison.Ordinal);
        (PageSession? session, OperatorAnswer? refusal) = access.Judge(OperatorPeer.Page, new OperatorRequest(verb) { Session = good });
        Assert.Equal((PageRole.Technician, null), (session!.Role, refusal));
    }

    [Fact]
    public void TheKindOfAPeerFollowsItsUserAndTheLinksUserIsNeverTheOwner()
    {
        uint mine = Libc.UserId;
        OperatorAccess access = new(LinkUser: 4001, PageUser: 4002, MayLinkUnlock: true);
        Assert.Equal(OperatorPeer.Link, access.PeerOf(new PeerCredentials(1, 4001)));
        Assert.Equal(OperatorPeer.Page, access.PeerOf(new PeerCredentials(1, 4002)));
        Assert.Equal(OperatorPeer.Owner, access.PeerOf(new PeerCredentials(1, 0)));
        Assert.Equal(OperatorPeer.Owner, access.PeerOf(new PeerCredentials(1, mine)));
        Assert.Equal(OperatorPeer.Stranger, access.PeerOf(new PeerCredentials(1, 4003)));
        Assert.Equal(OperatorPeer.Link, (access with { LinkUser = mine }).PeerOf(new PeerCredentials(1, mine)));
        Assert.Equal(OperatorPeer.Stranger, new OperatorAccess(null, null, false).PeerOf(new PeerCredentials(1, 4001)));
    }

    private static OperatorVerb Verb(string name) => Enum.Parse<OperatorVerb>(name);
}
