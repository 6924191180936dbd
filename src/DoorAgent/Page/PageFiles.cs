using Microsoft.AspNetCore.Http;
using System.Collections.Frozen;
using System.Reflection;

namespace DoorAgent.Page;

/// <summary>The files of the page, which are part of the program. An address is found in a table, so that no address leads to another
/// file.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".json"] = "application/json; charset=utf-8",
        [".webmanifest"] = "application/manifest+json",
    }.ToFrozenDictionary();

    /// <summary>The addresses of all files; the page itself is at "/" too.</summary>
    public static IEnumerable<string> Paths { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => "/" + name[Prefix.Length..].Replace('\\', '/')),
    ];

    /// <summary>Sends a file.</summary>
    /// <param name="http">The request.</param>
    /// <param name="path">One of the <see cref="Paths"/>.</param>
    public static async Task SendAsync(HttpContext http, string path)
    {
        await using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + path[1..])
            ?? throw new PageRefusedException(StatusCodes.Status404NotFound, "There is nothing at this address.");
        http.Response.ContentType = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        http.Response.ContentLength = file.Length;
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
