using System.Net;
using System.Net.Http.Headers;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>Requests the missing bytes of a network's file from a server and writes them as they arrive.</summary>
internal sealed class ModelTransfer(HttpClient http, CatalogueEntry entry, PartFile part, TimeProvider time, IPullProgress progress)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private EntityTagHeaderValue? _tag;

    /// <summary>Whether the file was assembled from several responses, so that a wrong digest may result from parts that do not
    /// fit.</summary>
    public bool IsPieced { get; private set; } = part.Length > 0;

    /// <summary>Sends a request and reads the complete response. If the server cannot continue from the middle, the transfer starts at the
    /// beginning.</summary>
    /// <exception cref="UserErrorException">A retry would not help.</exception>
    /// <exception cref="IOException">The connection or the server failed, perhaps temporarily.</exception>
    /// <exception cref="HttpRequestException">The connection or the server failed, perhaps temporarily.</exception>
    /// <exception cref="OperationCanceledException">The program is stopping.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using StallTimer stall = new(time, stopping);
        try
        {
            while (part.Length < entry.Bytes)
            {
                using HttpResponseMessage response = await http.SendAsync(Request(), HttpCompletionOption.ResponseHeadersRead, stall.Token);
                stall.RecordProgress();
                if (!Fits(response))
                    continue;
                _tag = response.Headers.ETag;
                await using Stream body = await response.Content.ReadAsStreamAsync(stall.Token);
                await ReadAsync(body, stall);
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new IOException($"nothing was received for {StallTimer.Limit.TotalSeconds:0} s");
        }
    }

    private HttpRequestMessage Request()
    {
        HttpRequestMessage request = new(HttpMethod.Get, entry.Url);
        if (part.Length == 0)
            return request;
        request.Headers.Range = new RangeHeaderValue(part.Length, null);
        if (_tag is { IsWeak: false })
            request.Headers.IfRange = new RangeConditionHeaderValue(_tag);
        return request;
    }

    /// <summary>Returns whether the response's body continues the part; otherwise empties the part, so that the next request starts at
    /// the beginning.</summary>
    private bool Fits(HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK when response.Content.Headers.ContentLength is { } length && length != entry.Bytes:
                throw DownloadErrors.WrongLength(entry, length);
            case HttpStatusCode.OK:
                part.Clear();
                IsPieced = false;
                return true;
            case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange is { } range && range.From == part.Length
                    && (range.Length ?? entry.Bytes) == entry.Bytes:
                IsPieced = true;
                return true;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when part.Length > 0:
                part.Clear();
                return false;
            default:
                throw DownloadErrors.Refused(entry, response);
        }
    }

    private async Task ReadAsync(Stream body, StallTimer stall)
    {
        int count;
        while ((count = await body.ReadAsync(_buffer, stall.Token)) > 0)
        {
            stall.RecordProgress();
            if (part.Length + count > entry.Bytes)
            {
                part.Clear();
                throw DownloadErrors.TooLong(entry);
            }

            part.Append(_buffer.AsSpan(0, count));
            progress.Advanced(entry, part.Length);
        }

        if (part.Length < entry.Bytes)
            throw new IOException($"the connection ended after {DownloadErrors.Size(part.Length)} of {DownloadErrors.Size(entry.Bytes)}");
    }
}
