using System.Net;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Page;

namespace DoorAgent.Tests.Page;

/// <summary>Tests the server-sent events through the real server; the page's clock moves only as the test says.</summary>
public sealed class PageStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheStreamBeginsWithTheStateAndBringsEveryChangeAndEventOnce()
    {
        await using PageBench bench = await PageBench.StartAsync();
        bench.Status = bench.Status with { Events = [PageBench.Event(1)] };
        HttpClient browser = await bench.PairedAsync(PageRole.View);
        using StreamReader stream = await OpenAsync(browser);
        (string name, string data) = await NextAsync(bench, stream);
        Assert.Equal("status", name);
        Assert.Contains("\"door\":\"locked\"", data, StringComparison.Ordinal);

        bench.Status = bench.Status with { Door = DoorPhase.Unlocked, Events = [PageBench.Event(1), PageBench.Event(2, person: "anna")] };
        (name, data) = await NextAsync(bench, stream);
        Assert.Equal("event", name);
        Assert.Contains("\"sequence\":2", data, StringComparison.Ordinal);
        Assert.Contains("anna", data, StringComparison.Ordinal);
        (name, data) = await NextAsync(bench, stream);
        Assert.Equal("status", name);
        Assert.Contains("\"door\":\"unlocked\"", data, StringComparison.Ordinal);

        bench.Status = bench.Status with { Events = [PageBench.Event(2), PageBench.Event(3, DoorEventKind.Denied)] };
        (name, data) = await NextAsync(bench, stream);
        Assert.Equal("event", name);
        Assert.Contains("\"sequence\":3", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheFirstEventOfADoorWithoutEventsComesToo()
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = await bench.PairedAsync(PageRole.View);
        using StreamReader stream = await OpenAsync(browser);
        Assert.Equal("status", (await NextAsync(bench, stream)).Name);
        bench.Status = bench.Status with { Events = [PageBench.Event(1)] };
        (string name, string data) = await NextAsync(bench, stream);
        Assert.Equal("event", name);
        Assert.Contains("\"sequence\":1", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStreamSaysOnceThatTheDoorIsDownAndEndsWithItsSession()
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = await bench.PairedAsync(PageRole.View);
        using StreamReader stream = await OpenAsync(browser);
        Assert.Equal("status", (await NextAsync(bench, stream)).Name);
        await bench.CloseDoorAsync();
        Assert.Equal("refusal", (await NextAsync(bench, stream)).Name);
        bench.OpenDoor();
        (string name, string data) = await NextAsync(bench, stream);
        Assert.Equal("refusal", name);
        Assert.Contains("pair again", data, StringComparison.Ordinal);
        Assert.Equal("", (await stream.ReadToEndAsync(Token)).Trim());
    }

    [Fact]
    public async Task StreamsThatAreLeftOpenAreLimitedAndTheirPlacesReturn()
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = await bench.PairedAsync(PageRole.View);
        List<StreamReader> open = [];
        for (int i = 0; i < PageStream.Most; i++)
            open.Add(await OpenAsync(browser));
        using HttpResponseMessage refused = await browser.GetAsync("/api/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/status", Token)).StatusCode);

        open.ForEach(one => one.Dispose());
        // The server notices that a browser is gone when its connection ends.
        while (bench.Server.OpenStreams > 0)
        {
            bench.PageTime.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        using StreamReader again = await OpenAsync(browser);
        Assert.Equal("status", (await NextAsync(bench, again)).Name);
    }

    [Fact]
    public async Task ThePageEndsAfterFifteenMinutesWithoutUseAndNotWhileAStreamIsOpen()
    {
        await using PageBench bench = await PageBench.StartAsync();
        Task ended = bench.Server.WaitAsync(Token);
        HttpClient browser = await bench.PairedAsync(PageRole.View);
        using (StreamReader stream = await OpenAsync(browser))
        {
            Assert.Equal("status", (await NextAsync(bench, stream)).Name);
            bench.PageTime.Advance(TimeSpan.FromMinutes(20));
            Assert.False(ended.IsCompleted);
        }

        // The end of the stream begins the 15 minutes.
        for (; !ended.IsCompleted; await Task.Yield())
            bench.PageTime.Advance(TimeSpan.FromMinutes(1));
        await ended;
    }

    private static async Task<StreamReader> OpenAsync(HttpClient browser)
    {
        HttpResponseMessage answer = await browser.GetAsync("/api/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
    }

    private static async Task<(string Name, string Data)> NextAsync(PageBench bench, StreamReader stream)
    {
        string? name = null;
        while (true)
        {
            Task<string?> next = stream.ReadLineAsync(Token).AsTask();
            // The page looks at the door at each tick of its clock.
            for (; !next.IsCompleted; await Task.Yield())
                bench.PageTime.Advance(TimeSpan.FromMilliseconds(400));
            string? line = await next;
            Assert.NotNull(line);
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                return (name!, line["data: ".Length..]);
        }
    }
}
