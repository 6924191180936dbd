using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DoorAgent.Tests.Support;

/// <summary>A request: the path, and the headers by lower-case name.</summary>
internal sealed record WebRequestSeen(string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>First byte of a Range header; null without a Range header.</summary>
    public int? From => Headers.GetValueOrDefault("range") is { } range
        ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : null;
}

/// <summary>A response.</summary>
/// <param name="Status">Status line, such as "200 OK".</param>
/// <param name="Body">The complete body.</param>
/// <param name="Headers">Further header lines.</param>
internal sealed record WebAnswer(string Status, byte[] Body, params string[] Headers)
{
    /// <summary>How much of the body is sent; all by default.</summary>
    public int Sent { get; init; } = int.MaxValue;

    /// <summary>Whether the connection stays open and silent afterwards instead of closing.</summary>
    public bool Stalls { get; init; }

    /// <summary>Whether the server sends nothing, not even a header.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Whether the header has the length of the body.</summary>
    public bool TellsLength { get; init; } = true;
}

/// <summary>A web server on the loopback interface that the test controls: the server can break off, stall and send wrong data.</summary>
internal sealed class SmallWebServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Func<WebRequestSeen, WebAnswer> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentQueue<WebRequestSeen> _seen = [];
    private readonly Task _serving;

    public SmallWebServer(Func<WebRequestSeen, WebAnswer> answer, bool isEncrypted = false)
    {
        (_answer, _certificate) = (answer, isEncrypted ? OwnCertificate() : null);
        _listener.Start();
        Address = new Uri($"{(isEncrypted ? "https" : "http")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/model.onnx");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<WebRequestSeen> Seen => [.. _seen];

    /// <summary>Answers like a correct server, with ranges and an entity tag.</summary>
    public static WebAnswer File(byte[] content, WebRequestSeen request) => request.From is { } from && from < content.Length
        ? new WebAnswer("206 Partial Content", content[from..], "Content-Range: bytes "
            + $"{from}-{content.Length - 1}/{content.Length}", "ETag: \"one\"")
        : new WebAnswer("200 OK", content, "ETag: \"one\"", "Accept-Ranges: bytes");

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _serving;
        _listener.Dispose();
        _certificate?.Dispose();
        _ended.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient closing = client;
        try
        {
            await using Stream stream = await OpenAsync(client);
            WebRequestSeen request = await ReadAsync(stream);
            _seen.Enqueue(request);
            WebAnswer answer = _answer(request);
            if (answer.IsSilent)
                await new TaskCompletionSource().Task.WaitAsync(_ended.Token);
            string length = answer.TellsLength ? $"Content-Length: {answer.Body.Length}\r\n" : "";
            string head =
                $"HTTP/1.1 {answer.Status}\r\n{length}"
                + $"{string.Concat(answer.Headers.Select(line => line + "\r\n"))}Connection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _ended.Token);
            await stream.WriteAsync(answer.Body.AsMemory(0, Math.Min(answer.Sent, answer.Body.Length)), _ended.Token);
            if (answer.Stalls)
                await new TaskCompletionSource().Task.WaitAsync(_ended.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or AuthenticationException)
        {
            // The client disconnected or does not trust the certificate, or the test is over.
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
            return client.GetStream();
        SslStream secured = new(client.GetStream());
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _ended.Token);
        return secured;
    }

    private async Task<WebRequestSeen> ReadAsync(Stream stream)
    {
        List<string> lines = [];
        using StreamReader reader = new(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
        while (await reader.ReadLineAsync(_ended.Token) is { Length: > 0 } line)
            lines.Add(line);
        return lines.Count == 0 ? throw new IOException("hung up before asking") : new WebRequestSeen(lines[0].Split(' ')[1], lines.Skip(1)
            .Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0].ToLowerInvariant(), parts => parts[1]));
    }

    private static X509Certificate2 OwnCertificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
