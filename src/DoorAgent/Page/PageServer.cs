using System.Net;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog;

namespace DoorAgent.Page;

/// <summary>What a page server listens on, and what it knows.</summary>
/// <param name="Places">The data directory of the door.</param>
/// <param name="Certificate">The certificate with its key.</param>
/// <param name="Hosts">The addresses that were printed.</param>
internal sealed record PageServerOptions(Places Places, X509Certificate2 Certificate, PageHosts Hosts)
{
    /// <summary>Sockets that systemd has given to this process.</summary>
    public IReadOnlyList<int> Inherited { get; init; } = [];

    /// <summary>An address to listen on, without systemd.</summary>
    public IPEndPoint? Address { get; init; }

    /// <summary>A unix socket to listen on, without systemd.</summary>
    public string? UnixSocket { get; init; }

    /// <summary>How long a browser may take for its headers, and how long a body may be slower than 240 bytes a second.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time without a request after which the server ends.</summary>
    public TimeSpan EndsAfter { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>Serves the page: HTTPS on sockets that systemd has opened, or on an address. Nothing is read from the environment, from a
/// configuration or a home directory, and nothing is written.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private const int LongestBody = 16 * 1024;
    private const int MostConnections = 40;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly PageIdle _idle;
    private readonly PageStream _stream;

    private PageServer(WebApplication app, PageIdle idle, PageStream stream) => (_app, _idle, _stream) = (app, idle, stream);

    /// <summary>How many streams of events are open.</summary>
    public int OpenStreams => _stream.Open;

    /// <summary>The addresses that the server listens on.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>Starts to listen.</summary>
    /// <exception cref="UserErrorException">The address cannot be used.</exception>
    public static async Task<PageServer> StartAsync(PageServerOptions options, Serilog.ILogger log, TimeProvider time,
        CancellationToken stopping)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "DoorAgent", EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.AddRateLimiter(PageRateLimits.Set);
        builder.Services.AddSingleton(time);
        builder.Services.AddSerilog(log);
        WebApplication app = builder.Build();
        PageIdle idle = new(options.EndsAfter, app.Lifetime.StopApplication, time);
        PageGuard guard = new(options.Hosts, log);
        app.Use(next => http => idle.RunAsync(http, next));
        app.Use(next => http => guard.RunAsync(http, next));
        app.UseRouting();
        app.UseRateLimiter();
        PageStream stream = new(time);
        new PageRoutes(new PageDoor(options.Places), stream, app.Lifetime.ApplicationStopping).AddTo(app);
        try
        {
            await app.StartAsync(stopping);
            return new PageServer(app, idle, stream);
        }
        catch (IOException failure)
        {
            await app.DisposeAsync();
            idle.Dispose();
            throw new UserErrorException($"The page cannot listen: {failure.Message}", failure);
        }
    }

    /// <summary>Waits until the server ends: nobody uses the page, or the process is asked to stop.</summary>
    public Task WaitAsync(CancellationToken stopping) => _app.WaitForShutdownAsync(stopping);

    public async ValueTask DisposeAsync()
    {
        _idle.Dispose();
        await _app.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, PageServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxRequestBodySize = LongestBody;
        limits.MaxRequestHeadersTotalSize = LongestBody;
        limits.MaxRequestHeaderCount = 50;
        limits.MaxConcurrentConnections = MostConnections;
        limits.RequestHeadersTimeout = options.SlowAfter;
        limits.KeepAliveTimeout = KeepAlive;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: options.SlowAfter);
        foreach (int socket in options.Inherited)
            kestrel.ListenHandle((ulong)socket, Use);
        if (options.Address is { } address)
            kestrel.Listen(address, Use);
        if (options.UnixSocket is { } path)
            kestrel.ListenUnixSocket(path, Use);

        void Use(ListenOptions listen)
        {
            // A page has few requests at a time, and HTTP/2 brings attacks of its own.
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(options.Certificate);
        }
    }
}
