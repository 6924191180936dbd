using System.Globalization;
using System.Net;
using System.Security.Authentication;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>What is said when a network cannot be fetched, and what to do about it.</summary>
internal static class DownloadErrors
{
    private const string OrImport = "Or bring the file on a stick: 'dooragent models import DIR'.";

    /// <summary>A number of bytes as people read it.</summary>
    public static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB");

    /// <summary>Nobody publishes the file.</summary>
    public static string NoAddress(CatalogueEntry entry) => entry switch
    {
        { IsBuiltIn: true } => $"{entry.Id} is built in, but another {entry.File} lies in a directory of networks: take it away.",
        { HasFile: false } => $"{entry.Id} is no network: there is nothing to fetch.",
        { IsBuiltLocally: true } => $"{entry.Id} is not fetched, but made here: {entry.Origin}.",
        _ => $"{entry.Id} has no address to fetch it from ({entry.Origin}). Bring {entry.File} on a stick: 'dooragent models import DIR'.",
    };

    /// <summary>What an answer other than the file means: an exception to give up with, or one to ask again after.</summary>
    public static Exception Refused(CatalogueEntry entry, HttpResponseMessage response)
    {
        string status = $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        switch (response.StatusCode)
        {
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                return new IOException($"the server answers {status}");
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return new UserErrorException($"{entry.Id} is no longer at {entry.Url} ({status}). {OrImport}");
            case >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest:
                return new UserErrorException($"{entry.Id}: {response.RequestMessage?.RequestUri} leads on to {response.Headers.Location} ({status}), "
                    + $"which is not followed: too many steps, or no longer encrypted. {OrImport}");
            default:
                return new UserErrorException($"{entry.Id}: {entry.Url} answers {status}. Is a proxy between? {OrImport}");
        }
    }

    /// <summary>Something of another length is offered.</summary>
    public static UserErrorException WrongLength(CatalogueEntry entry, long length) => new(string.Create(CultureInfo.InvariantCulture,
        $"{entry.Id}: {entry.Url} gives {length:#,0} bytes where {entry.Bytes:#,0} are right: another file, or a network's sign-in page. {OrImport}"));

    /// <summary>More came than the file has.</summary>
    public static UserErrorException TooLong(CatalogueEntry entry) => new(string.Create(CultureInfo.InvariantCulture,
        $"{entry.Id}: {entry.Url} gives more than the {entry.Bytes:#,0} bytes that are right: another file. It was thrown away. {OrImport}"));

    /// <summary>All came, and it is something else.</summary>
    public static UserErrorException WrongDigest(CatalogueEntry entry, string digest) => new(
        $"{entry.Id}: {entry.Url} gives another file. Its SHA-256 is {digest}, and must be {entry.Sha256}. It was thrown away. {OrImport}");

    /// <summary>The network failed for good.</summary>
    /// <param name="entry">Whose file.</param>
    /// <param name="failure">What happened the last time.</param>
    /// <param name="kept">Bytes that are here.</param>
    public static UserErrorException Broken(CatalogueEntry entry, Exception failure, long kept)
    {
        string hint = (failure as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => "Is this machine's clock right? Certificates are refused when it is not. ",
            HttpRequestError.NameResolutionError => "Is this machine in a network that reaches the internet? ",
            _ => "",
        };
        string rest = kept == 0 ? "" : $"{Size(kept)} of {Size(entry.Bytes)} are kept, and the same command goes on from there. ";
        return new UserErrorException($"{entry.Id} cannot be fetched from {entry.Url}: {Reason(failure)}. {hint}{rest}{OrImport}", failure);
    }

    /// <summary>The user stopped it.</summary>
    public static UserErrorException Stopped(CatalogueEntry entry, PartFile part) => new(part.Length == 0
        ? $"stopped; nothing of {entry.Id} had come."
        : $"stopped; {Size(part.Length)} of {Size(entry.Bytes)} of {entry.Id} are kept in {part.Path}, and the same command goes on from there.");

    /// <summary>Why a request failed, without a full stop.</summary>
    public static string Reason(Exception failure) => failure switch
    {
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection broke",
        // The library's own sentence says only that the reason is further in.
        HttpRequestException { InnerException: (AuthenticationException or IOException) and { } inner } => inner.Message.TrimEnd('.'),
        _ => failure.Message.TrimEnd('.'),
    };
}
