using DoorAgent.Operating;

namespace DoorAgent.Tests.Operating;

/// <summary>The table of what each role may do, written out a second time: a change of one needs a change of the other.</summary>
public sealed class PageAccessTests
{
    private static readonly OperatorVerb[] View =
    [
        OperatorVerb.Status, OperatorVerb.Session, OperatorVerb.EndSession, OperatorVerb.Picture, OperatorVerb.Records, OperatorVerb.Explain,
        OperatorVerb.Events, OperatorVerb.Metrics,
    ];

    private static readonly OperatorVerb[] Enrol =
    [
        OperatorVerb.People, OperatorVerb.ChangePerson, OperatorVerb.ErasePerson, OperatorVerb.Enrol, OperatorVerb.Enrolment,
        OperatorVerb.EndEnrolment, OperatorVerb.NextBadge, OperatorVerb.Frames, OperatorVerb.ChangeGallery,
    ];

    private static readonly OperatorVerb[] Technician =
    [
        OperatorVerb.Unlock, OperatorVerb.Lock, OperatorVerb.Acknowledge, OperatorVerb.Mode, OperatorVerb.Check, OperatorVerb.Settings,
        OperatorVerb.Links,
    ];

    public static TheoryData<string> Verbs => [.. Enum.GetNames<OperatorVerb>()];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void ARoleMayDoExactlyWhatTheTableSays(string name)
    {
        OperatorVerb verb = Enum.Parse<OperatorVerb>(name);
        PageRole? least = View.Contains(verb) ? PageRole.View : Enrol.Contains(verb) ? PageRole.Enrol
            : Technician.Contains(verb) ? PageRole.Technician : null;
        Assert.Equal(least, PageAccess.LeastOf(verb));
    }

    // Pages ask for these by themselves, so that they are no sign of a person.
    [Theory]
    [MemberData(nameof(Verbs))]
    public void WhatAPageAsksByItselfProlongsNoSession(string name)
    {
        OperatorVerb verb = Enum.Parse<OperatorVerb>(name);
        bool isOfItself = verb is OperatorVerb.Session or OperatorVerb.EndSession or OperatorVerb.Status or OperatorVerb.Picture
            or OperatorVerb.Enrolment or OperatorVerb.Metrics;
        Assert.Equal(PageAccess.LeastOf(verb) is not null && !isOfItself, PageAccess.IsActivity(verb));
    }

    [Fact]
    public void ThePageMayPairWithoutASessionAndMakesNoCodes()
    {
        Assert.Null(OperatorAccess.RefusalOf(OperatorPeer.Page, OperatorVerb.Pair, role: null, mayLinkUnlock: false));
        foreach (PageRole? role in new PageRole?[] { null, PageRole.View, PageRole.Technician })
            Assert.NotNull(OperatorAccess.RefusalOf(OperatorPeer.Page, OperatorVerb.PageCode, role, mayLinkUnlock: false));
        Assert.NotNull(OperatorAccess.RefusalOf(OperatorPeer.Link, OperatorVerb.Pair, role: null, mayLinkUnlock: true));
    }
}
