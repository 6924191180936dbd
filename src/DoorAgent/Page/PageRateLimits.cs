using Microsoft.AspNetCore.Http;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace DoorAgent.Page;

/// <summary>How many requests the page takes: of one address, and tries of a code from everywhere together.</summary>
internal static class PageRateLimits
{
    /// <summary>The limit of pairings.</summary>
    public const string Pairing = "pairing";

    /// <summary>Tries of a code in a minute; a code closes after five wrong ones.</summary>
    public const int PairingsAMinute = 10;

    // A page asks for a picture five times a second at most, and a machine may show two pages.
    private const int RequestsInTenSeconds = 300;

    public static void Set(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, _) => await PageGuard.RefuseAsync(
            context.HttpContext, StatusCodes.Status429TooManyRequests, "Too many requests. Wait for a minute, and try again.");
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "unix", _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = RequestsInTenSeconds, Window = TimeSpan.FromSeconds(10), QueueLimit = 0,
            }));
        options.AddPolicy(Pairing, _ => RateLimitPartition.GetFixedWindowLimiter("everybody", _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = PairingsAMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));
    }
}
