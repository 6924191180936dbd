using System.Text;
using DoorAgent.Link;
using DoorAgent.Link.Mqtt;
using DoorAgent.Operating;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using OtpNet;
using Serilog;

namespace DoorAgent.Tests.Link.Mqtt;

public sealed class CommandReceiverTests : IDisposable
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly CollectingSink _sink = new();
    private readonly List<OperatorRequest> _orders = [];
    private OperatorAnswer _answer = new() { Done = "Unlocked for 5 s." };

    private string State => _folder.File("codes");

    [Fact]
    public async Task AnUnlockWithACodeReachesTheDoor()
    {
        await SendAsync("UNLOCK", Code());

        Assert.Equal(new OperatorRequest(OperatorVerb.Unlock) { IsByMqtt = true }, Assert.Single(_orders));
        Assert.Contains("Unlocked for 5 s.", Assert.Single(_sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LockingNeedsNoCode()
    {
        await SendAsync("LOCK", "");

        Assert.Equal(OperatorVerb.Lock, Assert.Single(_orders).Verb);
        Assert.False(File.Exists(State));
    }

    [Fact]
    public async Task ARetainedCommandIsRefusedAndItsCodeStaysUnused()
    {
        await SendAsync("UNLOCK", Code(), isRetained: true);

        Assert.Empty(_orders);
        Assert.Contains("retain", Assert.Single(_sink.Lines), StringComparison.Ordinal);
        await SendAsync("UNLOCK", Code());
        Assert.Single(_orders);
    }

    [Fact]
    public async Task ACodeIsUsedOnceAlsoAfterARestart()
    {
        string code = Code();
        await SendAsync("UNLOCK", code);
        await SendAsync("UNLOCK", code, receiver: Receiver());

        Assert.Single(_orders);
        Assert.Contains("used before", _sink.Lines.Last(), StringComparison.Ordinal);
    }

    /// <summary>A command of a lost connection may come beside one of the next.</summary>
    [Fact]
    public async Task OfTwoCommandsAtOnceOnlyOneUsesTheCode()
    {
        const int rounds = 50;
        int orders = 0;
        CommandReceiver receiver = new(() => Secret, new CodeStore(State), (_, _) =>
        {
            Interlocked.Increment(ref orders);
            return Task.FromResult(_answer);
        }, _time, default, Serilog.Core.Logger.None);
        for (int round = 0; round < rounds; round++)
        {
            _time.Advance(TimeSpan.FromSeconds(CodeRule.StepSeconds));
            string code = Code();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
                () => SendAsync("UNLOCK", code, receiver: receiver), TestContext.Current.CancellationToken)));
        }

        Assert.Equal(rounds, orders);
    }

    [Fact]
    public async Task ThePauseSurvivesARestart()
    {
        for (int i = 0; i < CodeRule.MostWrong; i++)
            await SendAsync("UNLOCK", Wrong(), receiver: Receiver());
        await SendAsync("UNLOCK", Code(), receiver: Receiver());
        Assert.Empty(_orders);
        Assert.Contains("no code counts until 2027-01-01 12:15:00Z", _sink.Lines.Last(), StringComparison.Ordinal);

        _time.Advance(CodeRule.Pause);
        await SendAsync("UNLOCK", Code(), receiver: Receiver());
        Assert.Single(_orders);
    }

    /// <summary>A link that is killed between the two has used the code up.</summary>
    [Fact]
    public async Task TheCodeIsOnTheDiskBeforeTheOrderGoesToTheDoor()
    {
        string? stored = null;
        CommandReceiver receiver = Receiver(() => stored = File.ReadAllText(State));

        await SendAsync("UNLOCK", Code(), receiver: receiver);

        Assert.Contains($"\"LastStep\":{_time.GetUtcNow().ToUnixTimeSeconds() / 30}", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAPlaceForTheUsedCodeTheDoorStaysLocked()
    {
        CommandReceiver receiver = new(() => Secret, new CodeStore(_folder.File("missing/codes")), OrderAsync, _time, default, Log());

        await SendAsync("UNLOCK", Code(), receiver: receiver);

        Assert.Empty(_orders);
        Assert.Contains("the code cannot be checked", Assert.Single(_sink.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    public async Task ADamagedStateIsNotTakenForNone(string text)
    {
        File.WriteAllText(State, text);

        await SendAsync("UNLOCK", Code());

        Assert.Empty(_orders);
        Assert.Contains("link totp --new", Assert.Single(_sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutASecretTheDoorStaysLocked()
    {
        CommandReceiver receiver = new(
            () => CodeSecret.Read(null, new LinkSecrets(null), _folder.Path), new CodeStore(State), OrderAsync, _time, default, Log());

        await SendAsync("UNLOCK", Code(), receiver: receiver);

        Assert.Empty(_orders);
        Assert.Contains("'sudo dooragent link totp' makes one", Assert.Single(_sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BeforeTheClockIsSetTheDoorStaysLocked()
    {
        CommandReceiver receiver = new(() => Secret, new CodeStore(State), OrderAsync, _time, _time.GetUtcNow().AddDays(1), Log());

        await SendAsync("UNLOCK", Code(), receiver: receiver);

        Assert.Empty(_orders);
        Assert.Contains("clock is not set", Assert.Single(_sink.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UNLOCK")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"action\":\"OPEN\",\"code\":\"123456\"}")]
    [InlineData("{\"action\":\"unlock\",\"code\":\"123456\"}")]
    [InlineData("{\"action\":\"LOCK\",\"action\":\"UNLOCK\",\"code\":\"123456\"}")]
    [InlineData("{\"action\":\"UNLOCK\",\"code\":123456}")]
    [InlineData("{\"action\":\"UNLOCK\",\"code\":\"123456\",\"more\":1}")]
    [InlineData("\u0000")]
    public async Task AnythingElseIsNotACommand(string payload)
    {
        await Receiver().ReceiveAsync(Encoding.UTF8.GetBytes(payload), isRetained: false, TestContext.Current.CancellationToken);

        Assert.Empty(_orders);
        Assert.Contains("it is not {", Assert.Single(_sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommandThatIsTooLongIsNotRead()
    {
        await SendAsync("UNLOCK", Code() + new string(' ', DoorCommand.MostBytes));

        Assert.Empty(_orders);
    }

    [Fact]
    public async Task AFloodOfRefusalsDoesNotFillTheLog()
    {
        CommandReceiver receiver = Receiver();
        for (int i = 0; i < 1000; i++)
            await SendAsync("UNLOCK", "none", receiver: receiver);
        Assert.Single(_sink.Lines);

        _time.Advance(TimeSpan.FromSeconds(5));
        await SendAsync("UNLOCK", "none", receiver: receiver);
        Assert.Contains("999 more", _sink.Lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheBeginOfAPauseIsLoggedHoweverManyRefusalsThereAre()
    {
        CommandReceiver receiver = Receiver();
        for (int i = 0; i < CodeRule.MostWrong; i++)
            await SendAsync("UNLOCK", Wrong(), receiver: receiver);

        Assert.Contains("the 5th in a row: no code counts until 2027-01-01 12:15:00Z", _sink.Lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheRefusalOfTheDoorIsLogged()
    {
        _answer = OperatorAnswer.Refused("the relay does not obey");

        await SendAsync("UNLOCK", Code());

        Assert.Contains("the relay does not obey", Assert.Single(_sink.Lines), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task SendAsync(string action, string code, bool isRetained = false, CommandReceiver? receiver = null) =>
        (receiver ?? Receiver()).ReceiveAsync(
            Encoding.UTF8.GetBytes($$"""{"action":"{{action}}","code":"{{code}}"}"""), isRetained, TestContext.Current.CancellationToken);

    private CommandReceiver Receiver(Action? ordered = null) => new(() => Secret, new CodeStore(State), (request, stopping) =>
    {
        ordered?.Invoke();
        return OrderAsync(request, stopping);
    }, _time, default, Log());

    private Task<OperatorAnswer> OrderAsync(OperatorRequest request, CancellationToken stopping)
    {
        _orders.Add(request);
        return Task.FromResult(_answer);
    }

    private Serilog.Core.Logger Log() => new LoggerConfiguration().WriteTo.Sink(_sink).CreateLogger();

    private string Code() => new Totp(Secret).ComputeTotp(_time.GetUtcNow().UtcDateTime);

    private string Wrong() => Enumerable.Range(0, 4).Select(i => $"00000{i}").First(code => !Enumerable.Range(-1, 3)
        .Any(step => new Totp(Secret).ComputeTotp(_time.GetUtcNow().AddSeconds(30 * step).UtcDateTime) == code));
}
