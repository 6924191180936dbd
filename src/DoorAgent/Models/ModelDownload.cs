using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>Receives the progress of a download.</summary>
internal interface IPullProgress
{
    /// <summary>A download starts, with this number of bytes kept from an earlier run.</summary>
    void Started(CatalogueEntry entry, long bytes);

    /// <summary>The number of bytes received so far changed; the number falls if the download starts again.</summary>
    void Advanced(CatalogueEntry entry, long bytes);

    /// <summary>Something happened that the user should know, as a sentence.</summary>
    void Warned(CatalogueEntry entry, string what);
}

/// <summary>
/// Downloads a network's file to a part file, which the next run can continue, and renames the part file once its digest is right. A
/// connection that breaks or stalls is retried from the same position.
/// </summary>
internal sealed class ModelDownload(HttpClient http, TimeProvider time, IPullProgress progress)
{
    /// <summary>Pauses before the retries.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];

    /// <summary>Makes a client that uses the machine's proxy, follows a few redirections but none from https to http (the handler's own
    /// rule), and has no timeout, because <see cref="StallTimer"/> detects stalled connections.</summary>
    public static HttpClient Client(SocketsHttpHandler handler)
    {
        handler.MaxAutomaticRedirections = 5;
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("dooragent");
        return client;
    }

    /// <param name="entry">The network, which must have a download address.</param>
    /// <param name="target">Path of the file.</param>
    /// <param name="stopping">Stops the download; the received bytes are kept.</param>
    /// <exception cref="UserErrorException">The download failed or was stopped; the message says what is kept and what to do.</exception>
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
                // The first part may come from another version of the file, or be damaged by a power failure.
                progress.Warned(entry, "the parts do not fit together: downloading again");
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
                if (failures == Pauses.Count || IsPermanent(failure))
                    throw DownloadErrors.Broken(entry, failure, part.Length);
                Task pause = Task.Delay(Pauses[failures], time, stopping);
                progress.Warned(entry, $"{DownloadErrors.Reason(failure)}; retry in {Pauses[failures].TotalSeconds:0} s");
                await pause;
            }
        }
    }

    private static bool IsPermanent(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError,
    };
}
