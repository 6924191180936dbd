using System.Globalization;
using System.Net;
using System.Security.Authentication;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>The error messages of downloads, with the next step.</summary>
internal static class DownloadErrors
{
    /// <summary>Returns the other way to get a network.</summary>
    private static string OrImport(CatalogueEntry entry) => entry.OpenVino is null
        ? "Or bring the file on a USB stick: 'dooragent models import DIR'."
        : "Or bring the .xml and the .bin on a USB stick: 'dooragent models import --openvino XML BIN'.";

    /// <summary>Formats a number of bytes for people.</summary>
    public static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB");

    /// <summary>Explains why a network has no download address.</summary>
    public static string NoAddress(CatalogueEntry entry) => entry switch
    {
        { IsBuiltIn: true } => $"{entry.Id} is built in, but a directory of networks contains another {entry.File}: remove it.",
        { HasFile: false } => $"{entry.Id} is not a network: there is nothing to download.",
        { IsBuiltLocally: true } => $"{entry.Id} is not downloaded, but built on this machine: {entry.Origin}.",
        _ => $"{entry.Id} has no download address ({entry.Origin}). Bring {entry.File} on a USB stick: 'dooragent models import DIR'.",
    };

    /// <summary>Converts a response without the file to an exception: an IOException means that a retry may succeed.</summary>
    public static Exception Refused(CatalogueEntry entry, HttpResponseMessage response)
    {
        string status = $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        switch (response.StatusCode)
        {
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                return new IOException($"the server answers {status}");
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return new UserErrorException($"{entry.Id} is no longer at {entry.Url} ({status}). {OrImport(entry)}");
            case >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest:
                return new UserErrorException($"{entry.Id}: {response.RequestMessage?.RequestUri} redirects to {response.Headers.Location} "
                    + $"({status}), which is not followed: too many redirections, or no longer encrypted. {OrImport(entry)}");
            default:
                return new UserErrorException($"{entry.Id}: {entry.Url} answers {status}. Is there a proxy in between? {OrImport(entry)}");
        }
    }

    /// <summary>Makes the error for a response of the wrong length.</summary>
    public static UserErrorException WrongLength(CatalogueEntry entry, long length) => new(string.Create(CultureInfo.InvariantCulture,
        $"{entry.Id}: {entry.Url} offers {length:#,0} bytes instead of {entry.Bytes:#,0}: "
            + $"another file, or a network's sign-in page. {OrImport(entry)}"));

    /// <summary>Makes the error for a response with more bytes than the file has.</summary>
    public static UserErrorException TooLong(CatalogueEntry entry) => new(string.Create(CultureInfo.InvariantCulture,
        $"{entry.Id}: {entry.Url} sends more than the expected {entry.Bytes:#,0} bytes: another file. It was deleted. {OrImport(entry)}"));

    /// <summary>Makes the error for a complete file with the wrong digest.</summary>
    public static UserErrorException WrongDigest(CatalogueEntry entry, string digest) => new(
        $"{entry.Id}: {entry.Url} sends another file. Its SHA-256 is {digest} and must be {entry.Sha256}. It was deleted. {OrImport(entry)}");

    /// <summary>Makes the error for a download that failed after all retries.</summary>
    /// <param name="entry">The network.</param>
    /// <param name="failure">The last failure.</param>
    /// <param name="kept">Number of bytes that are kept.</param>
    public static UserErrorException Broken(CatalogueEntry entry, Exception failure, long kept)
    {
        string hint = (failure as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => "Is this machine's clock right? A wrong clock makes certificates invalid. ",
            HttpRequestError.NameResolutionError => "Is this machine connected to the internet? ",
            _ => "",
        };
        string rest = kept == 0 ? "" : $"{Size(kept)} of {Size(entry.Bytes)} are kept, and the same command continues from there. ";
        return new UserErrorException($"{entry.Id} cannot be downloaded from {entry.Url}: {Reason(failure)}. "
            + $"{hint}{rest}{OrImport(entry)}", failure);
    }

    /// <summary>Makes the error for a download that the user stopped.</summary>
    public static UserErrorException Stopped(CatalogueEntry entry, PartFile part) => new(part.Length == 0
        ? $"stopped; nothing of {entry.Id} was received."
        : $"stopped; {Size(part.Length)} of {Size(entry.Bytes)} of {entry.Id} are kept in {part.Path}, "
            + "and the same command continues from there.");

    /// <summary>Returns why a request failed, without a full stop.</summary>
    public static string Reason(Exception failure) => failure switch
    {
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection broke",
        // The outer message only refers to the inner exception.
        HttpRequestException { InnerException: (AuthenticationException or IOException) and { } inner } => inner.Message.TrimEnd('.'),
        _ => failure.Message.TrimEnd('.'),
    };
}
