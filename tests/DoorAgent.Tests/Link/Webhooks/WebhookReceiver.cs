using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DoorAgent.Tests.Link.Webhooks;

/// <summary>A message that a receiver got.</summary>
internal sealed record ReceivedMessage(string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A receiver of webhooks on the loopback interface; the test decides each answer.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<ReceivedMessage> _received = [];

    private WebhookReceiver(X509Certificate2? certificate, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options => options.Listen(IPAddress.Loopback, port, listen => Encrypt(listen, certificate)));
        _server = builder.Build();
        _server.Run(AnswerAsync);
        Scheme = certificate is null ? "http" : "https";
    }

    /// <summary>Answers a message.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context =>
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    public IReadOnlyList<ReceivedMessage> Received => [.. _received];

    public Uri Address => new($"{Scheme}://127.0.0.1:{Port}/hook/secret-path");

    public int Port => new Uri(_server.Urls.Single()).Port;

    private string Scheme { get; }

    public static async Task<WebhookReceiver> StartAsync(X509Certificate2? certificate = null, int port = 0)
    {
        WebhookReceiver receiver = new(certificate, port);
        await receiver._server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Answers with a status.</summary>
    public void AnswerWith(int status) => Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Encrypt(ListenOptions listen, X509Certificate2? certificate)
    {
        if (certificate is not null)
            listen.UseHttps(certificate);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        _received.Enqueue(new ReceivedMessage(context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase), body));
        await Answer(context);
    }
}
