using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using DoorAgent.Operating;
using DoorAgent.Page.Endpoints;

namespace DoorAgent.Page;

/// <summary>The addresses of the page.</summary>
/// <param name="door">The door.</param>
/// <param name="stream">Sends server-sent events.</param>
/// <param name="stopping">Cancelled when the process ends.</param>
internal sealed class PageRoutes(PageDoor door, PageStream stream, CancellationToken stopping)
{
    public void AddTo(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/pair", Call(call => SessionEndpoints.PairAsync(call, door))).RequireRateLimiting(PageRateLimits.Pairing);
        app.MapGet("/api/session", Call(SessionEndpoints.ShowAsync));
        app.MapPost("/api/end", Call(SessionEndpoints.EndAsync));
        app.MapGet("/api/status", Call(DoorEndpoints.StatusAsync));
        app.MapGet("/api/stream", Call(call => stream.RunAsync(call, stopping)));
        app.MapGet("/api/picture", Call(call => DoorEndpoints.PictureAsync(call, door)));
        app.MapGet("/api/events", Call(EventEndpoints.ListAsync));
        app.MapGet("/api/events/{sequence}", Call(EventEndpoints.ExplainAsync));
        app.MapGet("/api/people", Call(PeopleEndpoints.ListAsync));
        app.MapPatch("/api/people/{id}", Call(PeopleEndpoints.ChangeAsync));
        app.MapDelete("/api/people/{id}", Call(PeopleEndpoints.EraseAsync));
        app.MapPost("/api/enrolments", Call(EnrolmentEndpoints.BeginAsync));
        app.MapGet("/api/enrolments", Call(EnrolmentEndpoints.ShowAsync));
        app.MapDelete("/api/enrolments", Call(EnrolmentEndpoints.EndAsync));
        app.MapPost("/api/unlock", Call(call => DoorEndpoints.OrderAsync(call, OperatorVerb.Unlock)));
        app.MapPost("/api/lock", Call(call => DoorEndpoints.OrderAsync(call, OperatorVerb.Lock)));
        app.MapPost("/api/acknowledge", Call(call => DoorEndpoints.OrderAsync(call, OperatorVerb.Acknowledge)));
        app.MapPost("/api/mode", Call(DoorEndpoints.ModeAsync));
        app.MapPost("/api/check", Call(DoorEndpoints.CheckAsync));
        app.MapGet("/api/settings", Call(DoorEndpoints.SettingsAsync));
        app.MapGet("/api/links", Call(DoorEndpoints.LinksAsync));
        app.MapGet("/", http => PageFiles.SendAsync(http, "/index.html"));
        foreach (string path in PageFiles.Paths)
            app.MapGet(path, http => PageFiles.SendAsync(http, path));
        app.MapFallback(http => PageGuard.RefuseAsync(http, StatusCodes.Status404NotFound, "There is nothing at this address."));
    }

    private RequestDelegate Call(Func<PageCall, Task> answer) => http => answer(new PageCall(http, door));
}
