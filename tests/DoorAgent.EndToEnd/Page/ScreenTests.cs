using PuppeteerSharp;
using PuppeteerSharp.Input;

namespace DoorAgent.EndToEnd.Page;

/// <summary>What the screens do, with a door that answers as a test wants.</summary>
[Slow]
public sealed class ScreenTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private ShownDoor _door = null!;
    private Visit _visit = null!;

    public async ValueTask InitializeAsync()
    {
        _door = await ShownDoor.StartAsync();
        _visit = await browser.VisitAsync(_door.Address);
        await _visit.PhoneAsync();
        await _visit.LanguageAsync("en");
    }

    public async ValueTask DisposeAsync()
    {
        _visit.WasClean();
        await _visit.DisposeAsync();
        await _door.DisposeAsync();
    }

    [Fact]
    public async Task AnUnlockNeedsAHoldOfASecond()
    {
        await _visit.GoAsync("door");
        IElementHandle hold = await _visit.FindAsync("Hold to unlock");
        BoundingBox box = await hold.BoundingBoxAsync();
        IMouse mouse = _visit.Page.Mouse;
        await mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await mouse.DownAsync();
        await _visit.SeesAsync("Keep holding");
        await mouse.UpAsync();
        await _visit.SeesAsync("Hold to unlock");
        Assert.Empty(_door.Changes);

        await mouse.DownAsync();
        await _visit.SeesAsync("Unlocked.");
        await mouse.UpAsync();
        Assert.Equal(["POST /api/unlock {}"], _door.Changes);
    }

    [Fact]
    public async Task AnUnlockNeedsAHeldKeyToo()
    {
        await _visit.GoAsync("door");
        IElementHandle hold = await _visit.FindAsync("Hold to unlock");
        await hold.FocusAsync();
        await _visit.Page.Keyboard.PressAsync("Enter");
        await _visit.Page.Keyboard.DownAsync(" ");
        await _visit.SeesAsync("Keep holding");
        Assert.Empty(_door.Changes);
        await _visit.SeesAsync("Unlocked.");
        await _visit.Page.Keyboard.UpAsync(" ");
        Assert.Equal(["POST /api/unlock {}"], _door.Changes);
    }

    [Fact]
    public async Task AScreenReaderThatCannotHoldIsAsked()
    {
        await _visit.GoAsync("door");
        IElementHandle hold = await _visit.FindAsync("Hold to unlock");
        await hold.EvaluateFunctionAsync("one => one.click()");
        await _visit.SeesAsync("Unlock the door now?");
        Assert.Empty(_door.Changes);
        await _visit.ShotAsync("unlock-question-phone-light-en");
        await _visit.PressAsync("Hold to unlock");
        await _visit.SeesAsync("Unlocked.");
        Assert.Equal(["POST /api/unlock {}"], _door.Changes);
    }

    [Theory]
    [InlineData("view", "People", "Hold to unlock", "Check")]
    [InlineData("enrol", "Hold to unlock", "Check", "Settings")]
    public async Task WhatARoleMayNotDoIsNotShown(string role, params string[] hidden)
    {
        _door.Answers["GET /api/session"] = ShownAnswers.Session(role);
        _door.Stream = [("status", ShownAnswers.StatusOf(role: role))];
        await _visit.DeskAsync();
        await _visit.GoAsync("door");
        await _visit.SeesAsync("Last events");
        string text = await _visit.TextAsync();
        Assert.All(hidden, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        await _visit.ShotAsync($"door-{role}-desk-light-en");
        // An address that the role does not reach leads back to the door.
        await _visit.ShowAsync("settings");
        await _visit.SeesAsync("Last events");
    }

    [Fact]
    public async Task NamesAreTextAndNeverMarkup()
    {
        await _visit.GoAsync("people");
        await _visit.SeesAsync(ShownAnswers.HostileName);
        await _visit.PressAsync(ShownAnswers.HostileName);
        await _visit.SeesAsync("Erase this person");
        Assert.Equal(ShownAnswers.HostileName, await _visit.Page.EvaluateExpressionAsync<string>("document.querySelector('h1').innerText"));
        await _visit.ShowAsync("events");
        await _visit.SeesAsync(ShownAnswers.HostileName);
        Assert.Equal(0, await _visit.Page.EvaluateExpressionAsync<int>("document.querySelectorAll('img').length"));
    }

    [Fact]
    public async Task AnErasureNeedsTheNameTyped()
    {
        await _visit.GoAsync("person/2/x");
        await _visit.PressAsync("Erase this person");
        await _visit.SeesAsync("To confirm");
        await _visit.ShotAsync("erase-phone-light-en");
        Assert.True(await _visit.Page.EvaluateExpressionAsync<bool>("document.querySelector('dialog [type=submit]').disabled"));
        await _visit.Page.Keyboard.PressAsync("Escape");
        Assert.Empty(_door.Changes);
        await _visit.PressAsync("Erase this person");
        await _visit.TypeAsync("To confirm", ShownAnswers.HostileName);
        await _visit.PressAsync("Erase");
        await _visit.SeesAsync("was erased");
        Assert.Equal(["DELETE /api/people/2 {\"name\":\"" + ShownAnswers.HostileName + "\"}"], _door.Changes);
    }

    [Fact]
    public async Task TheLanguageIsThatOfTheBrowserUntilTheVisitorChooses()
    {
        await _visit.GoAsync("more");
        Assert.Equal("en", await _visit.Page.EvaluateExpressionAsync<string>("document.documentElement.lang"));
        await _visit.Page.SelectAsync("#language", "de");
        await _visit.SeesAsync("Sitzung beenden");
        Assert.Equal("de", await _visit.Page.EvaluateExpressionAsync<string>("document.documentElement.lang"));
    }

    [Fact]
    public async Task ADoorThatHasAnsweredIsNotCalledLostBeforeItsFirstNews()
    {
        // A banner that comes and goes moves the screen below it, away from under a finger.
        _door.Stream = [];
        await _visit.GoAsync("people");
        await _visit.SeesAsync(ShownAnswers.HostileName);
        Assert.DoesNotContain("No connection", await _visit.TextAsync(), StringComparison.Ordinal);
        await _visit.ShowAsync("door");
        await _visit.SeesAsync("Not known");
    }

    [Fact]
    public async Task ADoorThatDoesNotAnswerIsShownAtOnceAndComesBackByItself()
    {
        _visit.Expected.Add(503);
        _door.Refusals["GET /api/session"] = (503, """{"refusal":"The door does not answer: it is down, or is starting."}""");
        await _visit.GoAsync();
        await _visit.SeesAsync("The door does not answer");
        await _visit.ShotAsync("away-phone-light-en");
        _door.Refusals.Clear();
        await _visit.SeesAsync("Last events");

        _door.Stream = [("status", ShownAnswers.Status), ("refusal", """{"refusal":"The door is starting."}""")];
        await _visit.GoAsync("door");
        await _visit.SeesAsync("The door is starting.");
        await _visit.SeesAsync("Not known");
        await _visit.ShotAsync("down-phone-light-en");
    }

    [Theory]
    [InlineData("wrong-code", "The code is wrong.")]
    [InlineData("expired-code", "The code has expired.")]
    [InlineData("no-code", "This code was used already")]
    [InlineData("closed-code", "Too many wrong tries")]
    public async Task ARefusedCodeSaysWhy(string problem, string words)
    {
        _visit.Expected.UnionWith([401, 403]);
        _door.Refusals["GET /api/session"] = (401, """{"refusal":"over","problem":"no-session"}""");
        _door.Refusals["POST /api/pair"] = (403, $$"""{"refusal":"x","problem":"{{problem}}"}""");
        await _visit.GoAsync();
        await _visit.TypeAsync("Code of 8 digits", "1234");
        await _visit.PressAsync("Pair");
        await _visit.SeesAsync("The code has 8 digits.");
        await _visit.TypeAsync("Code of 8 digits", "12345678");
        await _visit.PressAsync("Pair");
        await _visit.SeesAsync(words);
        Assert.Equal("true", await _visit.Page.EvaluateExpressionAsync<string>("document.activeElement.ariaInvalid"));
    }

    [Fact]
    public async Task ASessionThatIsOverLeadsToThePairing()
    {
        await _visit.GoAsync("door");
        await _visit.SeesAsync("Last events");
        _visit.Expected.Add(401);
        _door.Refusals["GET /api/session"] = (401, """{"refusal":"over","problem":"no-session"}""");
        _door.Stream = [("refusal", """{"refusal":"over","problem":"no-session"}""")];
        await _visit.Page.ReloadAsync();
        await _visit.SeesAsync("Code of 8 digits");
    }

    [Fact]
    public async Task AChangeOfTheModeSaysForHowLong()
    {
        await _visit.GoAsync("door");
        await _visit.PressAsync("Change");
        await _visit.PressAsync("Held unlocked");
        await _visit.SeesAsync("For how long");
        await _visit.ShotAsync("mode-phone-light-en");
        await _visit.PressAsync("Apply");
        await _visit.SeesAsync("The mode was changed.");
        Assert.Equal(["""POST /api/mode {"mode":"unlocked","minutes":60}"""], _door.Changes);
    }

    [Fact]
    public async Task EverythingCanBeReachedByTheKeyboard()
    {
        await _visit.DeskAsync();
        await _visit.GoAsync("person/2/x");
        await _visit.SeesAsync("Erase this person");
        HashSet<string> reached = [];
        for (int presses = 0; presses < 60; presses++)
        {
            await _visit.Page.Keyboard.PressAsync("Tab");
            reached.Add(await _visit.Page.EvaluateExpressionAsync<string>(
                "document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText"));
        }

        foreach (string wanted in (string[])["Skip to the content", "Door", "Settings", "People", "Keep out", "Block", "Schedule", "Save",
            "Events of this person", "Erase this person"])
            Assert.Contains(wanted, reached);
    }
}
