using Microsoft.AspNetCore.Http;
using System.Text.Json;
using DoorAgent.Operating;

namespace DoorAgent.Page;

/// <summary>A request of a browser and its answer.</summary>
/// <param name="http">The request.</param>
/// <param name="door">The door.</param>
internal sealed class PageCall(HttpContext http, PageDoor door)
{
    private const string CookieName = "__Host-dooragent";

    // A token has 64 digits; a longer one is none of ours.
    private const int LongestToken = 128;

    // A text that must be given is not null either.
    private static readonly JsonSerializerOptions Strict = new(OperatorProtocol.Json) { RespectNullableAnnotations = true };

    public HttpContext Http => http;

    /// <summary>Cancelled when the browser goes away.</summary>
    public CancellationToken Gone => http.RequestAborted;

    /// <summary>The token of the browser's session.</summary>
    /// <exception cref="PageRefusedException">There is none.</exception>
    public string Session => http.Request.Cookies[CookieName] is { Length: > 0 and <= LongestToken } token ? token
        : throw new PageRefusedException(StatusCodes.Status401Unauthorized, "This browser is not paired with the door.");

    /// <summary>Sends a request of this session to the door.</summary>
    /// <exception cref="PageRefusedException">The door refused, or is not there.</exception>
    public Task<OperatorAnswer> AskAsync(OperatorRequest request) => door.AskAsync(request with { Session = Session }, Gone);

    /// <summary>Keeps a session in the browser.</summary>
    public void Keep(string token) => http.Response.Cookies.Append(CookieName, token, Cookie);

    /// <summary>Removes the session from the browser.</summary>
    public void Forget() => http.Response.Cookies.Delete(CookieName, Cookie);

    /// <summary>Reads the body.</summary>
    /// <exception cref="PageRefusedException">The body is not the JSON of such an object.</exception>
    public async Task<T> ReadAsync<T>()
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Strict, Gone)
                ?? throw new PageRefusedException(StatusCodes.Status400BadRequest, "The body is null.");
        }
        catch (JsonException)
        {
            throw new PageRefusedException(StatusCodes.Status400BadRequest, "The body was not understood.");
        }
    }

    /// <summary>Sends an object.</summary>
    public Task WriteAsync<T>(T value, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, OperatorProtocol.Json), Gone).AsTask();
    }

    /// <summary>A number of the address.</summary>
    /// <exception cref="PageRefusedException">It is not a number.</exception>
    public long Number(string name) => long.TryParse(http.Request.RouteValues[name] as string, out long number) ? number
        : throw new PageRefusedException(StatusCodes.Status404NotFound, "There is nothing at this address.");

    /// <summary>A number of the query; null where it is not given.</summary>
    /// <exception cref="PageRefusedException">It is not a number.</exception>
    public long? NumberOrNull(string name) => http.Request.Query[name] is not [{ } text] ? null
        : long.TryParse(text, out long number) ? number
        : throw new PageRefusedException(StatusCodes.Status400BadRequest, $"'{name}' must be a number.");

    /// <summary>Whether a part of the query is given and true.</summary>
    public bool Is(string name) => http.Request.Query[name] is ["true"];

    private static CookieOptions Cookie { get; } = new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/" };
}
