using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using DoorAgent.Doors;
using DoorAgent.Enrolment;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Doors;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Page;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace DoorAgent.Tests.Page;

/// <summary>A real page server with a real operator's socket, at a door whose answers the test controls.</summary>
internal sealed class PageBench : IOperable, ISeeingDoor, IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<IDisposable> _browsers = [];
    private readonly List<(OperatorRequest Request, string By)> _asked = [];
    private X509Certificate2? _certificate;
    private OperatorSocket? _socket;
    private PageDesk? _desk;
    private PageServer? _server;

    /// <summary>The door's clock, which stands still.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));

    /// <summary>The page's clock, which stands still.</summary>
    public FakeTimeProvider PageTime { get; } = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));

    /// <summary>The requests that reached the door.</summary>
    public IReadOnlyList<(OperatorRequest Request, string By)> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    /// <summary>The state that the door reports.</summary>
    public DoorStatus Status { get; set; } = new()
    {
        Running = "a test", Since = default, Now = default, Door = DoorPhase.Locked, Lights = LightPattern.Off, Faults = [], Events = [],
    };

    /// <summary>What the door sees.</summary>
    public Look Seen { get; set; } = new(null, "the camera is gone", null);

    public Places Places => new(_folder.Path, []);

    public Uri Address => new(_server!.Addresses[0]);

    public PageServer Server => _server!;

    public static async Task<PageBench> StartAsync(Func<PageServerOptions, PageServerOptions>? options = null)
    {
        PageBench bench = new();
        bench.OpenDoor();
        bench._certificate = PageCertificate.ReadOrMake(bench._folder.Path, [], TimeProvider.System);
        PageServerOptions plain = new(bench.Places, bench._certificate, new PageHosts([]))
        {
            Address = new IPEndPoint(IPAddress.Loopback, 0),
            // A busy machine is not a slow browser.
            SlowAfter = TimeSpan.FromMinutes(2),
        };
        bench._server = await PageServer.StartAsync(options?.Invoke(plain) ?? plain, Logger.None, bench.PageTime, CancellationToken.None);
        return bench;
    }

    /// <summary>Starts the door's side, which knows no session.</summary>
    public void OpenDoor()
    {
        _desk = new PageDesk(new PageParts(Places, new PeopleOptions()), this, this, Time);
        _socket = OperatorSocket.Open(Places, this, Logger.None, Time, page: _desk);
    }

    public async Task CloseDoorAsync()
    {
        if (_socket is not null)
            await _socket.DisposeAsync();
        _desk?.Dispose();
        (_socket, _desk) = (null, null);
    }

    /// <summary>Makes a code as 'dooragent page' does.</summary>
    public async Task<string> CodeAsync(PageRole role) => (await OperatorClient.AskAsync(
        Places, new OperatorRequest(OperatorVerb.PageCode) { Role = role }, CancellationToken.None)).Code!.Code;

    /// <summary>Opens a browser that has not been paired.</summary>
    public HttpClient Browser()
    {
#pragma warning disable CA2000, CA5400 // The client disposes the handler; the certificate is compared as a person would.
        HttpClient browser = new(new HttpClientHandler
        {
            CookieContainer = new CookieContainer(), AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = (_, seen, _, _) => seen?.Thumbprint == _certificate!.Thumbprint,
        }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
#pragma warning restore CA2000, CA5400
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>Opens a browser and pairs it.</summary>
    public async Task<HttpClient> PairedAsync(PageRole role)
    {
        HttpClient browser = Browser();
        using HttpResponseMessage answer = await PairAsync(browser, await CodeAsync(role));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return browser;
    }

    public static Task<HttpResponseMessage> PairAsync(HttpClient browser, string code) =>
        browser.PostAsJsonAsync("/api/pair", new { code });

    public static Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, string body = "{}") =>
        browser.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    public static async Task<string> RefusalAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusal").GetString()!;

    public void Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer)
    {
        lock (_asked)
            _asked.Add((request, by));
        answer(request.Verb == OperatorVerb.Status ? new OperatorAnswer { Status = Status } : new OperatorAnswer { Done = "done" });
    }

    public void StopAwaiting(Action<OperatorAnswer> answer)
    {
        // Nobody waits for a badge here.
    }

    public Task<string?> NextFrameAsync(Frame into, CancellationToken cancellation) => Task.FromResult<string?>("no frames here");

    public LoadedNetworks Networks => throw new NotSupportedException("This door has no networks.");

    public Task<Look> LookAsync(LookUse use, CancellationToken cancellation) => Task.FromResult(Seen);

    public LivenessVerdict? JudgeLiveness(LivePictures taken) => null;

    public async ValueTask DisposeAsync()
    {
        foreach (IDisposable browser in _browsers)
            browser.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        await CloseDoorAsync();
        _certificate?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Makes an event.</summary>
    public static DoorEvent Event(long sequence, DoorEventKind kind = DoorEventKind.Granted, string? person = null) =>
        new(kind) { Sequence = sequence, Time = new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), PersonName = person };
}
