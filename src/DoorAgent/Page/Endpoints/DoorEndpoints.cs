using Microsoft.AspNetCore.Http;
using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Modes;
using DoorAgent.Operating;

namespace DoorAgent.Page.Endpoints;

/// <summary>What was done.</summary>
/// <param name="Done">The door's words.</param>
internal sealed record PageDone(string Done);

/// <summary>A change of the mode.</summary>
/// <param name="Mode">normal, unlocked or lockdown.</param>
internal sealed record ModeRequest([property: JsonRequired] DoorMode Mode)
{
    /// <summary>For unlocked, how long, in minutes; or <see cref="Until"/>.</summary>
    public double? Minutes { get; init; }

    /// <summary>For unlocked, until when: hh:mm in the door's local time.</summary>
    public string? Until { get; init; }
}

/// <summary>The door itself: its state, its picture, its lock, its check, its settings, its links.</summary>
internal static class DoorEndpoints
{
    /// <summary>The header with the <see cref="PictureFacts"/> of a picture, as JSON in ASCII.</summary>
    public const string FactsHeader = "X-Picture";

    /// <summary>GET /api/status: 200 with a <see cref="PageStatus"/>.</summary>
    public static async Task StatusAsync(PageCall call) =>
        await call.WriteAsync(PageStatus.Of(await call.AskAsync(new OperatorRequest(OperatorVerb.Status))));

    /// <summary>GET /api/picture: 200 with a JPEG and the header of <see cref="FactsHeader"/>; 503 without a picture.</summary>
    public static async Task PictureAsync(PageCall call, PageDoor door)
    {
        (PictureFacts facts, byte[] jpeg) = await door.PictureAsync(call.Session, call.Gone);
        // The default encoder writes everything beyond ASCII as escapes.
        call.Http.Response.Headers[FactsHeader] = JsonSerializer.Serialize(facts, OperatorProtocol.Json);
        call.Http.Response.ContentType = "image/jpeg";
        await call.Http.Response.Body.WriteAsync(jpeg, call.Gone);
    }

    /// <summary>POST /api/unlock, /api/lock, /api/acknowledge: 200 with a <see cref="PageDone"/>.</summary>
    public static async Task OrderAsync(PageCall call, OperatorVerb verb)
    {
        _ = await call.ReadAsync<NothingElse>();
        await call.WriteAsync(new PageDone((await call.AskAsync(new OperatorRequest(verb))).Done ?? ""));
    }

    /// <summary>POST /api/mode with a <see cref="ModeRequest"/>: 200 with a <see cref="PageDone"/>.</summary>
    public static async Task ModeAsync(PageCall call)
    {
        const double secondsOfMinute = 60;
        ModeRequest mode = await call.ReadAsync<ModeRequest>();
        double seconds = (mode.Minutes ?? 0) * secondsOfMinute;
        // A line of JSON has no infinite number.
        if (!double.IsFinite(seconds))
            throw new PageRefusedException(StatusCodes.Status400BadRequest, "The minutes are not a time.");
        OperatorAnswer answer = await call.AskAsync(new OperatorRequest(OperatorVerb.Mode, seconds)
        {
            Mode = mode.Mode, Until = mode.Until,
        });
        await call.WriteAsync(new PageDone(answer.Done ?? ""));
    }

    /// <summary>POST /api/check: 200 with a <see cref="CheckReport"/>; takes seconds.</summary>
    public static async Task CheckAsync(PageCall call)
    {
        _ = await call.ReadAsync<NothingElse>();
        await call.WriteAsync((await call.AskAsync(new OperatorRequest(OperatorVerb.Check))).Check);
    }

    /// <summary>GET /api/settings: 200 with <see cref="PageSettings"/>.</summary>
    public static async Task SettingsAsync(PageCall call)
    {
        List<ShownSetting> settings = [];
        IReadOnlyList<ShownSetting> more;
        do
        {
            PageQuery next = new() { Skip = settings.Count };
            more = (await call.AskAsync(new OperatorRequest(OperatorVerb.Settings) { Query = next })).Settings ?? [];
            settings.AddRange(more);
        }
        while (more.Count == PageQuery.MostSettings);
        await call.WriteAsync(new PageSettings(settings));
    }

    /// <summary>GET /api/links: 200 with what the process for everything that leaves the house says about its channels.</summary>
    public static async Task LinksAsync(PageCall call) =>
        await call.WriteAsync(new { links = (await call.AskAsync(new OperatorRequest(OperatorVerb.Links))).Links });

    /// <summary>The body of a request that says everything by its address: <c>{}</c>.</summary>
    private sealed record NothingElse;
}
