using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using DoorAgent.Operating;

namespace DoorAgent.Tests.Page;

/// <summary>Attacks the real server over its sockets.</summary>
public sealed class PageHostileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("cross-site", "application/json")]
    [InlineData("same-site", "application/json")]
    [InlineData("none", "application/json")]
    [InlineData("same-origin", "text/plain")]
    [InlineData("same-origin", "application/x-www-form-urlencoded")]
    [InlineData("same-origin", "multipart/form-data")]
    public async Task AnotherSiteCannotMakeABrowserUnlock(string? from, string type)
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = await bench.PairedAsync(PageRole.Technician);
        browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        if (from is not null)
            browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", from);
        using StringContent body = new("{}", Encoding.UTF8, type);
        using HttpResponseMessage answer = await browser.PostAsync("/api/unlock", body, Token);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.UnsupportedMediaType });
        Assert.DoesNotContain(bench.Asked, one => one.Request.Verb == OperatorVerb.Unlock);
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("door.evil.example:8443", 421)]
    [InlineData("192.168.1.5", 421)]
    [InlineData("localhost:8443", 200)]
    [InlineData("[::1]:8443", 200)]
    public async Task AForeignNameThatPointsAtTheDoorReachesNothing(string host, int status)
    {
        await using PageBench bench = await PageBench.StartAsync();
        foreach (string path in new[] { "/", "/api/session" })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.Host = host;
            using HttpResponseMessage answer = await bench.Browser().SendAsync(request, Token);
            Assert.Equal(status == 200 && path != "/" ? 401 : status, (int)answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/../../../../etc/passwd")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/index.html/../../page.pem")]
    [InlineData("/page.pem")]
    [InlineData("//etc/passwd")]
    [InlineData("/index.html%00.js")]
    [InlineData("/api/people/../../gallery.db")]
    public async Task NoPathLeadsToAFileThatIsNotThePages(string path)
    {
        await using PageBench bench = await PageBench.StartAsync();
        string answer = await RawAsync(bench, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABodyThatIsTooLongIsRefused()
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = await bench.PairedAsync(PageRole.Technician);
        using HttpResponseMessage answer = await PageBench.PostAsync(browser, "/api/unlock", $"{{\"x\":\"{new string('x', 100_000)}\"}}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.DoesNotContain(bench.Asked, one => one.Request.Verb == OperatorVerb.Unlock);
    }

    [Fact]
    public async Task HeadersThatAreTooLongAreRefused()
    {
        await using PageBench bench = await PageBench.StartAsync();
        string answer = await RawAsync(bench, $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 40_000)}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 431", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: local")]
    [InlineData("POST /api/pair HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{")]
    public async Task WhoSendsSlowlyIsDisconnected(string beginning)
    {
        await using PageBench bench = await PageBench.StartAsync(options => options with { SlowAfter = TimeSpan.FromSeconds(1.5) });
        // The server ends the connection by itself; without that the test would wait for its own limit.
        string answer = await RawAsync(bench, beginning);
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"code\":1}")]
    [InlineData("{\"code\":\"1\",\"role\":\"technician\"}")]
    [InlineData("{\"code\":\"1\",\"code\":\"2\"}")]
    [InlineData("{\"code\":null}")]
    [InlineData("")]
    public async Task ABodyOfAnotherFormIsRefusedInPlainWords(string body)
    {
        await using PageBench bench = await PageBench.StartAsync();
        using HttpResponseMessage answer = await PageBench.PostAsync(bench.Browser(), "/api/pair", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("DoorAgent.", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("1e400")]
    [InlineData("1e308")]
    [InlineData("-1e308")]
    public async Task ATimeThatIsNoNumberDoesNotReachTheDoor(string minutes)
    {
        await using PageBench bench = await PageBench.StartAsync();
        HttpClient browser = await bench.PairedAsync(PageRole.Technician);
        using HttpResponseMessage answer =
            await PageBench.PostAsync(browser, "/api/mode", $"{{\"mode\":\"unlocked\",\"minutes\":{minutes}}}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(bench.Asked, one => one.Request.Verb == OperatorVerb.Mode);
    }

    [Fact]
    public async Task EveryAnswerForbidsForeignContentFramesAndCaches()
    {
        await using PageBench bench = await PageBench.StartAsync();
        foreach (string path in new[] { "/", "/api/status", "/nothing", "/api/pair" })
        {
            using HttpResponseMessage answer = await bench.Browser().GetAsync(path, Token);
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task WithoutTlsNothingIsAnswered()
    {
        await using PageBench bench = await PageBench.StartAsync();
        using TcpClient plain = new();
        await plain.ConnectAsync(IPAddress.Loopback, bench.Address.Port, Token);
        await plain.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Token);
        using StreamReader reader = new(plain.GetStream());
        Assert.DoesNotContain("200", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    /// <summary>Sends bytes over TLS and returns everything that the server answers until it closes the connection.</summary>
    private static async Task<string> RawAsync(PageBench bench, string request)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, bench.Address.Port, limit.Token);
#pragma warning disable CA5359 // The address of the test's own server.
        await using SslStream stream = new(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, limit.Token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), limit.Token);
        StringBuilder answer = new();
        byte[] buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, limit.Token)) > 0)
                answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // The server may reset the connection, which is an end too.
        }

        return answer.ToString();
    }
}
