using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Page;

namespace DoorAgent.Tests.Page;

/// <summary>Tests pairing and sessions through the real server.</summary>
public sealed class PagePairingPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APairingGivesASessionWhoseCookieNoScriptAndNoOtherSiteCanUse()
    {
        await using PageBench bench = await PageBench.StartAsync();
        string code = await bench.CodeAsync(PageRole.Enrol);
        HttpClient browser = bench.Browser();
        using HttpResponseMessage answer = await PageBench.PairAsync(browser, $"{code[..4]} {code[4..]}");

        Assert.Equal("enrol", (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("role").GetString());
        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^__Host-dooragent=[0-9a-f]{64}; path=/; secure; samesite=strict; httponly$", cookie);
        Assert.DoesNotContain("token", await answer.Content.ReadAsStringAsync(Token), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/session", Token)).StatusCode);
        Assert.Contains(bench.Asked, one => one.Request is { Verb: OperatorVerb.Pair, Words: "paired, enrol" });
    }

    [Fact]
    public async Task ACodeIsUsedOnce()
    {
        await using PageBench bench = await PageBench.StartAsync();
        string code = await bench.CodeAsync(PageRole.View);
        using HttpResponseMessage first = await PageBench.PairAsync(bench.Browser(), code), second = await PageBench.PairAsync(bench.Browser(), code);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (first.StatusCode, second.StatusCode));
        Assert.Contains("No code is open", await PageBench.RefusalAsync(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACodeExpiresAfterFiveMinutes()
    {
        await using PageBench bench = await PageBench.StartAsync();
        string code = await bench.CodeAsync(PageRole.View);
        bench.Time.Advance(PagePairing.Lifetime);
        using HttpResponseMessage late = await PageBench.PairAsync(bench.Browser(), code);
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
        Assert.Contains("has expired", await PageBench.RefusalAsync(late), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AThousandWrongCodesCloseTheCodeBeginNoSessionAndAreSlowedDown()
    {
        await using PageBench bench = await PageBench.StartAsync();
        string code = await bench.CodeAsync(PageRole.Technician);
        HttpClient browser = bench.Browser();
        Dictionary<HttpStatusCode, int> counts = [];
        long begun = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < 1000; i++)
        {
            using HttpResponseMessage answer = await PageBench.PairAsync(browser, $"{(i + int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) + 1) % 100_000_000:D8}");
            counts[answer.StatusCode] = counts.GetValueOrDefault(answer.StatusCode) + 1;
        }

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests], counts.Keys.Order());
        // Each minute that has begun, and the rest of the one before it.
        int minutes = (int)TimeProvider.System.GetElapsedTime(begun).TotalMinutes + 2;
        Assert.InRange(counts[HttpStatusCode.Forbidden], 1, minutes * PageRateLimits.PairingsAMinute);
        // The code is closed for everybody, and the door has a record of that.
        OperatorAnswer right = (await OperatorClient.TryAskAsync(
            bench.Places, new OperatorRequest(OperatorVerb.Pair) { Code = code }, Token)).Answer;
        Assert.Equal(PageProblem.NoCode, right.Problem);
        Assert.Single(bench.Asked, one => one.Request.Words == "code closed after 5 wrong tries");
    }

    [Fact]
    public async Task ACookieThatIsUsedAgainAfterTheEndOfItsSessionIsRefused()
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = bench.Browser();
        using HttpResponseMessage paired = await PageBench.PairAsync(browser, await bench.CodeAsync(PageRole.View));
        string cookie = paired.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using HttpResponseMessage ended = await PageBench.PostAsync(browser, "/api/end");
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/status", Token)).StatusCode);

        HttpClient thief = bench.Browser();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/api/status", Token)).StatusCode);
    }

    [Fact]
    public async Task ARestartOfTheDoorEndsEverySessionAndMeanwhileThePageSaysThatTheDoorIsDown()
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = await bench.PairedAsync(PageRole.View);
        await bench.CloseDoorAsync();
        using HttpResponseMessage down = await browser.GetAsync("/api/status", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Assert.StartsWith("The door does not answer", await PageBench.RefusalAsync(down), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/", Token)).StatusCode);

        bench.OpenDoor();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/status", Token)).StatusCode);
    }

    [Fact]
    public async Task APageThatOnlyLooksLosesItsSessionAfterHalfAnHour()
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = await bench.PairedAsync(PageRole.View);
        for (TimeSpan passed = TimeSpan.Zero; passed < PageSessions.Idle - TimeSpan.FromMinutes(1); passed += TimeSpan.FromMinutes(1))
        {
            bench.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/status", Token)).StatusCode);
        }

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/status", Token)).StatusCode);
    }

    [Fact]
    public async Task TwoPagesAtOnceAreEachJudgedByTheirOwnRole()
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient viewer = await bench.PairedAsync(PageRole.View), technician = await bench.PairedAsync(PageRole.Technician);
        using HttpResponseMessage refused = await PageBench.PostAsync(viewer, "/api/unlock");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain(bench.Asked, one => one.Request.Verb == OperatorVerb.Unlock);

        using HttpResponseMessage unlocked = await PageBench.PostAsync(technician, "/api/unlock");
        Assert.Equal(HttpStatusCode.OK, unlocked.StatusCode);
        Assert.Equal("page, technician", Assert.Single(bench.Asked, one => one.Request.Verb == OperatorVerb.Unlock).By);
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/api/status", Token)).StatusCode);
    }

    [Theory]
    [InlineData("/api/people")]
    [InlineData("/api/enrolments")]
    [InlineData("/api/settings")]
    [InlineData("/api/links")]
    public async Task ARoleThatMayOnlyViewReadsNeitherPeopleNorSettings(string path)
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = await bench.PairedAsync(PageRole.View);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(path, Token)).StatusCode);
    }

    [Fact]
    public async Task NamesWithMarkupReachTheBrowserAsTextThatNoParserTakesForMarkup()
    {
        const string evil = "<img src=x onerror=alert(1)>'\"&</script>";
        await using PageBench bench = await PageBench.StartAsync();
        bench.Status = bench.Status with { LookingFor = evil, Events = [PageBench.Event(1, DoorEventKind.Granted, evil)] };
        HttpClient browser = await bench.PairedAsync(PageRole.View);
        using HttpResponseMessage answer = await browser.GetAsync("/api/status", Token);
        string text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.DoesNotContain('<', text);
        JsonElement json = JsonDocument.Parse(text).RootElement;
        Assert.Equal(evil, json.GetProperty("door").GetProperty("lookingFor").GetString());
        Assert.Equal(evil, json.GetProperty("events")[0].GetProperty("person").GetString());
    }
}
