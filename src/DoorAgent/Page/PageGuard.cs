using Microsoft.AspNetCore.Http;
using DoorAgent.Operating;
using System.Text.Json;

namespace DoorAgent.Page;

/// <summary>What every request must be, and what every answer says: the host is one of ours, a change comes from our own page and is JSON,
/// nothing is kept in a cache, and the browser loads nothing that is not ours.</summary>
/// <param name="hosts">The hosts that the page is reached by.</param>
/// <param name="log">Receives failures of our own code.</param>
internal sealed class PageGuard(PageHosts hosts, Serilog.ILogger log)
{
    // Pictures are drawn on a canvas from the bytes that a script has fetched, so that not even data: is needed.
    private const string ContentSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    /// <summary>Runs a request, or refuses it.</summary>
    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        Protect(http.Response.Headers);
        try
        {
            Check(http.Request);
            await next(http);
        }
        catch (PageRefusedException refused)
        {
            await RefuseAsync(http, refused.Status, refused.Message, refused.Problem);
        }
        catch (BadHttpRequestException bad)
        {
            await RefuseAsync(http, bad.StatusCode, "The request was not understood.");
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or TimeoutException)
        {
            // The browser is gone or does not read, or the process ends.
            log.Debug("A browser went away: {Why}", gone.Message);
            http.Abort();
        }
#pragma warning disable CA1031 // The outermost handler: a failure of our own code is logged, and the browser gets no detail of it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.Error(failure, "A request of the page failed");
            await RefuseAsync(http, StatusCodes.Status500InternalServerError, "The page failed; 'journalctl -u dooragent-page' says more.");
        }
    }

    /// <summary>Sends a refusal, unless an answer has begun.</summary>
    public static async Task RefuseAsync(HttpContext http, int status, string why, PageProblem? problem = null)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new PageRefusal(why, problem), OperatorProtocol.Json),
            CancellationToken.None);
    }

    private void Check(HttpRequest request)
    {
        if (!hosts.Knows(request.Host.Host))
        {
            throw new PageRefusedException(StatusCodes.Status421MisdirectedRequest,
                "The page is not reached by this name. 'sudo dooragent page' prints its addresses.");
        }

        if (HttpMethods.IsGet(request.Method))
            return;
        if (request.Headers["Sec-Fetch-Site"] is not ["same-origin"])
            throw new PageRefusedException(StatusCodes.Status403Forbidden, "The request does not come from this page.");
        if (!request.HasJsonContentType())
            throw new PageRefusedException(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON.");
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
    }
}
