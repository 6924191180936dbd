using System.Collections.Concurrent;
using System.Reflection;
using DoorAgent.Operating;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DoorAgent.EndToEnd.Page;

/// <summary>Serves the page's own files with answers that a test chooses, so that every state of a door can be looked at: alarms, long
/// names, an empty gallery, a door that is down. What the real server and the real door answer is tested beside .</summary>
internal sealed class ShownDoor : IAsyncDisposable
{
    private const string Prefix = "page/";

    // As the real server sends it.
    private const string ContentSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private static readonly Assembly Program = typeof(OperatorPeer).Assembly;

    private readonly WebApplication _app;

    private ShownDoor(WebApplication app) => _app = app;

    /// <summary>Answers by method and path, such as <c>GET /api/status</c>; a missing one is refused with 404.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new(ShownAnswers.Usual);

    /// <summary>Refusals by method and path: the status and the body.</summary>
    public ConcurrentDictionary<string, (int Status, string Body)> Refusals { get; } = [];

    /// <summary>What the stream sends: event and data.</summary>
    public (string Event, string Data)[] Stream { get; set; } = [("status", ShownAnswers.Status)];

    /// <summary>The JSON of the picture's facts.</summary>
    public string Facts { get; set; } = ShownAnswers.Facts;

    /// <summary>The requests that change something, with their bodies.</summary>
    public ConcurrentQueue<string> Changes { get; } = [];

    public Uri Address { get; private set; } = new("http://localhost");

    public static async Task<ShownDoor> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        ShownDoor door = new(app);
        app.Run(door.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        door.Address = new Uri(app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        return door;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = ContentSecurity;
        string asked = $"{http.Request.Method} {http.Request.Path}";
        if (Refusals.TryGetValue(asked, out (int Status, string Body) refusal))
        {
            http.Response.StatusCode = refusal.Status;
            await http.Response.WriteAsync(refusal.Body);
        }
        else if (asked == "GET /api/stream")
        {
            await StreamAsync(http);
        }
        else if (asked == "GET /api/picture")
        {
            http.Response.Headers["X-Picture"] = Facts;
            await http.Response.SendFileAsync(Door.Picture("adam/door-1/00.jpg"));
        }
        else if (asked.Contains("/api/", StringComparison.Ordinal))
        {
            if (!HttpMethods.IsGet(http.Request.Method))
                Changes.Enqueue($"{asked} {await new StreamReader(http.Request.Body).ReadToEndAsync()}");
            http.Response.StatusCode = Answers.ContainsKey(asked) ? 200 : 404;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(Answers.GetValueOrDefault(asked, """{"refusal":"There is nothing at this address."}"""));
        }
        else
        {
            await FileAsync(http, http.Request.Path == "/" ? "index.html" : http.Request.Path.Value![1..]);
        }
    }

    private static async Task FileAsync(HttpContext http, string name)
    {
        await using Stream? file = Program.GetManifestResourceStream(Prefix + name);
        http.Response.ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css",
            ".js" => "text/javascript",
            ".svg" => "image/svg+xml",
            _ => "application/json",
        };
        if (file is null)
            http.Response.StatusCode = 404;
        else
            await file.CopyToAsync(http.Response.Body);
    }

    private async Task StreamAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        foreach ((string name, string data) in Stream)
            await http.Response.WriteAsync($"event: {name}\ndata: {data.ReplaceLineEndings("")}\n\n");
        await http.Response.Body.FlushAsync();
        await Task.WhenAny(new TaskCompletionSource().Task.WaitAsync(http.RequestAborted));
    }
}
