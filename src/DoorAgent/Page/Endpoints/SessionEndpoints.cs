using Microsoft.AspNetCore.Http;
using System.Text.Json.Serialization;
using DoorAgent.Operating;

namespace DoorAgent.Page.Endpoints;

/// <summary>A code as somebody typed it.</summary>
/// <param name="Code">8 digits; spaces and hyphens do not count.</param>
internal sealed record PairingRequest([property: JsonRequired] string Code);

/// <summary>Pairing and the end of a session.</summary>
internal static class SessionEndpoints
{
    // A code has 8 digits; this leaves room for blanks between them.
    private const int LongestCode = 32;

    /// <summary>POST /api/pair: begins a session. 200 with the session and its cookie; 403 for a wrong code.</summary>
    public static async Task PairAsync(PageCall call, PageDoor door)
    {
        PairingRequest typed = await call.ReadAsync<PairingRequest>();
        if (typed.Code.Length > LongestCode)
            throw new PageRefusedException(StatusCodes.Status403Forbidden, "The code is wrong.");
        OperatorAnswer answer = await door.AskAsync(new OperatorRequest(OperatorVerb.Pair) { Code = typed.Code }, call.Gone);
        if (answer.Session is not { Token: { } token } session)
            throw new PageRefusedException(StatusCodes.Status503ServiceUnavailable, "The door began no session.");
        call.Keep(token);
        await call.WriteAsync(session with { Token = null });
    }

    /// <summary>GET /api/session: the session of this browser. 401 without one.</summary>
    public static async Task ShowAsync(PageCall call) =>
        await call.WriteAsync((await call.AskAsync(new OperatorRequest(OperatorVerb.Session))).Session);

    /// <summary>POST /api/end: ends the session.</summary>
    public static async Task EndAsync(PageCall call)
    {
        call.Forget();
        await call.AskAsync(new OperatorRequest(OperatorVerb.EndSession));
        await call.WriteAsync(new { });
    }
}
