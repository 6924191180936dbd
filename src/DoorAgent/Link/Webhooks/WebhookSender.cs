using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using DoorAgent.Certificates;
using DoorAgent.Settings;

namespace DoorAgent.Link.Webhooks;

/// <summary>Posts signed messages to the webhook's address. No message of this class contains the path of the address, which is a secret at
/// many services.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly Uri _address;
    private readonly WebhookSignature _signature;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ServerTrust _trust;
    private readonly HttpClient _client;

    /// <param name="address">The address.</param>
    /// <param name="signature">Signs.</param>
    /// <param name="trust">Verifies the receiver's certificate.</param>
    /// <param name="timeout">The longest time for an answer.</param>
    /// <param name="time">The clock.</param>
    public WebhookSender(Uri address, WebhookSignature signature, ServerTrust trust, TimeSpan timeout, TimeProvider time)
    {
        (_address, _signature, _trust, _timeout, _time) = (address, signature, trust, timeout, time);
#pragma warning disable CA2000 // The client disposes its handler.
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A name may point elsewhere later.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            SslOptions = { RemoteCertificateValidationCallback = trust.Verify },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning restore CA2000
    }

    /// <summary>Sends a message; returns when the receiver has accepted it.</summary>
    /// <exception cref="IOException">The message was not accepted; the exception's message says why.</exception>
    /// <exception cref="UserErrorException">The receiver says that the address is gone.</exception>
    public async Task SendAsync(WebhookMessage message, CancellationToken stopping)
    {
        string timestamp = WebhookSignature.TimestampOf(_time.GetUtcNow());
        using HttpRequestMessage request = new(HttpMethod.Post, _address) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("DoorAgent", BuildInfo.Version.Split('+')[0]));
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", _signature.Sign(message.Id, timestamp, message.Body));
        using CancellationTokenSource late = new(_timeout, _time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        try
        {
            // Nobody reads the body of the answer.
            using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            Judge(answer);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            throw new IOException($"The webhook's receiver {_address.Authority} did not answer within {_timeout.TotalSeconds:0} s.");
        }
        catch (HttpRequestException failure)
        {
            string why = failure.InnerException is AuthenticationException && _trust.Problem is { } problem ? problem
                : failure.InnerException?.Message ?? failure.Message;
            throw new IOException($"The webhook's receiver {_address.Authority} was not reached: {why}", failure);
        }
    }

    public void Dispose() => _client.Dispose();

    private void Judge(HttpResponseMessage answer)
    {
        int status = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode)
            return;
        if (answer.StatusCode == HttpStatusCode.Gone)
        {
            throw new UserErrorException($"The webhook's receiver {_address.Authority} says that its address is gone (410). Set "
                + "Webhook:Url to the present address, or remove it, and start the link again.");
        }

        throw new IOException($"The webhook's receiver {_address.Authority} answered with {status}: " + status switch
        {
            >= 300 and < 400 => "redirects are not followed; set Webhook:Url to the final address.",
            401 or 403 => "it refuses the message; is the secret the same on both sides?",
            404 => "it does not know the path of Webhook:Url.",
            >= 500 or 429 => "it cannot take the message now.",
            _ => "it does not accept the message.",
        });
    }
}
