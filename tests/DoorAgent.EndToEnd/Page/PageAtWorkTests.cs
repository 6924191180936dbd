using System.Diagnostics;
using PuppeteerSharp;

namespace DoorAgent.EndToEnd.Page;

/// <summary>The page of a real door in a real browser.</summary>
[Slow]
public sealed class PageAtWorkTests(PageAtWork work) : IClassFixture<PageAtWork>
{
    [Fact]
    public async Task ACodePairsOneBrowserOnce()
    {
        await using Visit visit = await work.VisitAsync();
        visit.Expected.Add(403);
        string code = work.CodeFor("view");
        await visit.GoAsync();
        await visit.TypeAsync("Code of 8 digits", code == "0000 0000" ? "11111111" : "00000000");
        await visit.PressAsync("Pair");
        await visit.SeesAsync("The code is wrong.");
        await visit.TypeAsync("Code of 8 digits", code);
        await visit.PressAsync("Pair");
        await visit.SeesAsync("Last events");
        await visit.SeesAsync("View");

        await using Visit other = await work.VisitAsync();
        other.Expected.Add(403);
        await other.GoAsync();
        await other.TypeAsync("Code of 8 digits", code);
        await other.PressAsync("Pair");
        await other.SeesAsync("This code was used already");
        visit.WasClean();
        other.WasClean();
    }

    [Fact]
    public async Task TheAddressOfTheQrCodeBringsTheCodeAndLeavesNoTraceOfIt()
    {
        await using Visit visit = await work.VisitAsync();
        string code = work.CodeFor("view").Replace(" ", "", StringComparison.Ordinal);
        await visit.Page.GoToAsync(new Uri(visit.Address, $"/#{code}").ToString());
        await visit.PressAsync("Pair");
        await visit.SeesAsync("Last events");
        Assert.Equal(new Uri(visit.Address, "/#/door").ToString(), visit.Page.Url);
        visit.WasClean();
    }

    [Fact]
    public async Task APersonsNumberInTheAddressIsNotTakenForACode()
    {
        await using Visit visit = await work.VisitAsync();
        await visit.GoAsync("person/12345678/Dora");
        Assert.Equal("", await visit.Page.EvaluateExpressionAsync<string>("document.querySelector('input.code').value"));
        visit.WasClean();
    }

    [Fact]
    public async Task APersonIsEnrolledAtTheDoorAndTheirGrantIsShownWithinASecond()
    {
        await using Visit visit = await work.PairedAsync("enrol");
        await visit.ShowAsync("enrol");
        await visit.TypeAsync("Name", "Dora");
        await visit.PressAsync("The person agrees");
        await visit.PressAsync("Begin");
        await visit.SeesAsync("Hold the new card to the reader.");
        work.AtTheDoor($"badge {PageAtWork.NewCard}");
        await visit.SeesAsync("Dora is enrolled");
        await visit.PressAsync("People");
        await visit.SeesAsync("Badges: 1");

        await visit.ShowAsync("events");
        await visit.SeesAsync("Started");
        work.Says("person enrolled");
        work.Says("Gallery loaded");
        work.AtTheDoor($"badge {PageAtWork.NewCard}");
        work.Says("Granted: Dora");
        Stopwatch since = Stopwatch.StartNew();
        await visit.SeesAsync("Granted");
        // The stream looks every 400 ms. On a busy machine the browser itself is late by seconds; what the page would show only when it is
        // loaded again would never come.
        Assert.InRange(since.Elapsed.TotalSeconds, 0, 30);
        TestContext.Current.SendDiagnosticMessage($"A grant was in the browser after {since.ElapsedMilliseconds} ms.");
        visit.WasClean();
    }

    [Fact]
    public async Task ATechnicianUnlocksByHoldingAndLocks()
    {
        await using Visit visit = await work.PairedAsync();
        // A grant of another test may still be on its way.
        await visit.PressAsync("Lock");
        await visit.SeesAsync("The door is closed.");
        IElementHandle hold = await visit.FindAsync("Hold to unlock");
        BoundingBox box = await hold.BoundingBoxAsync();
        await visit.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await visit.Page.Mouse.DownAsync();
        await visit.SeesAsync("Locks again in");
        await visit.Page.Mouse.UpAsync();
        work.Says("Unlock ordered by an operator");
        await visit.PressAsync("Lock");
        await visit.SeesAsync("The door is closed.");
        work.Says("Lock ordered by an operator");
        visit.WasClean();
    }

    [Fact]
    public async Task ABlockedBadgeIsRefusedWithAnAlarm()
    {
        await using Visit visit = await work.PairedAsync("enrol");
        await visit.ShowAsync("people");
        await visit.PressAsync("adam");
        await visit.PressAsync("Block");
        await visit.SeesAsync("The badge is blocked.");
        // The door follows the file within a second.
        work.Says("blocked");
        work.Says("Gallery loaded");
        await visit.ShowAsync("events");
        await visit.PressAsync("Alarms");
        work.AtTheDoor($"badge {Door.AdamsBadge}");
        await visit.SeesAsync("Blocked or lost badge");
        await visit.ShowAsync("people");
        await visit.PressAsync("adam");
        await visit.PressAsync("Use again");
        await visit.SeesAsync("The badge can be used again.");
        visit.WasClean();
    }

    [Fact]
    public async Task EveryScreenOfATechnicianIsFilledByTheRealDoor()
    {
        await using Visit visit = await work.PairedAsync();
        await visit.DeskAsync();
        await visit.SeesAsync("pictures a second");
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('canvas').width > 300");
        await visit.ShotAsync("real-door-desk-light-en");
        foreach ((string screen, string text) in ((string, string)[])[("settings", "AttemptTimeout"), ("links", "What leaves the house"),
            ("events", "Started"), ("people", "adam")])
        {
            await visit.ShowAsync(screen);
            await visit.SeesAsync(text);
            await visit.ShotAsync($"real-{screen}-desk-light-en");
            Assert.Empty(await PageFlaws.FindAsync(visit.Page));
        }

        await visit.ShowAsync("check");
        await visit.PressAsync("Run the check");
        await visit.SeesAsync("In order:");
        await visit.ShotAsync("real-check-desk-light-en");
        visit.WasClean();
    }
}
