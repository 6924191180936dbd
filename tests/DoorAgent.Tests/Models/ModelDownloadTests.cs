using System.Net;
using System.Net.Sockets;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class ModelDownloadTests : IDisposable
{
    private static readonly byte[] Content = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-detector.onnx"));

    private readonly TempFolder _folder = new();
    private readonly SimulatedTime _time = new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
    private readonly Lock _clock = new();
    private readonly PullNotes _notes = new();
    private readonly CancellationTokenSource _stop = new();

    private string Target => _folder.File("models/door-detector.onnx");

    private string Part => Target + ".part";

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ADownloadedNetworkPassesItsSelfTestAndIsReadableByItsOwnerOnly()
    {
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request));
        await FetchAsync(server);

        CatalogueEntry entry = Catalogue.Embedded.Find(Catalogue.BuiltInDetector);
        Assert.Null(new ModelCheck(new ModelStore([Path.GetDirectoryName(Target)!]), TimeProvider.System).Run(entry).Refusal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
        Assert.Equal(Content.Length, _notes.Bytes);
    }

    [Fact]
    public async Task AnotherFileIsDeletedAndBothDigestsAreNamed()
    {
        byte[] other = [.. Content];
        other[^1] ^= 1;
        await using SmallWebServer server = new(request => SmallWebServer.File(other, request));

        string why = await RefusalAsync(server);

        Assert.Contains($"SHA-256 is {ModelStore.Digest(other)} and must be {ModelStore.Digest(Content)}", why, StringComparison.Ordinal);
        AssertNothingIsLeft();
        Assert.Single(server.Seen);
    }

    [Fact]
    public async Task ABrokenConnectionIsContinuedWhereItBroke()
    {
        await using SmallWebServer server =
            new(request => SmallWebServer.File(Content, request) with { Sent = request.From is null ? 100_000 : int.MaxValue });
        _notes.WhenWarned = _ => PassPause();

        await FetchAsync(server);

        Assert.Equal([null, 100_000], server.Seen.Select(request => request.From));
        Assert.Equal("\"one\"", server.Seen[1].Headers["if-range"]);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task RepeatedFailuresKeepThePartForTheNextRun()
    {
        await using (SmallWebServer broken = new(request => SmallWebServer.File(Content, request) with { Sent = 50_000 }))
        {
            _notes.WhenWarned = _ => PassPause();
            string why = await RefusalAsync(broken);
            Assert.Contains("the connection broke. 0.15 MB of 0.34 MB are kept", why, StringComparison.Ordinal);
            Assert.Equal(3, broken.Seen.Count);
        }

        Assert.Equal(Content[..150_000], File.ReadAllBytes(Part));
        await using SmallWebServer whole = new(request => SmallWebServer.File(Content, request));
        await FetchAsync(whole);
        Assert.Equal([150_000], whole.Seen.Select(request => request.From));
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task AServerWithoutRangesIsReadFromTheBeginning()
    {
        await using SmallWebServer server = new(_ => new WebAnswer("200 OK", Content));
        WritePart(Content[..1000]);
        await FetchAsync(server);
        Assert.Single(server.Seen);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData("416 Range Not Satisfiable", "Content-Range: bytes */338122")]
    [InlineData("206 Partial Content", "Content-Range: bytes 0-338121/338122")]
    [InlineData("206 Partial Content", "Content-Range: bytes 1000-338121/500000")]
    [InlineData("206 Partial Content", "X-Nothing: no range told")]
    public async Task AWrongRangeRestartsTheDownload(string status, string header)
    {
        await using SmallWebServer server = new(request =>
            request.From is null ? SmallWebServer.File(Content, request) : new WebAnswer(status, Content[1000..], header));
        WritePart(Content[..1000]);
        await FetchAsync(server);
        Assert.Equal([1000, null], server.Seen.Select(request => request.From));
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task AnOutdatedPartIsDetectedByTheDigestAndDownloadedAgain()
    {
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request));
        WritePart(new byte[5000]);
        await FetchAsync(server);
        Assert.Equal([5000, null], server.Seen.Select(request => request.From));
        Assert.Contains("do not fit together", Assert.Single(_notes.Said), StringComparison.Ordinal);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task AnotherCompleteFileIsNotDownloadedTwice()
    {
        await using SmallWebServer server = new(_ => new WebAnswer("200 OK", new byte[Content.Length]));
        WritePart(Content[..1000]);
        Assert.Contains("sends another file", await RefusalAsync(server), StringComparison.Ordinal);
        Assert.Single(server.Seen);
    }

    [Fact]
    public async Task ACompletePartNeedsNoServer()
    {
        await using SmallWebServer server = new(_ => new WebAnswer("500 Never Asked", []));
        WritePart(Content);
        await FetchAsync(server);
        Assert.Empty(server.Seen);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task APartLongerThanTheFileIsDiscarded()
    {
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request));
        WritePart(new byte[Content.Length + 1]);
        await FetchAsync(server);
        Assert.Null(Assert.Single(server.Seen).From);
    }

    [Fact]
    public async Task AStalledConnectionIsCancelledAfterThirtySecondsAndRetriedTwice()
    {
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request) with { Sent = 1000, Stalls = true });
        _notes.WhenAdvanced = bytes =>
        {
            // Each attempt receives 1000 bytes and then stalls.
            if (bytes % 1000 == 0)
                Pass(StallTimer.Limit);
        };
        _notes.WhenWarned = _ => PassPause();

        string why = await RefusalAsync(server);

        Assert.Contains("nothing was received for 30 s", why, StringComparison.Ordinal);
        Assert.Equal([null, 1000, 2000], server.Seen.Select(request => request.From));
        Assert.Equal(3000, new FileInfo(Part).Length);
    }

    [Fact]
    public async Task ASlowConnectionIsNotStalled()
    {
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request));
        _notes.WhenAdvanced = _ => _time.Advance(StallTimer.Limit - TimeSpan.FromSeconds(1));
        await FetchAsync(server);
        Assert.True(_time.Elapsed > 2 * StallTimer.Limit);
        Assert.Single(server.Seen);
    }

    [Fact]
    public async Task AServerThatNeverAnswersIsCancelledToo()
    {
        await using SmallWebServer server = new(request =>
        {
            Pass(StallTimer.Limit);
            return new WebAnswer("200 OK", []) { IsSilent = true };
        });
        _notes.WhenWarned = _ => PassPause();
        Assert.Contains("nothing was received for 30 s", await RefusalAsync(server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found", "no longer at")]
    [InlineData("410 Gone", "no longer at")]
    [InlineData("403 Forbidden", "Is there a proxy in between?")]
    [InlineData("206 Partial Content", "answers 206")]
    [InlineData("416 Range Not Satisfiable", "answers 416")]
    public async Task ARefusalIsReportedAtOnce(string status, string words)
    {
        await using SmallWebServer server = new(_ => new WebAnswer(status, []));
        string why = await RefusalAsync(server);
        Assert.Contains(words, why, StringComparison.Ordinal);
        Assert.Contains("models import DIR", why, StringComparison.Ordinal);
        Assert.Single(server.Seen);
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    public async Task AServerErrorIsRetried(string status)
    {
        int asked = 0;
        await using SmallWebServer server = new(request => ++asked < 3 ? new WebAnswer(status, []) : SmallWebServer.File(Content, request));
        _notes.WhenWarned = _ => PassPause();
        await FetchAsync(server);
        Assert.Equal([$"the server answers {status}; retry in 2 s", $"the server answers {status}; retry in 8 s"], _notes.Said);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task AnUnreachableAddressLeavesNoFileBehind()
    {
        // The port is bound but does not listen, so that no server of another test can use it.
        using Socket nobody = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _notes.WhenWarned = _ => PassPause();
        Assert.Contains("refused", await RefusalAsync(new Uri($"http://{nobody.LocalEndPoint}/model.onnx")), StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task ARedirectionIsFollowedWithTheRange()
    {
        await using SmallWebServer server = new(request => request.Path == "/there"
            ? SmallWebServer.File(Content, request)
            : new WebAnswer("302 Found", [], "Location: /there"));
        WritePart(Content[..1000]);
        await FetchAsync(server);
        Assert.Equal([("/model.onnx", 1000), ("/there", 1000)], server.Seen.Select(request => (request.Path, request.From!.Value)));
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task ARedirectionFromHttpsToHttpIsRefused()
    {
        await using SmallWebServer open = new(request => SmallWebServer.File(Content, request));
        await using SmallWebServer secured =
            new(_ => new WebAnswer("301 Moved Permanently", [], $"Location: {open.Address}"), isEncrypted: true);
        Assert.Contains("no longer encrypted", await RefusalAsync(secured), StringComparison.Ordinal);
        Assert.Empty(open.Seen);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task ACycleOfRedirectionsEnds()
    {
        await using SmallWebServer server = new(_ => new WebAnswer("302 Found", [], "Location: /model.onnx"));
        Assert.Contains("too many redirections", await RefusalAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUntrustedCertificateIsRefusedWithAHintAtTheClock()
    {
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request), isEncrypted: true);
        using HttpClient strict = ModelDownload.Client(new SocketsHttpHandler());
        ModelDownload download = new(strict, _time, _notes);
        UserErrorException refusal =
            await Assert.ThrowsAsync<UserErrorException>(() => download.RunAsync(Entry(server.Address), Target, _stop.Token));
        Assert.Contains("certificate is invalid", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("clock right?", refusal.Message, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task ASignInPageIsDetectedByItsLength()
    {
        await using SmallWebServer server = new(_ => new WebAnswer("200 OK", "<html>"u8.ToArray()));
        Assert.Contains("offers 6 bytes instead of 338,122", await RefusalAsync(server), StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task AnEndlessBodyIsCutOff()
    {
        await using SmallWebServer server =
            new(_ => new WebAnswer("200 OK", new byte[3 * Content.Length]) { TellsLength = false, Stalls = true });
        Assert.Contains("sends more than the expected 338,122 bytes", await RefusalAsync(server), StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task AStoppedDownloadLeavesOnlyThePart()
    {
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request) with { Sent = 200_000, Stalls = true });
        _notes.WhenAdvanced = bytes =>
        {
            if (bytes == 200_000)
                _stop.Cancel();
        };
        string why = await RefusalAsync(server);
        Assert.Contains($"0.20 MB of 0.34 MB of door-detector are kept in {Part}", why, StringComparison.Ordinal);
        Assert.Equal(Content[..200_000], File.ReadAllBytes(Part));
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task AStopDuringAPauseEndsTheDownloadAtOnce()
    {
        await using SmallWebServer server = new(_ => new WebAnswer("503 Service Unavailable", []));
        _notes.WhenWarned = _ => _stop.Cancel();
        Assert.Equal("stopped; nothing of door-detector was received.", await RefusalAsync(server));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task AWrongFileIsReplacedOnlyByACompleteDownload()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target, "wrong");
        string before = "";
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request));
        _notes.WhenAdvanced = _ => before = File.ReadAllText(Target);
        await FetchAsync(server);
        Assert.Equal("wrong", before);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task TwoDownloadsOfOneFileAreRefused()
    {
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request));
        using PartFile other = PartFile.Open(Target);
        Assert.Contains("another 'dooragent models pull'", await RefusalAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFullDiskIsReportedAndItsSpaceReleased()
    {
        using MountedFolder small = new("200k");
        string target = Path.Combine(small.Path, "door-detector.onnx");
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request));
        UserErrorException refusal = await Assert.ThrowsAsync<UserErrorException>(() => FetchAsync(server.Address, target));
        Assert.Contains("Free some space", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(small.Path));
    }

    private void PassPause() => Pass(ModelDownload.Pauses[^1]);

    /// <summary>Advances the time on another thread, because the caller waits for the time to pass.</summary>
    private void Pass(TimeSpan time) => _ = Task.Run(() =>
    {
        lock (_clock)
            _time.Advance(time);
    });

    private void WritePart(byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Part, content);
    }

    private void AssertNothingIsLeft() => Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));

    private static CatalogueEntry Entry(Uri address) => Catalogue.Embedded.Find(Catalogue.BuiltInDetector) with { Url = address };

    private async Task<string> RefusalAsync(SmallWebServer server) => await RefusalAsync(server.Address);

    private async Task<string> RefusalAsync(Uri address) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => FetchAsync(address, Target))).Message;

    private Task FetchAsync(SmallWebServer server) => FetchAsync(server.Address, Target);

    private async Task FetchAsync(Uri address, string target)
    {
        SocketsHttpHandler trusting = new();
        trusting.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=127.0.0.1";
        using HttpClient http = ModelDownload.Client(trusting);
        await new ModelDownload(http, _time, _notes).RunAsync(Entry(address), target, _stop.Token);
    }
}
