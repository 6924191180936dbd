using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>
/// Fetches a network's file into its place: into a part file, which the next run goes on with, and by rename only once its digest is
/// right. A connection that breaks or stalls is tried again, from where it broke.
/// </summary>
internal sealed class ModelDownload(HttpClient http, TimeProvider time, IPullProgress progress)
{
    /// <summary>Pauses before trying again; one try more than these.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];

    /// <summary>A client that honours the machine's proxy, follows a few redirections but none from https to http (a rule of the
    /// handler's), and leaves giving up to <see cref="StallTimer"/>.</summary>
    public static HttpClient Client(SocketsHttpHandler handler)
    {
        handler.MaxAutomaticRedirections = 5;
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("dooragent");
        return client;
    }

    /// <param name="entry">What to fetch; it has an address.</param>
    /// <param name="target">Path of the file.</param>
    /// <param name="stopping">Stops it; what has come is kept.</param>
    /// <exception cref="UserErrorException">It did not succeed, or was stopped; the message says what is left and what to do.</exception>
    public async Task RunAsync(CatalogueEntry entry, string target, CancellationToken stopping)
    {
        using PartFile part = PartFile.Open(target);
        if (part.Length > entry.Bytes)
            part.Clear();
        progress.Started(entry, part.Length);
        ModelTransfer transfer = new(http, entry, part, time, progress);
        try
        {
            await FetchAsync(entry, part, transfer, stopping);
            string digest = part.Digest();
            if (digest != entry.Sha256 && transfer.IsPieced)
            {
                // The beginning may be of another day, or what a power failure left of it.
                progress.Warned(entry, "its pieces do not fit together: fetched again");
                part.Clear();
                await FetchAsync(entry, part, transfer, stopping);
                digest = part.Digest();
            }

            if (digest == entry.Sha256)
            {
                part.Place();
                return;
            }

            part.Clear();
            throw DownloadErrors.WrongDigest(entry, digest);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw DownloadErrors.Stopped(entry, part);
        }
    }

    private async Task FetchAsync(CatalogueEntry entry, PartFile part, ModelTransfer transfer, CancellationToken stopping)
    {
        for (int failures = 0; part.Length < entry.Bytes; failures++)
        {
            try
            {
                await transfer.RunAsync(stopping);
            }
            catch (Exception failure) when (failure is IOException or HttpRequestException)
            {
                if (failures == Pauses.Count || IsForGood(failure))
                    throw DownloadErrors.Broken(entry, failure, part.Length);
                Task pause = Task.Delay(Pauses[failures], time, stopping);
                progress.Warned(entry, $"{DownloadErrors.Reason(failure)}; again in {Pauses[failures].TotalSeconds:0} s");
                await pause;
            }
        }
    }

    private static bool IsForGood(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError,
    };
}
