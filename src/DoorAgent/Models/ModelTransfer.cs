using System.Net;
using System.Net.Http.Headers;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>Asks a server for what is still missing of a network's file, and writes it as it comes.</summary>
internal sealed class ModelTransfer(HttpClient http, CatalogueEntry entry, PartFile part, TimeProvider time, IPullProgress progress)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private EntityTagHeaderValue? _tag;

    /// <summary>Whether the file was put together from more than one answer or day: then a wrong digest may be the joint's fault.</summary>
    public bool IsPieced { get; private set; } = part.Length > 0;

    /// <summary>One request, and the whole of its answer; a server that cannot go on from the middle is heard from the beginning.</summary>
    /// <exception cref="UserErrorException">It is of no use to ask again.</exception>
    /// <exception cref="IOException">The connection or the server failed, which may pass.</exception>
    /// <exception cref="HttpRequestException">Likewise.</exception>
    /// <exception cref="OperationCanceledException">The program is to stop.</exception>
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
            throw new IOException($"nothing came for {StallTimer.Limit.TotalSeconds:0} s");
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

    /// <summary>Whether an answer's body goes where the part ends; if not, the part is emptied, and the next request asks for all.</summary>
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
