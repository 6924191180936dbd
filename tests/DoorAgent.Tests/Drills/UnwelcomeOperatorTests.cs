using System.Net.Sockets;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Operating;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace DoorAgent.Tests.Drills;

/// <summary>Somebody who may not operate the door reaches its socket, and somebody keeps every place at the socket occupied.</summary>
public sealed class UnwelcomeOperatorTests : IOperable, IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF;

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private int _asked;

    private Places Places => new(_folder.Path, []);

    /// <summary>The rights of the files are a first barrier, and the kernel's word about the peer a second one.</summary>
    [Slow]
    [Theory]
    [InlineData("unlock")]
    [InlineData("status")]
    public async Task AnotherUserIsRefusedEvenWhereTheFilesLetThemThrough(string verb)
    {
        OtherUser.SkipUnlessRoot();
        await using OperatorSocket socket = Open();
        string[] command = [verb, "--data", _folder.Path];
        (int code, string said) = OtherUser.Run(command);
        Assert.True(code == 2 && said.Contains("sudo", StringComparison.Ordinal), said);

        File.SetUnixFileMode(_folder.Path, Everybody);
        File.SetUnixFileMode(Places.OperatorSocket, Everybody);
        (code, said) = OtherUser.Run(command);
        Assert.Equal(2, code);
        Assert.Contains("Only root and the door's own user may operate the door", said, StringComparison.Ordinal);
        Assert.Equal(0, _asked);
    }

    [Fact]
    public void OnlyRootAndTheDoorsOwnUserMayOperateTheDoor()
    {
        Assert.True(new PeerCredentials(1, 0).MayOperate);
        Assert.True(new PeerCredentials(1, Libc.UserId).MayOperate);
        Assert.False(new PeerCredentials(1, Libc.UserId + 1).MayOperate);
        Assert.False(new PeerCredentials(1, uint.MaxValue).MayOperate);
    }

    /// <summary>Eight connections are served at a time, each for five seconds at most.</summary>
    [Fact]
    public async Task SilentConnectionsDelayAnOperatorAndKeepNobodyOut()
    {
        await using OperatorSocket socket = Open();
        Socket[] silent = [.. Enumerable.Range(0, 8).Select(_ => Connected()).OfType<Socket>()];
        Assert.Equal(8, silent.Length);
        Task<OperatorAnswer> asking = OperatorClient.AskAsync(
            Places, new OperatorRequest(OperatorVerb.Lock), TestContext.Current.CancellationToken);
        // The test cannot observe when a connection is served, so time advances until the answer is there.
        for (; !asking.IsCompleted; await Task.Yield())
            _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("done", (await asking).Done);
        Assert.Equal(1, _asked);
        Array.ForEach(silent, one => one.Dispose());
    }

    /// <summary>A command that believes that no door runs would write the door's files itself.</summary>
    [Fact]
    public async Task WhereTooManyWaitTheDoorCountsAsRunning()
    {
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Places.OperatorSocket));
        listener.Listen(1);
        List<Socket> waiting = [];
        while (Connected() is { } one)
            waiting.Add(one);

        (OperatorAnswer answer, bool isThere) = await OperatorClient.TryAskAsync(
            Places, new OperatorRequest(OperatorVerb.Status), TestContext.Current.CancellationToken);
        Assert.True(isThere);
        Assert.Contains("Too many programs wait for the door", answer.Refusal, StringComparison.Ordinal);
        waiting.ForEach(one => one.Dispose());
    }

    public void Dispose() => _folder.Dispose();

    void IOperable.Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer)
    {
        _asked++;
        answer(new OperatorAnswer { Done = "done" });
    }

    void IOperable.StopAwaiting(Action<OperatorAnswer> answer)
    {
        // Nobody waits for a badge.
    }

    Task<string?> IOperable.NextFrameAsync(Frame into, CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>Returns a connection that asks nothing; null where the kernel's queue is full.</summary>
    private Socket? Connected()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Places.OperatorSocket));
            return socket;
        }
        catch (SocketException full) when (full.SocketErrorCode == SocketError.WouldBlock)
        {
            socket.Dispose();
            return null;
        }
    }

    private OperatorSocket Open() => OperatorSocket.Open(Places, this, Logger.None, _time)!;
}
